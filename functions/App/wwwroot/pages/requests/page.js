import { card, pageHead, table } from '../../parts/card.js';
import { element, replace } from '../../parts/element.js';
import { empty, loading, problemNotice } from '../../parts/notice.js';
import { segments } from '../../parts/tabs.js';
import { moment, when } from '../../parts/time.js';
import { go, href } from '../../router.js';
import { call } from '../../session/api.js';
import { actionsOf } from './actions.js';
import { showForm } from './form.js';
import { showRequest } from './request.js';
import { allowanceOf, awaitsReview, stateOf, tenseOf, ticketOf } from './words.js';

export const title = 'Access requests';
export const icon = 'request';

const scopes = [['mine', 'Mine'], ['to-decide', 'To decide'], ['all', 'All']];
const nothing = {
  mine: ['You have asked for nothing', 'Ask for access to a place, say why and for how long, and whoever may decide it is told.'],
  'to-decide': ['Nothing waits for you', 'Requests that you may approve or deny, and emergencies to review, come up here.'],
  all: ['There is no request', 'Requests that you may know of come up here.'],
};

/** My requests, the inbox of those to decide, all of them; one of them; the form. */
export function show({ parts, query, signal }) {
  if (parts[0] === 'new') return showForm(query, signal);
  if (parts[0]) return showRequest(parts[0], signal);
  const chosen = scopes.some(([id]) => id === query.get('scope')) ? query.get('scope') : 'mine';
  const body = element('div', { class: 'stack' }, loading('access requests'));
  load(body, chosen, signal);
  return element('div', { class: 'page' },
    pageHead('Access requests', 'Access for a while, for a reason, approved by somebody else.', element('a', { class: 'button primary', href: '#/requests/new' }, 'Ask for access')),
    element('div', { class: 'row' }, segments('Which requests', scopes, chosen, (scope) => go(`requests?scope=${scope}`))), body);
}

async function load(body, scope, signal) {
  const again = () => load(body, scope, signal);
  const items = [];
  const more = async (after) => {
    try {
      const page = await call('GET', 'access-requests', { query: { scope, limit: 50, after }, signal });
      items.push(...page.items);
      const button = page.next && element('div', { class: 'row' }, element('button', { type: 'button', on: { click: () => more(page.next) } }, 'Show more'));
      replace(body, items.length === 0 ? card('Requests', empty('request', ...nothing[scope])) : scope === 'to-decide' ? emergenciesFirst(items).map((request) => inboxCard(request, again)) : listCard(items), button);
    } catch (problem) {
      if (!signal.aborted) replace(body, problemNotice(problem, again));
    }
  };
  await more(null);
}

// Access that somebody took already is looked into before access that nobody has yet.
function emergenciesFirst(items) {
  return [...items.filter(awaitsReview), ...items.filter((request) => !awaitsReview(request))];
}

/** What somebody needs to decide: who, what it would allow, why, which ticket. */
function inboxCard(request, changed) {
  const isTaken = awaitsReview(request);
  return card(isTaken ? `${request.requester} took access to ${request.path}` : `${request.requester} asks for ${request.path}`,
    element('p', {}, stateOf(request), ' ', when(request.opened)),
    isTaken && element('p', {}, 'An emergency: the access was given at once, without an approval. It waits for your review.'),
    element('dl', { class: 'facts' },
      request.openedBy !== request.requester && [element('dt', {}, 'Opened by'), element('dd', {}, request.openedBy)],
      element('dt', {}, tenseOf(request)), element('dd', {}, allowanceOf(request)),
      element('dt', {}, 'Reason'), element('dd', {}, request.extension ? `${request.extension.reason} (more time; at first: ${request.reason})` : request.reason),
      request.extension && [element('dt', {}, 'More time'), element('dd', {}, `until ${moment(request.extension.ends)}`)],
      request.ticket && [element('dt', {}, 'Ticket'), element('dd', {}, ticketOf(request.ticket))],
      !isTaken && [element('dt', {}, 'Approvals'), element('dd', {}, request.approvalsNeeded === 0 ? 'none needed' : `${(request.extension ?? request).approvals.length} of ${request.approvalsNeeded}`)]),
    element('div', { class: 'row spread' }, actionsOf(request, changed), element('a', { href: href('requests', request.id) }, 'Details')));
}

function listCard(items) {
  return card('Requests', table('Requests', ['State', 'Where', 'Who', 'Reason', 'Asked', 'Ends'], items.map((request) => [
    stateOf(request), element('a', { href: href('requests', request.id) }, request.path), request.requester, request.reason, when(request.opened), request.ends ? when(request.ends) : '–',
  ])));
}
