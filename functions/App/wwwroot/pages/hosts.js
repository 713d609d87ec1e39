import { badge, card, pageHead, table } from '../parts/card.js';
import { element, replace } from '../parts/element.js';
import { empty, loading, notice, problemNotice } from '../parts/notice.js';
import { when } from '../parts/time.js';
import { href } from '../router.js';
import { call, send } from '../session/api.js';
import { rotationCards } from './rotation.js';

export const title = 'Hosts and CA';
export const icon = 'shield';

const silentAfterMinutes = 10;

/** What is in force on each host, against what should be; alarms; the CA's keys. */
export function show({ signal }) {
  const body = element('div', { class: 'stack' }, loading('hosts'));
  load(body, signal);
  return element('div', { class: 'page' }, pageHead('Hosts and CA', 'Which trust bundle and which revocation list each host has in force.'), body);
}

async function load(body, signal) {
  try {
    const [bundle, list, first] = await Promise.all([
      call('GET', 'ca', { signal }), send('GET', 'ca/krl', { signal }), call('GET', 'hosts', { query: { limit: 100 }, signal }),
    ]);
    const wanted = { trust: bundle.version, list: Number(/^(?:W\/)?"(\d+)-/.exec(list.headers.get('ETag'))?.[1] ?? 0) };
    const alarms = element('div');
    replace(body, stats(bundle, wanted, first), alarms, hosts(first, wanted, signal), rotationCards(bundle, signal));
    showAlarms(alarms, signal);
  } catch (problem) {
    if (!signal.aborted) replace(body, problemNotice(problem, () => load(body, signal)));
  }
}

function stats(bundle, wanted, page) {
  const stale = page.items.filter((host) => faultOf(host, wanted)).length;
  return element('div', { class: 'stats' },
    stat(`${page.items.length}${page.next ? '+' : ''}`, page.items.length === 1 ? 'host' : 'hosts'), stat(`${stale}${page.next ? '+' : ''}`, 'not in step'),
    stat(wanted.trust, 'trust bundle version'), stat(wanted.list, 'revocation list version'));
}

function stat(value, name) {
  return element('div', { class: 'stat' }, element('b', {}, String(value)), element('span', { class: 'muted small' }, name));
}

function hosts(first, wanted, signal) {
  const body = element('div', { class: 'stack' });
  const items = [];
  add(first);
  function add(page) {
    items.push(...page.items);
    replace(body,
      items.length === 0
        ? empty('server', 'No host is enrolled', 'A server is enrolled with one command: sshfn host enroll.')
        : table('Enrolled hosts', ['Host', 'State', 'Trust bundle', 'Revocation list', 'sshd', 'Last report'], items.map((host) => rowOf(host, wanted))),
      page.next && element('div', { class: 'row' }, element('button', { type: 'button', on: { click: more(page.next) } }, 'Show more')));
  }

  function more(after) {
    return async () => add(await call('GET', 'hosts', { query: { limit: 100, after }, signal }));
  }

  return card('Hosts', body);
}

/** What is wrong with a host: nothing, that it lags behind, or that nothing is heard of it. */
function faultOf({ report }, wanted) {
  if (!report) return ['warn', 'never reported'];
  if (Date.now() - Date.parse(report.received) > silentAfterMinutes * 60_000) return ['bad', 'silent'];
  return report.trustVersion < wanted.trust || report.revocationListVersion < wanted.list ? ['warn', 'behind'] : null;
}

function rowOf(host, wanted) {
  const { report } = host;
  const [kind, word] = faultOf(host, wanted) ?? ['good', 'in step'];
  const version = (own, current) => (report ? [String(own), own < current && [' ', badge('warn', `${current - own} behind`)]] : '–');
  return [
    [element('a', { href: href('resources', ...host.resource.split('/')) }, host.resource), host.instance !== null && ` instance ${host.instance}`, element('div', { class: 'small muted' }, [host.name, host.id].filter((part) => part).join(', '))],
    badge(kind, word), version(report?.trustVersion, wanted.trust), version(report?.revocationListVersion, wanted.list),
    report ? [report.sshdVersion, report.passcodes && element('div', { class: 'small muted' }, `passcodes${report.passcodePort ? ` on port ${report.passcodePort}` : ''}`)] : '–',
    report ? when(report.received) : '–',
  ];
}

async function showAlarms(place, signal) {
  const kinds = ['host.alarm', 'session.unexplained'];
  try {
    const pages = await Promise.all(kinds.map((event) => call('GET', 'audit', { query: { event, limit: 10 }, signal })));
    const alarms = pages.flatMap((page) => page.items).sort((one, other) => Date.parse(other.time) - Date.parse(one.time)).slice(0, 10);
    replace(place, card('Alarms', alarms.length === 0
      ? notice('good', 'No alarm', 'No host told of one, and every login is explained by something that was issued.')
      : table('Alarms', ['When', 'Where', 'What', '(Entry)'], alarms.map((entry) => [
        when(entry.time), entry.resource, entry.details.detail ?? `${entry.details.login} logged in by ${entry.details.method}: ${entry.details.reason}`,
        element('a', { href: href('journal', String(entry.serial)) }, 'Entry')]))));
  } catch (problem) {
    if (!signal.aborted) replace(place, card('Alarms', problemNotice(problem)));
  }
}
