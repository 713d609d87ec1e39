import { element, replace } from './parts/element.js';
import { icon } from './parts/icon.js';
import { pages } from './pages/pages.js';
import { call } from './session/api.js';
import { me, signOut } from './session/session.js';
import { isDark, toggle } from './session/theme.js';

/** How many requests wait for this person's decision. Not knowing is no reason to say anything. */
async function count(place) {
  const page = await call('GET', 'access-requests', { query: { scope: 'to-decide', limit: 20 } }).catch(() => ({ items: [] }));
  place.hidden = page.items.length === 0;
  place.textContent = `${page.items.length}${page.next ? '+' : ''}`;
  place.title = `${page.items.length} to decide`;
}

/** The frame around every page: navigation, who is signed in, light or dark. */
export function frame() {
  const main = element('main', { id: 'main', tabindex: '-1' });
  const links = Object.entries(pages).map(([name, page]) => [name, element('a', { href: `#/${name}` }, icon(page.icon), page.title)]);
  const caller = me();
  let marked = false;
  const theme = element('button', { type: 'button', class: 'quiet', on: { click: change } });
  function change() {
    toggle();
    label();
  }

  function label() {
    const text = isDark() ? 'Switch to light colours' : 'Switch to dark colours';
    theme.setAttribute('aria-label', text);
    theme.title = text;
    replace(theme, icon(isDark() ? 'sun' : 'moon'));
  }

  label();
  const side = element(
    'header', { class: 'side' },
    element('a', { class: 'brand', href: '#/resources' }, element('img', { src: 'icon.svg', alt: '' }), 'sshfn'),
    element('nav', { 'aria-label': 'Pages' }, element('ul', {}, links.map(([, link]) => element('li', {}, link)))),
    element('div', { class: 'foot' },
      element('div', { class: 'who' }, element('strong', { title: caller.subject }, caller.subject), element('span', { class: 'small muted' }, caller.issuer ? `by ${caller.issuer}` : caller.kind)),
      element('div', { class: 'row spread' },
        element('button', { type: 'button', class: 'quiet', on: { click: signOut } }, icon('leave'), 'Sign out'), theme)),
  );
  const skip = element('a', { class: 'skip', href: '#main', on: { click: (event) => { event.preventDefault(); main.focus(); } } }, 'Skip to content');
  const waiting = element('span', { class: 'count', hidden: true });
  links.find(([name]) => name === 'requests')[1].append(waiting);
  function mark(name) {
    if (name === 'requests' || !marked) count(waiting);
    marked = true;
    for (const [own, link] of links) {
      if (own !== name) {
        link.removeAttribute('aria-current');
        continue;
      }

      link.setAttribute('aria-current', 'page');
      link.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  }

  return { node: element('div', { class: 'frame' }, skip, side, main), main, mark };
}
