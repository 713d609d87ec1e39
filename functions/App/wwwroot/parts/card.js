import { element } from './element.js';

/** A page's heading. */
export function pageHead(title, text, ...actions) {
  return element('header', { class: 'page-head' }, element('div', {}, element('h1', {}, title), text && element('p', {}, text)), actions.length > 0 && element('div', { class: 'row' }, actions));
}

/** A section with a heading of its own. */
export function card(title, ...content) {
  return element('section', { class: 'card', 'aria-label': title }, element('header', {}, element('h2', {}, title)), ...content);
}

/** A word with a colour: good, warn, bad, info, or none. */
export function badge(kind, text) {
  return element('span', { class: `badge ${kind}` }, text);
}

/** A table that scrolls by itself where the screen is narrow. */
export function table(label, heads, rows) {
  return element('div', { class: 'table-scroll', role: 'region', 'aria-label': label, tabindex: '0' }, element(
    'table', {},
    element('thead', {}, element('tr', {}, heads.map((head) => element('th', { scope: 'col' }, head)))),
    element('tbody', {}, rows.map((cells) => element('tr', {}, cells.map((cell) => element('td', {}, cell)))))));
}
