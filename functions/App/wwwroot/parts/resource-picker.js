import { element, replace } from './element.js';
import { call } from '../session/api.js';

let number = 0;

/** An input that finds a resource on the broker while one types; `onPick` gets the resource. By the combobox pattern of ARIA. */
export function resourcePicker({ label, signal, onPick, value = '' }) {
  const id = `picker-${(number += 1)}`;
  let options = [];
  let at = -1;
  let waiting = null;
  const list = element('div', { id, role: 'listbox', 'aria-label': label, hidden: true });
  const input = element('input', {
    type: 'text', role: 'combobox', value, autocomplete: 'off', spellcheck: 'false', placeholder: 'project/environment/resource', required: true,
    'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': id, on: { input: type, keydown, blur: close },
  });

  function type() {
    onPick(null);
    clearTimeout(waiting);
    waiting = setTimeout(search, 150);
  }

  async function search() {
    const words = input.value.trim().replaceAll('/', ' / ').replaceAll(' / ', '/');
    let after = null;
    options = [];
    try {
      do {
        const page = await call('GET', 'resources', { query: { search: words, limit: 20, after }, signal });
        options.push(...page.items);
        after = page.next;
      } while (after && options.length === 0);
    } catch {
      return; // The next letter asks again.
    }

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
    } else if (event.key === 'Escape' && options.length > 0) {
      event.stopPropagation();
      close();
    }
  }

  return { node: element('div', { class: 'picker' }, element('label', {}, label, input), list), input };
}
