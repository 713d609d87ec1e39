import { card, pageHead } from '../../parts/card.js';
import { element, replace } from '../../parts/element.js';
import { choice, field } from '../../parts/field.js';
import { notice, problemNotice, toast } from '../../parts/notice.js';
import { resourcePicker } from '../../parts/resource-picker.js';
import { go } from '../../router.js';
import { call } from '../../session/api.js';
import { caughtText, looksPrivate } from '../../session/private-key.js';

const durations = [['900', '15 minutes'], ['1800', '30 minutes'], ['3600', '1 hour'], ['7200', '2 hours'], ['14400', '4 hours'], ['28800', '8 hours']];
const permissions = [['pty', 'Terminal'], ['port-forwarding', 'Port forwarding'], ['agent-forwarding', 'Agent forwarding'], ['x11-forwarding', 'X11 forwarding']];

/** Asks for access. */
export function showForm(query, signal) {
  const said = element('div', { 'aria-live': 'polite' });
  const picker = resourcePicker({ label: 'Where', signal, value: query.get('path') ?? '', onPick: () => {} });
  const button = element('button', { class: 'primary' }, 'Ask for access');
  const key = element('textarea', { name: 'publicKey', rows: '2', spellcheck: 'false', placeholder: 'ssh-ed25519 AAAA…', on: { input: check } });

  function check() {
    if (!looksPrivate(key.value)) return true;
    key.value = '';
    replace(said, notice('bad', caughtText, 'Give the public half, or leave the field empty.'));
    return false;
  }

  async function submit(event) {
    event.preventDefault();
    if (!check()) return;
    button.disabled = true;
    try {
      const request = await call('POST', 'access-requests', { body: bodyOf(picker.input.value.trim(), new FormData(event.target)), signal });
      toast(request.state === 'pending' ? 'Asked. Whoever may decide is told.' : 'Approved by a rule.');
      go(`requests/${request.id}`);
    } catch (problem) {
      if (!signal.aborted) replace(said, problemNotice(problem));
      button.disabled = false;
    }
  }

  return element('div', { class: 'page' },
    element('div', { class: 'stack tight' }, element('p', { class: 'crumbs' }, element('a', { href: '#/requests' }, 'Access requests'), ' / '), pageHead('Ask for access', 'It ends by itself. Ask for no more than the work needs.')),
    card('Request', element('form', { on: { submit } },
      picker.node,
      field('Reason', element('input', { name: 'reason', required: true, maxlength: '500', autocomplete: 'off', placeholder: 'Look into failing orders' }), 'Whoever decides reads this.'),
      element('div', { class: 'pair' },
        choice('For how long', 'duration', durations, '3600'),
        field('Login', element('input', { name: 'login', autocomplete: 'off', placeholder: 'every login' }), 'Empty: every login.'),
        field('Ticket', element('input', { name: 'ticket', maxlength: '100', autocomplete: 'off', placeholder: 'OPS-1234' }))),
      element('details', {}, element('summary', {}, 'More'), element('div', { class: 'stack' },
        element('div', { class: 'row', role: 'group', 'aria-label': 'Permissions' }, permissions.map(([value, title]) => element('label', { class: 'check' },
          element('input', { type: 'checkbox', name: 'permission', value, checked: value === 'pty' }), title))),
        field('Only files in this folder', element('input', { name: 'folder', autocomplete: 'off', placeholder: 'pub/media' }), 'SFTP and nothing else.'),
        field('Public key', key, 'For a client that can’t fetch certificates: it enters while the access lasts.'),
        element('label', { class: 'check' }, element('input', { type: 'checkbox', name: 'glass' }), 'Emergency: do not wait for an approval. Everybody is told, and it is reviewed afterwards.'))),
      said, element('div', { class: 'row' }, button))));
}

function bodyOf(path, form) {
  const text = (name) => form.get(name)?.trim() || null;
  const body = { path, reason: form.get('reason').trim(), durationSeconds: Number(form.get('duration')) };
  const folder = text('folder');
  const optional = {
    logins: text('login') && text('login').split(/[\s,]+/), ticketReference: text('ticket'), sftpFolder: folder,
    permissions: folder ? null : form.getAll('permission'), publicKey: text('publicKey'), breakGlass: form.has('glass') || null,
  };
  for (const [name, value] of Object.entries(optional)) if (value !== null) body[name] = value;
  return body;
}
