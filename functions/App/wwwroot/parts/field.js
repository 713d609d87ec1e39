import { element } from './element.js';

/** A labelled input, with a hint below it when there is one. */
export function field(label, input, hint) {
  return element('label', {}, label, input, hint && element('span', { class: 'hint' }, hint));
}

/** A labelled choice; `options` is [[value, title]]. */
export function choice(label, name, options, chosen, onChange) {
  return field(label, element('select', { name, on: onChange ? { change: (event) => onChange(event.target.value) } : {} },
    options.map(([value, title]) => element('option', { value, selected: value === chosen }, title))));
}
