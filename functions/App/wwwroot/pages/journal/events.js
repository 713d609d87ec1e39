import { wordsOf } from './details.js';

// What the kinds of entries mean to a reader: a family for the chart, and one line of what happened.

const families = {
  mint: ['certificate.issued', 'passcode.issued', 'git-password.issued', 'host-certificate.issued'],
  refusal: ['certificate.refused', 'passcode.refused', 'passcode.rejected', 'git-password.refused', 'host-certificate.refused', 'certificate.spend-refused', 'sign-in.refused', 'private-key.received', 'session.unexplained'],
  login: ['session.opened', 'passcode.redeemed', 'signed-in', 'portal.signed-in'],
};

/** Every kind that the chart counts. */
export const charted = Object.values(families).flat();

/** mint, refusal, login, or null. */
export function familyOf(kind) {
  return Object.keys(families).find((name) => families[name].includes(kind)) ?? null;
}

/** The kinds that the filter offers; others can be typed. */
export const kinds = [
  ...charted, 'session.closed', 'session.ended', 'access.revoked', 'revocation.lifted', 'key.registered', 'key.removed',
  'ssh-switch.set', 'grant.put', 'grant.removed', 'project.put', 'environment.put', 'resource.put', 'path.removed', 'token.created', 'token.rotated',
  'token.removed', 'access-request.opened', 'access-request.approved', 'access-request.auto-approved', 'access-request.denied',
  'access-request.glass-broken', 'access-request.activated', 'access-request.extended', 'access-request.closed', 'access-request.expired', 'host.enrolled', 'host.removed', 'host.alarm', 'enrollment-token.created', 'segment.opened', 'segment.closed',
];

const colours = { mint: 'good', refusal: 'bad', login: 'info' };

/** A colour for a kind's badge. */
export function colourOf(kind) {
  return kind === 'host.alarm' ? 'warn' : colours[familyOf(kind)] ?? '';
}

/** What happened, out of the members of its kind. */
export function summaryOf({ details }) {
  const parts = [];
  if (details.login) parts.push(`as ${details.login}`);
  if (details.state) parts.push(details.state);
  if (details.duration) parts.push(`for ${wordsOf(details.duration)}`);
  if (typeof details.reason === 'string') parts.push(wordsOf(details.reason));
  if (details.detail) parts.push(wordsOf(details.detail));
  if (details.grant?.id ?? details.grant) parts.push(`grant ${details.grant.id ?? details.grant}`);
  if (details.name) parts.push(details.name);
  if (details.fingerprint) parts.push(details.fingerprint);
  if (Array.isArray(details.revocations)) parts.push(details.revocations.join(', '));
  return parts.join(' · ');
}
