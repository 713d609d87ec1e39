import { ask } from '../../parts/dialog.js';
import { element } from '../../parts/element.js';
import { choice, field } from '../../parts/field.js';
import { toast } from '../../parts/notice.js';
import { call, segment } from '../../session/api.js';
import { me } from '../../session/session.js';
import { allowanceOf, awaitsReview } from './words.js';

/** The buttons that a request's state leaves. The broker decides who may; a refusal is shown where it was pressed. */
export function actionsOf(request, changed) {
  const isOwn = request.requester === me().subject;
  const waits = request.state === 'pending' || request.extension;
  return element('div', { class: 'row' },
    waits && !isOwn && [button('Approve', 'primary', () => decide(request, 'approve', changed)), button('Deny', 'danger', () => decide(request, 'deny', changed))],
    request.state === 'active' && !request.extension && button('Extend', '', () => extend(request, changed)),
    ['pending', 'approved', 'active'].includes(request.state) && button(request.state === 'active' ? 'End access' : isOwn ? 'Withdraw' : 'Close', isOwn ? 'danger' : '', () => close(request, changed)),
    awaitsReview(request) && !isOwn && button('Record a review', '', () => review(request, changed)));
}

function button(title, kind, act) {
  return element('button', { type: 'button', class: kind || null, on: { click: act } }, title);
}

function send(request, what, body, said, changed) {
  return async () => {
    await call('POST', `access-requests/${segment(request.id)}/${what}`, { body });
    toast(said);
    changed();
  };
}

function decide(request, decision, changed) {
  const isYes = decision === 'approve';
  ask({
    title: isYes ? `Approve ${request.requester}’s request?` : `Deny ${request.requester}’s request?`,
    text: request.extension ? `More time: until ${new Date(request.extension.ends).toLocaleString('en-GB')}. ${request.extension.reason}` : `${allowanceOf(request)}.`,
    fields: [field('Comment', element('input', { name: 'comment', maxlength: '500', autocomplete: 'off' }), 'Shown to the requester, and kept in the journal.')],
    confirm: isYes ? 'Approve' : 'Deny', danger: !isYes,
    act: (form) => send(request, 'decision', { decision, comment: form.get('comment') || null, until: request.extension?.ends ?? null }, isYes ? 'Approved.' : 'Denied.', changed)(),
  });
}

function extend(request, changed) {
  ask({
    title: 'Ask for more time', text: `Access to ${request.path} ends ${new Date(request.ends).toLocaleString('en-GB')}.`,
    fields: [
      choice('How much more', 'duration', [['900', '15 minutes'], ['3600', '1 hour'], ['7200', '2 hours'], ['14400', '4 hours']], '3600'),
      field('Reason', element('input', { name: 'reason', required: true, maxlength: '500', autocomplete: 'off' })),
    ],
    confirm: 'Ask',
    act: (form) => send(request, 'extension', { durationSeconds: Number(form.get('duration')), reason: form.get('reason') }, 'More time is asked for.', changed)(),
  });
}

function close(request, changed) {
  ask({
    title: request.state === 'active' ? `End access to ${request.path}?` : 'Close this request?',
    text: request.state === 'active' ? 'The grant goes, and what was minted under it is revoked: live sessions end.' : 'Nobody will decide it any more.',
    fields: [field('Reason', element('input', { name: 'reason', required: true, maxlength: '500', autocomplete: 'off' }))],
    confirm: request.state === 'active' ? 'End access' : 'Close', danger: true,
    act: (form) => send(request, 'close', { reason: form.get('reason') }, 'Closed.', changed)(),
  });
}

function review(request, changed) {
  ask({
    title: 'Record a review', text: `${request.requester} broke the glass for ${request.path}: ${request.reason}`,
    fields: [field('What was found', element('textarea', { name: 'note', required: true, maxlength: '500' }))],
    confirm: 'Record',
    act: (form) => send(request, 'review', { note: form.get('note') }, 'The review is recorded.', changed)(),
  });
}
