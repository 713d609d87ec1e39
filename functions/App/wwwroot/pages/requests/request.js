import { badge, card, pageHead, table } from '../../parts/card.js';
import { element, replace } from '../../parts/element.js';
import { loading, notice, problemNotice } from '../../parts/notice.js';
import { moment, when } from '../../parts/time.js';
import { href } from '../../router.js';
import { call, segment } from '../../session/api.js';
import { colourOf, summaryOf } from '../journal/events.js';
import { actionsOf } from './actions.js';
import { allowanceOf, stateOf, tenseOf, ticketOf } from './words.js';

/** One access request: what it would allow, who said what, and its story in the journal. */
export function showRequest(id, signal) {
  const body = element('div', { class: 'stack' }, loading(`request ${id}`));
  load(body, id, signal);
  return element('div', { class: 'page' },
    element('div', { class: 'stack tight' }, element('p', { class: 'crumbs' }, element('a', { href: '#/requests' }, 'Access requests'), ' / '), pageHead(`Request ${id}`)), body);
}

async function load(body, id, signal) {
  const again = () => load(body, id, signal);
  try {
    const request = await call('GET', `access-requests/${segment(id)}`, { signal });
    const story = element('div', {}, loading('its story'));
    replace(body, what(request, again), card('Its story', story));
    tell(story, id, signal);
  } catch (problem) {
    if (!signal.aborted) replace(body, problemNotice(problem, again));
  }
}

function what(request, changed) {
  const rows = [
    ['Who', request.openedBy === request.requester ? request.requester : `${request.requester}, opened by ${request.openedBy}`],
    [tenseOf(request), allowanceOf(request)], ['Reason', request.reason], ['Ticket', request.ticket && ticketOf(request.ticket)],
    ['Asked', moment(request.opened)],
    ['Approvals', request.approvalsNeeded === 0 ? 'none needed' : `${request.approvals.length} of ${request.approvalsNeeded}`],
    ...request.approvals.map((approval) => [`Approved by ${approval.by}`, [moment(approval.at), approval.comment && `: ${approval.comment}`]]),
    [request.state === 'pending' ? 'Expires' : null, moment(request.until)],
    ['Given', request.activated && moment(request.activated)], ['Ends', request.ends && [moment(request.ends), ' (', when(request.ends), ')']],
    ['More time', request.extension && `until ${moment(request.extension.ends)}: ${request.extension.reason}`],
    ['Ended', request.ending && `${request.ending.cause}, by ${request.ending.by}${request.ending.reason ? `: ${request.ending.reason}` : ''}`],
    ['Review', request.review && `${request.review.by}: ${request.review.note}`], ['Public key', request.publicKey && element('code', {}, request.publicKey)],
  ].filter(([name, value]) => name && value);
  return card(request.path, element('p', {}, stateOf(request)), request.failure && notice('warn', 'The access could not be given yet', request.failure),
    element('dl', { class: 'facts' }, rows.map(([name, value]) => [element('dt', {}, name), element('dd', {}, value)])), actionsOf(request, changed));
}

async function tell(place, id, signal) {
  try {
    const page = await call('GET', 'audit', { query: { request: id, limit: 50 }, signal });
    replace(place, table('Journal entries of this request', ['When', 'Event', 'Who', 'What'], page.items.map((entry) => [
      element('a', { href: href('journal', String(entry.serial)), 'aria-label': `Entry ${entry.serial}` }, when(entry.time)), badge(colourOf(entry.event), entry.event), entry.subject, summaryOf(entry),
    ])));
  } catch (problem) {
    if (!signal.aborted) replace(place, problemNotice(problem));
  }
}
