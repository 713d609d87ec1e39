import { badge, card } from '../../parts/card.js';
import { element, replace } from '../../parts/element.js';
import { icon } from '../../parts/icon.js';
import { loading, notice, problemNotice } from '../../parts/notice.js';
import { href } from '../../router.js';
import { call, segment } from '../../session/api.js';
import { accessCard, askButton } from './access.js';
import { connectCard } from './connect.js';
import { switchCard } from './switches.js';

/** A project, an environment or a resource. */
export function showPlace(path, query, signal) {
  const body = element('div', { class: 'page' }, loading(path));
  load(body, path, query, signal);
  return body;
}

async function load(body, path, query, signal) {
  const again = () => load(body, path, query, signal);
  try {
    const names = path.split('/');
    const [above, resource] = await Promise.all([
      call('GET', 'places', { query: { above: path }, signal }),
      names.length === 3 ? call('GET', resourcePath(names), { signal }) : null,
    ]);
    const levels = [...above.items, ...(resource ? [resource] : [])];
    if (levels.length < names.length) throw Object.assign(new Error(), { status: 403 });
    replace(body, head(path, levels), ...(resource ? resourceCards(resource, query, signal) : []), switchCard(levels, again), resource ? facts(resource) : about(levels.at(-1)));
  } catch (problem) {
    if (!signal.aborted) replace(body, back(), problem.status === 403 ? noRole(path) : problemNotice(problem, again));
  }
}

// Which of the two it is, is told to nobody without a role; a request for it is answered either way.
function noRole(path) {
  return notice('warn', `There is no ${path}, or you have no role on it`, 'Ask for access for a while and say why: whoever may decide it is told.', element('div', { class: 'row' }, askButton(path)));
}

function resourcePath([project, environment, name]) {
  return `projects/${segment(project)}/environments/${segment(environment)}/resources/${segment(name)}`;
}

function head(path, levels) {
  const names = path.split('/');
  const place = levels.at(-1);
  const isOff = levels.some((level) => level.sshSwitch === 'disabled');
  const crumbs = names.slice(0, -1).map((name, at) => [element('a', { href: href('resources', ...names.slice(0, at + 1)) }, name), element('span', { 'aria-hidden': 'true' }, '/')]);
  return element('header', { class: 'stack tight' },
    back(),
    crumbs.length > 0 && element('nav', { class: 'crumbs', 'aria-label': 'Above' }, crumbs),
    element('div', { class: 'row' },
      element('h1', {}, names.at(-1)), badge(isOff ? 'bad' : 'good', isOff ? 'SSH off' : 'SSH on'),
      levels[1]?.protected && badge('info', 'protected'), place.profile && place.profile !== 'sshd' && badge('', place.profile)),
    place.description && element('p', { class: 'muted' }, place.description));
}

function back() {
  return element('a', { class: 'button quiet back', href: href('resources') }, icon('back'), 'All resources');
}

function resourceCards(resource, query, signal) {
  const access = accessCard(resource, signal, (answer) => connect.limit(answer));
  const connect = connectCard(resource, query, access.ask);
  return [access.node, connect.node];
}

function facts(resource) {
  const rows = [
    ['Path', resource.path],
    ['Logins', resource.logins.join(', ')],
    ['Longest certificate', resource.maximumLifetimeSeconds ? `${Math.round(resource.maximumLifetimeSeconds / 60)} minutes` : 'the broker’s own limit'],
    ['Goes through', resource.jump ?? resource.tunnel?.bastion],
    ['Services', (resource.services ?? []).map((service) => `${service.name} ${service.host}:${service.port}`).join(', ')],
    ['On login runs', resource.loginCommand],
    ['Account', resource.account],
  ].filter(([, value]) => value);
  return card('About this resource',
    element('dl', { class: 'facts' }, rows.map(([name, value]) => [element('dt', {}, name), element('dd', {}, value)])),
    element('p', {}, element('a', { href: `#/journal?resource=${encodeURIComponent(resource.path)}` }, 'Its journal')));
}

function about(place) {
  const kind = place.path.includes('/') ? 'environment' : 'project';
  return card(`About this ${kind}`,
    element('p', { class: 'muted' }, place.protected
      ? 'Protected: standing grants give nothing here. An approved access request does.'
      : `SSH is on for a resource when it is on at every level: project, environment and resource.`),
    element('p', {}, element('a', { href: `#/journal?resource=${encodeURIComponent(place.path)}` }, 'Its journal')));
}
