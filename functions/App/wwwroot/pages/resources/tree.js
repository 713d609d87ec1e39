import { badge } from '../../parts/card.js';
import { element, replace } from '../../parts/element.js';
import { icon } from '../../parts/icon.js';
import { VirtualList } from '../../parts/virtual-list.js';
import { caughtAdvice, caughtText, looksPrivate } from '../../session/private-key.js';
import { Branch, Tree } from './branches.js';

const kinds = { 1: 'folder', 2: 'layers', 3: 'server' };

/** The list at the side: the tree, or what a search found. Keyboard by the tree pattern of ARIA. */
export function resourceList({ signal, onOpen }) {
  const tree = new Tree();
  let found = null;
  let rows = [];
  let cursor = -1;
  let selected = null;

  const box = element('div', { class: 'tree', role: 'tree', tabindex: '0', 'aria-label': 'Resources', on: { keydown } });
  const foot = element('div', { class: 'tree-foot', role: 'status' });
  const input = element('input', { type: 'search', placeholder: 'Search resources', 'aria-label': 'Search resources', autocomplete: 'off', spellcheck: 'false', on: { input: type, keydown: fromInput } });
  const list = new VirtualList(box, draw, seen);
  let waiting = null;

  function lay() {
    rows = found ? foundRows() : tree.rows();
    cursor = Math.min(cursor, rows.length - 1);
    list.count = rows.length;
    replace(foot, summary());
  }

  function foundRows() {
    const out = found.items.map((item) => ({ item, level: 3, flat: true }));
    if (!found.isWhole) out.push({ branch: found, level: 3, flat: true, note: found.state === 'failed' ? found.problem.detail : 'Searching…' });
    return out;
  }

  function summary() {
    if (!found) return tree.projects.isWhole && tree.projects.items.length === 0 ? 'You have no role on any resource yet.' : `${tree.projects.items.length}${tree.projects.isWhole ? '' : '+'} ${tree.projects.items.length === 1 ? 'project' : 'projects'}`;
    if (found.items.length === 0) return found.isWhole ? 'Nothing matches. Every word must be in the path, a host name or the description.' : 'Searching…';
    return `${found.items.length}${found.isWhole ? '' : '+'} ${found.items.length === 1 ? 'match' : 'matches'}`;
  }

  // A row that stands for what is not fetched yet is fetched when it comes into sight.
  function seen(first, last) {
    for (const row of rows.slice(first, last)) if (row.branch && (row.branch.state === 'new' || row.branch.state === 'more')) fetchMore(row.branch);
  }

  async function fetchMore(branch) {
    const isFirst = branch === tree.projects && branch.state === 'new';
    await branch.fetch(signal);
    if (signal.aborted) return;
    if (isFirst && branch.isWhole && branch.items.length === 1) tree.open.add(branch.items[0].path);
    lay();
  }

  function draw(index) {
    const row = rows[index];
    const { item, level } = row;
    const own = `tree-row level-${level} ${row.flat ? 'flat' : ''} ${index === cursor ? 'cursor' : ''}`;
    if (!item) return element('div', { class: `${own} note`, role: 'treeitem', 'aria-level': level, 'aria-disabled': 'true', id: `row-${index}` }, row.note);
    const name = item.path.slice(item.path.lastIndexOf('/') + 1);
    return element(
      'div',
      {
        class: own, role: 'treeitem', id: `row-${index}`, 'aria-level': row.flat ? 1 : level, 'aria-selected': String(item.path === selected),
        'aria-expanded': level < 3 ? String(row.isOpen) : null, title: item.path, on: { click: () => click(index) },
      },
      level < 3 && icon('chevron', 'chevron'), icon(kinds[level]),
      element('span', { class: 'name' }, name),
      row.flat && element('span', { class: 'where' }, item.path.slice(0, item.path.lastIndexOf('/'))),
      item.sshSwitch === 'disabled' ? element('span', { class: 'off' }, badge('bad', 'SSH off')) : item.protected && element('span', { class: 'off' }, badge('info', 'protected')));
  }

  function click(index) {
    move(index);
    const row = rows[index];
    if (row.level < 3 && !row.flat && (!row.isOpen || row.item.path === selected)) toggle(row, !row.isOpen);
    onOpen(row.item.path);
  }

  function toggle(row, open) {
    if (open) tree.open.add(row.item.path);
    else tree.open.delete(row.item.path);
    lay();
  }

  function move(index) {
    if (rows.length === 0) return;
    cursor = Math.max(0, Math.min(rows.length - 1, index));
    list.reveal(cursor);
    box.setAttribute('aria-activedescendant', `row-${cursor}`);
  }

  function keydown(event) {
    const row = rows[cursor];
    const page = Math.max(1, Math.floor(box.clientHeight / list.rowHeight) - 1);
    const actions = {
      ArrowDown: () => move(cursor + 1), ArrowUp: () => move(cursor - 1), Home: () => move(0), End: () => move(rows.length - 1),
      PageDown: () => move(cursor + page), PageUp: () => move(cursor - page),
      ArrowRight: () => (row?.item && row.level < 3 && !row.isOpen ? toggle(row, true) : move(cursor + 1)),
      ArrowLeft: () => (row?.isOpen ? toggle(row, false) : move(parentOf(cursor))),
      Enter: () => row?.item && onOpen(row.item.path), ' ': () => row?.item && onOpen(row.item.path),
    };
    if (!actions[event.key]) return;
    event.preventDefault();
    actions[event.key]();
  }

  function parentOf(index) {
    const level = rows[index]?.level ?? 1;
    for (let at = index - 1; at >= 0; at -= 1) if (rows[at].level < level) return at;
    return index;
  }

  function fromInput(event) {
    if (event.key !== 'ArrowDown' && !(event.key === 'Enter' && found?.items.length > 0)) return;
    event.preventDefault();
    box.focus();
    move(0);
    if (event.key === 'Enter') onOpen(rows[0].item.path);
  }

  function type() {
    clearTimeout(waiting);
    if (looksPrivate(input.value)) {
      input.value = '';
      found = null;
      lay();
      replace(foot, `${caughtText} ${caughtAdvice}`);
      return;
    }

    waiting = setTimeout(() => {
      const words = input.value.trim();
      found = words ? new Branch('resources', { search: words }) : null;
      cursor = -1;
      box.scrollTop = 0;
      lay();
    }, 180);
  }

  /** Marks the place that the page shows, and opens what is above it. */
  function select(path) {
    selected = path;
    const parts = path ? path.split('/') : [];
    for (let depth = 1; depth < parts.length; depth += 1) tree.open.add(parts.slice(0, depth).join('/'));
    lay();
  }

  lay();
  const head = element('div', { class: 'pane-head' }, element('h1', {}, 'Resources'), element('div', { class: 'search' }, icon('search'), input));
  return { node: element('div', { class: 'pane-list' }, head, box, foot), select, focusSearch: () => input.focus() };
}
