import { badge, card, pageHead } from '../../parts/card.js';
import { element, replace } from '../../parts/element.js';
import { field } from '../../parts/field.js';
import { empty, loading, notice, problemNotice, sentence } from '../../parts/notice.js';
import { segments } from '../../parts/tabs.js';
import { moment, when } from '../../parts/time.js';
import { go, href } from '../../router.js';
import { all, call } from '../../session/api.js';
import { caughtAdvice, caughtText, looksPrivate } from '../../session/private-key.js';
import { me } from '../../session/session.js';
import { chart } from './chart.js';
import { showEntry } from './entry.js';
import { charted, colourOf, kinds, summaryOf } from './events.js';
import { exportCard } from './export.js';

export const title = 'Journal';
export const icon = 'journal';

const pageSize = 100;
const tailSeconds = 2;
const heads = ['When', 'Event', 'Who', 'Where', 'What'];

/** The journal, newest first: filter, live tail, chart; or one entry of it. */
export function show({ parts, query, signal }) {
  if (parts[0]) return showEntry(parts[0], signal);
  const filter = { subject: query.get('subject') ?? '', event: query.get('event') ?? '', resource: query.get('resource') ?? '' };
  const said = element('div');
  const list = element('div', {}, loading('the journal'));
  const tail = element('input', { type: 'checkbox', checked: query.get('tail') === 'on' });
  const state = element('div', { 'aria-live': 'polite' });
  begin(filter, { said, list, tail, state, signal });
  return element('div', { class: 'page' },
    pageHead('Journal', 'Every grant, mint, refusal and login. Nothing in it can be changed or left out unseen.'),
    said,
    card('Over time', overTime(filter, signal)),
    card('Entries', filterForm(filter, said), element('label', { class: 'check' }, tail, 'Live tail'), state, list),
    exportCard(filter, signal));
}

function filterForm(filter, said) {
  const submit = (event) => {
    event.preventDefault();
    // The filter becomes a part of the address, and that of the browser's history.
    if ([...new FormData(event.target).values()].some(looksPrivate)) {
      event.target.reset();
      replace(said, notice('bad', caughtText, caughtAdvice));
      return;
    }

    const wanted = new URLSearchParams([...new FormData(event.target)].filter(([, value]) => value.trim() !== '').map(([name, value]) => [name, value.trim()]));
    go(`journal${wanted.size > 0 ? `?${wanted}` : ''}`);
  };
  const input = (name, placeholder, extra = {}) => element('input', { name, value: filter[name], placeholder, autocomplete: 'off', spellcheck: 'false', ...extra });
  return element('form', { class: 'filters', on: { submit } },
    field('Event', input('event', 'any', { list: 'event-kinds' })), element('datalist', { id: 'event-kinds' }, kinds.map((kind) => element('option', { value: kind }))),
    field('Resource', input('resource', 'acme/production')), field('Who', input('subject', 'anybody')),
    element('div', { class: 'row' }, element('button', { class: 'primary' }, 'Filter'), element('a', { class: 'button', href: '#/journal' }, 'Clear')));
}

/** Reads the first page; who may not read all reads their own. */
async function begin(filter, { said, list, tail, state, signal }) {
  let wanted = filter;
  const read = (more) => call('GET', 'audit', { query: { ...wanted, limit: pageSize, ...more }, signal });
  let page;
  try {
    page = await read().catch((problem) => {
      if (problem.status !== 403 || filter.subject) throw problem;
      wanted = { ...filter, subject: me().subject };
      replace(said, notice('info', 'These are your own entries', 'To read others’, you need the role auditor on a path; name that path as the resource.'));
      return read();
    });
  } catch (problem) {
    if (!signal.aborted) replace(list, problemNotice(problem));
    return;
  }

  const body = element('tbody', {}, page.items.map((entry) => row(entry)));
  const foot = element('div', { class: 'row' });
  let newest = page.items[0]?.serial ?? 0;
  let oldest = page.next;
  const none = page.items.length === 0 && empty('journal', 'No entry fits', 'Widen the filter.');
  replace(list, tableOf(body), none, foot);
  drawFoot();
  follow();

  function drawFoot() {
    replace(foot, oldest && element('button', { type: 'button', on: { click: older } }, 'Show older'));
  }

  async function older() {
    const next = await read({ after: oldest });
    body.append(...next.items.map((entry) => row(entry)));
    oldest = next.next;
    drawFoot();
  }

  async function follow() {
    let seen = new Date();
    let isLost = false;
    while (!signal.aborted) {
      await pause(tailSeconds * 1000);
      if (!tail.checked) {
        replace(state);
        isLost = false;
      }

      if (!tail.checked || document.hidden || signal.aborted) continue;
      try {
        const fresh = await since(newest);
        newest = fresh[0]?.serial ?? newest;
        body.prepend(...fresh.map((entry) => row(entry, true)));
        if (none && fresh.length > 0) none.remove();
        if (isLost) replace(state, notice('good', 'Connected again', `Nothing was seen from ${moment(seen)} to ${moment(new Date())}; what happened meanwhile is in the list now.`));
        isLost = false;
        seen = new Date();
      } catch (problem) {
        if (signal.aborted || isLost) continue;
        isLost = true;
        replace(state, notice('warn', `Not connected since ${moment(seen)}`, `${sentence(problem.detail ?? String(problem))} What happens is not shown until the broker answers again; it is asked every ${tailSeconds} seconds.`));
      }
    }
  }

  /** Everything newer than an entry: after an outage, more than a page. */
  async function since(serial) {
    const fresh = [];
    let after = null;
    do {
      const part = await read({ after });
      fresh.push(...part.items.filter((entry) => entry.serial > serial));
      after = part.items.at(-1)?.serial > serial ? part.next : null;
    } while (after);
    return fresh;
  }
}

function pause(milliseconds) {
  return new Promise((done) => { setTimeout(done, milliseconds); });
}

function tableOf(body) {
  return element('div', { class: 'table-scroll', role: 'group', 'aria-label': 'Journal entries', tabindex: '0' }, element('table', { class: 'entries' },
    element('thead', {}, element('tr', {}, heads.map((head) => element('th', { scope: 'col' }, head)))), body));
}

function row(entry, isNew = false) {
  return element('tr', { class: isNew ? 'entry-new' : null },
    ...[
      element('a', { class: 'nowrap', href: href('journal', String(entry.serial)), 'aria-label': `Entry ${entry.serial}` }, when(entry.time)),
      badge(colourOf(entry.event), entry.event), entry.subject, entry.resource ?? '–', summaryOf(entry) || null,
    ].map((cell, at) => element('td', { 'data-head': heads[at] }, cell)));
}

/** The chart, over the newest entries that fit into the span. */
function overTime(filter, signal) {
  const place = element('div', {}, loading('the chart'));
  const draw = async (hours) => {
    try {
      const entries = await span(filter, hours, signal);
      replace(place, chart(entries.items, hours), !entries.isWhole && element('p', { class: 'small muted' }, `Of the newest ${entries.items.length} entries: there are more in this time.`));
    } catch (problem) {
      if (!signal.aborted) replace(place, problemNotice(problem));
    }
  };
  draw(24);
  return [element('div', { class: 'row' }, segments('Time', [['1', 'Hour'], ['24', 'Day'], ['168', 'Week']], '24', (hours) => draw(Number(hours)))), place];
}

async function span(filter, hours, signal) {
  const most = 5000;
  const read = (query) => all('audit', { query, most, signal });
  // Entries without a family would only take the place of those that count.
  const wanted = { since: new Date(Date.now() - hours * 3_600_000).toISOString(), event: filter.event || charted.join(',') };
  const items = await read({ ...filter, ...wanted }).catch((problem) => {
    if (problem.status !== 403 || filter.subject) throw problem;
    return read({ ...filter, ...wanted, subject: me().subject });
  });
  return { items, isWhole: items.length < most };
}
