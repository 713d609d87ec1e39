import { badge, card, pageHead } from '../../parts/card.js';
import { copyButton } from '../../parts/copy.js';
import { element, replace } from '../../parts/element.js';
import { loading, notice, problemNotice } from '../../parts/notice.js';
import { moment } from '../../parts/time.js';
import { href } from '../../router.js';
import { call } from '../../session/api.js';
import { me } from '../../session/session.js';
import { colourOf } from './events.js';
import { proofCard } from './proof.js';

/** One entry: what it says, and its place in the chain. */
export function showEntry(serial, signal) {
  const body = element('div', { class: 'stack' }, loading(`entry ${serial}`));
  load(body, serial, signal);
  return element('div', { class: 'page' },
    element('div', { class: 'stack tight' }, element('p', { class: 'crumbs' }, element('a', { href: '#/journal' }, 'Journal'), ' / '), pageHead(`Entry ${serial}`)), body);
}

async function load(body, serial, signal) {
  try {
    const entry = await find(serial, signal);
    if (!entry) throw Object.assign(new Error(), { detail: `there is no entry ${serial}, or it is not yours to read`, fix: 'take the serial from sshd’s log or from a certificate' });
    // Serials of one segment follow each other; the first entry of a segment has none before it.
    const [before, after] = await Promise.all([entry.index > 1 ? find(entry.serial - 1, signal) : null, entry.index < 65_535 ? find(entry.serial + 1, signal) : null]);
    replace(body, what(entry), chainCard(entry, before, after), proofCard(entry, signal));
  } catch (problem) {
    if (!signal.aborted) replace(body, problemNotice(problem));
  }
}

async function find(serial, signal) {
  const read = (query) => call('GET', 'audit', { query: { serial: String(serial), ...query }, signal });
  const page = await read({}).catch((problem) => {
    if (problem.status !== 403) throw problem;
    return read({ subject: me().subject });
  });
  return page.items[0] ?? null;
}

function what(entry) {
  const rows = [['Event', badge(colourOf(entry.event), entry.event)], ['When', moment(entry.time)], ['Who', entry.issuer ? `${entry.subject}, proved by ${entry.issuer}` : entry.subject], ['Where', entry.resource ?? '–']];
  const members = Object.entries(entry.details).filter(([name]) => name !== 'kind').map(([name, value]) => [name, typeof value === 'object' ? element('code', {}, JSON.stringify(value)) : String(value)]);
  return card('What happened', element('dl', { class: 'facts' }, [...rows, ...members].map(([name, value]) => [element('dt', {}, name), element('dd', {}, value)])));
}

function chainCard(entry, before, after) {
  const holds = before && before.hash === entry.previous;
  const follows = after && after.previous === entry.hash;
  const isBroken = (before && !holds) || (after && !follows);
  const compared = [before && 'before', after && 'after'].filter((side) => side);
  return card('Its place in the chain',
    isBroken ? notice('bad', 'The chain is broken here', 'A neighbour does not hold the hash of the entry before it. Run sshfn audit verify on an export, and keep a copy of the store.')
      : compared.length === 0 ? notice('info', 'Nothing was compared', `Segment ${entry.segment}, place ${entry.index}. The entries beside it are not yours to read. The proof below leads on without them.`)
      : notice('good', 'The chain holds here', `Segment ${entry.segment}, place ${entry.index}. Compared with the entry ${compared.join(' and the one ')} it: each holds the hash of the one before.`),
    element('ol', { class: 'chain' }, link(before, 'Before'), link(entry, 'This entry', true), link(after, 'After')),
    element('dl', { class: 'facts' }, element('dt', {}, 'Previous hash'), element('dd', { class: 'with-copy' }, element('span', { class: 'hash' }, entry.previous), copyButton(entry.previous, 'the previous hash')),
      element('dt', {}, 'Own hash'), element('dd', { class: 'with-copy' }, element('span', { class: 'hash' }, entry.hash), copyButton(entry.hash, 'the hash'))));
}

function link(entry, name, isCurrent = false) {
  return entry && element('li', { 'aria-current': isCurrent ? 'true' : null },
    element('div', { class: 'row spread' }, element('strong', {}, name), isCurrent ? element('span', {}, String(entry.serial)) : element('a', { href: href('journal', String(entry.serial)) }, `Entry ${entry.serial}`)),
    element('div', { class: 'small' }, `${entry.event} by ${entry.subject}`), element('div', { class: 'hash muted' }, entry.hash));
}
