import { element, replace } from '../../parts/element.js';
import { empty } from '../../parts/notice.js';
import { go } from '../../router.js';
import { showPlace } from './place.js';
import { resourceList } from './tree.js';

export const title = 'Resources';
export const icon = 'server';

let current = null;

/** The tree beside what is chosen in it. The tree stays as it is while one goes from place to place. */
export function show({ parts, query, signal }) {
  const detail = element('div', { class: 'pane-detail' });
  const panes = element('div', { class: 'panes' });
  const list = resourceList({ signal, onOpen: (path) => go(`resources/${path}`) });
  current = { panes, detail, list, leaving: null, path: null, signal };
  panes.append(list.node, detail);
  const shortcut = (event) => {
    if (event.key !== '/' || event.target.closest('input, textarea, select, dialog')) return;
    event.preventDefault();
    list.focusSearch();
  };
  addEventListener('keydown', shortcut, { signal });
  update({ parts, query });
  return panes;
}

/** Shows another place in the same page. */
export function update({ parts, query }) {
  const path = parts.join('/');
  // An address that names a tab was opened for it; a tab that is chosen on the page does not change the address.
  if (path === current.path && !query.has('tab')) return true;
  current.path = path;
  current.leaving?.abort();
  current.leaving = new AbortController();
  current.panes.classList.toggle('has-detail', path !== '');
  current.list.select(path);
  const signal = AbortSignal.any([current.signal, current.leaving.signal]);
  replace(current.detail, path === '' ? hint() : showPlace(path, query, signal));
  current.detail.scrollTop = 0;
  return true;
}

function hint() {
  return empty('server', 'Choose a resource', 'It shows how to connect with ssh, git, sftp, scp, rsync and an IDE. Press ', element('kbd', {}, '/'), ' to search.');
}
