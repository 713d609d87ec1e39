import { pageHead } from './parts/card.js';
import { element, replace } from './parts/element.js';
import { pages } from './pages/pages.js';

// Addresses are #/page/part/…?query: every page is reached by its own, and the broker serves one file for all of them.

let place = null;
let mark = () => {};
let shown = null;
let leaving = null;

/** Begins to show pages in `main`; `told` is called with the page's name. */
export function start(main, told) {
  place = main;
  mark = told;
  shown = null;
  show();
}

/** Shows nothing more. */
export function stop() {
  place = null;
  shown = null;
  leaving?.abort();
}

/** Goes to an address, without a step in the history when `silently`. */
export function go(address, silently = false) {
  if (silently) history.replaceState(null, '', `#/${address}`);
  else location.hash = `#/${address}`;
}

/** An address in this portal. */
export function href(...parts) {
  return `#/${parts.map(encodeURIComponent).join('/')}`;
}

addEventListener('hashchange', show);

function show() {
  if (!place) return;
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const [name, ...parts] = path.split('/').filter((part) => part).map(decode);
  // Not what every object has, such as constructor.
  const page = Object.hasOwn(pages, name ?? 'resources') ? pages[name ?? 'resources'] : undefined;
  const request = { parts, query: new URLSearchParams(query) };
  mark(name ?? 'resources');
  document.title = page ? `${page.title} · sshfn` : 'Not found · sshfn';
  if (page && page === shown && page.update?.(request)) return;
  leaving?.abort();
  leaving = new AbortController();
  const first = shown === null;
  shown = page ?? null;
  const node = page
    ? page.show({ ...request, signal: leaving.signal })
    : element('div', { class: 'page' }, pageHead('There is no such page', 'The address may have been cut off. The menu leads to every page.'));
  replace(place, node);
  // A new page is read from its beginning; the very first one is, without being told.
  if (!first) place.focus({ preventScroll: true });
  scrollTo(0, 0);
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
