import { badge } from '../../parts/card.js';
import { duration } from '../../parts/duration.js';
import { element } from '../../parts/element.js';

const colours = { pending: 'warn', approved: 'info', active: 'good', denied: 'bad', expired: '', closed: '' };

/** The state of a request, and what is special about it. */
export function stateOf(request) {
  return [badge(colours[request.state] ?? '', request.state), request.breakGlass && [' ', badge('bad', request.review ? 'emergency, reviewed' : 'emergency')]];
}

/** Whether what it allows is still to come, is given, or is over. */
export function tenseOf(request) {
  if (request.state === 'active') return 'Allows';
  return request.activated ? 'Allowed' : request.state === 'approved' ? 'Will allow' : 'Would allow';
}

/** What it would allow, as one sentence. */
export function allowanceOf(request) {
  const logins = request.logins ? `as ${request.logins.join(', ')}` : 'as every login';
  const kind = request.sftpFolder ? `only files in ${request.sftpFolder}, by SFTP` : request.permissions.length > 0 ? request.permissions.join(', ') : 'commands without a terminal';
  const below = request.path.split('/').length < 3 ? ' and everything below it' : '';
  return `${request.role} on ${request.path}${below}, ${logins}, for ${duration(request.durationSeconds)}: ${kind}${keyOf(request)}`;
}

// Whoever holds its other half enters while the access lasts, and needs no sign-in for that.
function keyOf(request) {
  return request.publicKey ? `, with attached key ${request.publicKeyFingerprint ?? request.publicKey}` : '';
}

/** Whether somebody has to look into it still. */
export function awaitsReview(request) {
  return request.breakGlass && !request.review;
}

/** A ticket and who says so. A link only where the address is one of the web, and never without the host that it leads to. */
export function ticketOf(ticket) {
  const url = webAddressOf(ticket.url ?? '');
  const by = ticket.source === 'manual' ? ', named by the requester' : `, by ${ticket.source}`;
  return url
    ? [element('a', { href: url.href, rel: 'noreferrer noopener', target: '_blank' }, ticket.reference), ` (${url.host})`, by]
    : [ticket.reference, by];
}

// What stands before an @ is written to look like the host.
function webAddressOf(text) {
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : null;
  return url && url.username === '' && url.password === '' ? url : null;
}
