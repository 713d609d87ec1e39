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

// On a phone a cell is a grid of its head and one value.
function wrapped(cell) {
  return Array.isArray(cell) ? element('div', {}, cell) : cell;
}

/** A table; on a phone its rows become blocks. A head in parentheses is for screen readers. */
export function table(label, heads, rows) {
  return element('div', { class: 'table-scroll', role: 'group', 'aria-label': label, tabindex: '0' }, element(
    'table', {},
    element('thead', {}, element('tr', {}, heads.map((head) => element('th', { scope: 'col' }, head.startsWith('(') ? element('span', { class: 'hidden-text' }, head.slice(1, -1)) : head)))),
    element('tbody', {}, rows.map((cells) => element('tr', {}, cells.map((cell, at) => element('td', { 'data-head': heads[at].replace(/^\(.*\)$/, '') }, wrapped(cell))))))));
}
