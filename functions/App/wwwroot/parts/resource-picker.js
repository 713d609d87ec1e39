import { element, replace } from './element.js';
import { notice } from './notice.js';
import { call } from '../session/api.js';
import { caughtAdvice, caughtText, looksPrivate } from '../session/private-key.js';

let number = 0;

/** An input that finds a resource on the broker while one types; `onPick` gets the resource. By the combobox pattern of ARIA. */
export function resourcePicker({ label, signal, onPick, value = '' }) {
  const id = `picker-${(number += 1)}`;
  let options = [];
  let at = -1;
  let waiting = null;
  let turn = 0;
  const said = element('div', { 'aria-live': 'polite' });
  const list = element('div', { id, role: 'listbox', 'aria-label': label, hidden: true });
  const input = element('input', {
    type: 'text', role: 'combobox', name: 'place', value, autocomplete: 'off', spellcheck: 'false', placeholder: 'project/environment/resource', required: true,
    'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': id, on: { input: type, keydown, blur: close },
  });

  function type() {
    onPick(null);
    clearTimeout(waiting);
    replace(said);
    if (looksPrivate(input.value)) {
      input.value = '';
      close();
      replace(said, notice('bad', caughtText, caughtAdvice));
      return;
    }

    waiting = setTimeout(search, 150);
  }

  async function search() {
    const words = input.value.trim().replaceAll('/', ' / ').replaceAll(' / ', '/');
    turn += 1;
    const own = turn;
    let after = null;
    let found = [];
    try {
      do {
        const page = await call('GET', 'resources', { query: { search: words, limit: 20, after }, signal });
        found = page.items;
        after = page.next;
      } while (after && found.length === 0 && own === turn);
    } catch {
      return; // The next letter asks again.
    }

    // An answer that comes late is one to another question, or to nobody who still looks.
    if (own !== turn) return;
    options = found;
    at = options.length > 0 ? 0 : -1;
    draw();
  }

  function draw() {
    const isOpen = options.length > 0 && document.activeElement === input;
    list.hidden = !isOpen;
    input.setAttribute('aria-expanded', String(isOpen));
    replace(list, options.map((option, index) => element('div', {
      id: `${id}-${index}`, role: 'option', 'aria-selected': String(index === at),
      on: { pointerdown: (event) => { event.preventDefault(); pick(index); } },
    }, option.path)));
    if (isOpen && at >= 0) {
      input.setAttribute('aria-activedescendant', `${id}-${at}`);
      list.children[at].scrollIntoView({ block: 'nearest' });
    } else {
      input.removeAttribute('aria-activedescendant');
    }
  }

  function pick(index) {
    const option = options[index];
    input.value = option.path;
    close();
    onPick(option);
  }

  function close() {
    clearTimeout(waiting);
    turn += 1;
    options = [];
    draw();
  }

  function keydown(event) {
    if (event.key === 'ArrowDown' && options.length === 0) {
      event.preventDefault();
      search();
    } else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && options.length > 0) {
      event.preventDefault();
      at = (at + (event.key === 'ArrowDown' ? 1 : -1) + options.length) % options.length;
      draw();
    } else if (event.key === 'Enter' && options.length > 0) {
      event.preventDefault();
      pick(at);
    } else if (event.key === 'Escape') {
      if (options.length > 0) event.stopPropagation();
      close();
    }
  }

  return { node: element('div', { class: 'picker' }, element('label', {}, label, input), list, said), input };
}
