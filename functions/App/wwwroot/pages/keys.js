import { card, pageHead, table } from '../parts/card.js';
import { copyButton } from '../parts/copy.js';
import { ask } from '../parts/dialog.js';
import { element, replace } from '../parts/element.js';
import { choice, field } from '../parts/field.js';
import { empty, loading, notice, problemNotice, toast } from '../parts/notice.js';
import { when } from '../parts/time.js';
import { all, call, segment } from '../session/api.js';
import { me } from '../session/session.js';
import { caughtText, looksPrivate } from '../session/private-key.js';

export const title = 'Keys';
export const icon = 'key';

/** Registered public keys of the caller or a group: the list and the form. */
export function show({ signal }) {
  const owners = [me().subject, ...me().groups];
  let owner = owners[0];
  const list = element('div', {}, loading('your keys'));
  const load = async () => {
    try {
      const keys = await all('keys', { query: { owner }, signal });
      replace(list, keys.length === 0
        ? empty('key', 'No key yet', 'With sshfn you need none: it makes a fresh one for each connection. Register a key for a client that can’t do that.')
        : table('Registered keys', ['Name', 'Fingerprint', 'Registered', 'Ends', '(Actions)'], keys.map((key) => rowOf(key, load))));
    } catch (problem) {
      if (!signal.aborted) replace(list, problemNotice(problem, load));
    }
  };
  load();
  const whose = owners.length > 1 && choice('Whose keys', 'whose', owners.map((name) => [name, name]), owner, (name) => { owner = name; load(); });
  return element('div', { class: 'page' },
    pageHead('Keys', 'Public keys that may enter where a grant of their owner allows it.'),
    card('Registered keys', whose, list),
    card('Register a key', form(owners, load)));
}

function rowOf(key, changed) {
  const remove = () => ask({
    title: `Remove ${key.name}?`, text: `${key.fingerprint} enters nowhere any more. Certificates that were given to it live on for their minutes.`, confirm: 'Remove', danger: true,
    act: async () => {
      await call('DELETE', `keys/${segment(key.id)}`);
      toast(`${key.name} is removed.`);
      changed();
    },
  });
  return [
    element('strong', {}, key.name),
    element('span', { class: 'row' }, element('code', {}, key.fingerprint), copyButton(key.publicKey, `the public key ${key.name}`)),
    when(key.created), key.expires ? when(key.expires) : 'never',
    element('button', { type: 'button', class: 'danger', 'aria-label': `Remove ${key.name}`, on: { click: remove } }, 'Remove'),
  ];
}

function form(owners, added) {
  let caught = 0;
  const said = element('div', { 'aria-live': 'polite' });
  const value = element('textarea', { name: 'publicKey', rows: '4', required: true, spellcheck: 'false', autocomplete: 'off', placeholder: 'ssh-ed25519 AAAA… you@laptop', on: { input: check } });
  const drop = element('div', { class: 'drop', on: { dragover: over, dragleave: out, drop: dropped } }, value);
  const name = element('input', { name: 'name', required: true, maxlength: '100', autocomplete: 'off', placeholder: 'laptop' });
  const ends = element('input', { name: 'expires', type: 'date' });
  const button = element('button', { class: 'primary' }, 'Register key');
  const owner = element('select', { name: 'owner' }, owners.map((one) => element('option', { value: one }, one)));

  // Caught here, it never leaves this machine; and it does not stay in the page either.
  function check() {
    // A browser may put a text in line by line: what comes right after the first line of a private key belongs to it.
    if (!looksPrivate(value.value) && Date.now() - caught > 1000) {
      if (value.value === '') return true;
      value.removeAttribute('aria-invalid');
      replace(said);
      return true;
    }

    caught = Date.now();
    value.value = '';
    value.setAttribute('aria-invalid', 'true');
    replace(said, notice('bad', caughtText, 'Paste the public half: the file that ends in .pub. Whoever may have seen the private key can use it, so make a new one if it was shown to others.'));
    return false;
  }

  function over(event) {
    event.preventDefault();
    drop.classList.add('over');
  }

  function out() {
    drop.classList.remove('over');
  }

  async function dropped(event) {
    event.preventDefault();
    out();
    const [file] = event.dataTransfer.files;
    if (!file) return;
    if (file.size > 65_536) {
      replace(said, notice('bad', 'That file is no public key', 'A .pub file is one line.'));
      return;
    }

    value.value = (await file.text()).trim();
    if (check() && name.value === '') name.value = file.name.replace(/\.pub$/, '');
  }

  async function submit(event) {
    event.preventDefault();
    if (!check()) return;
    button.disabled = true;
    try {
      const expires = ends.value ? new Date(`${ends.value}T23:59:59Z`).toISOString() : null;
      const key = await call('POST', 'keys', { body: { name: name.value, publicKey: value.value.trim(), owner: owner.value, ...(expires && { expires }) } });
      event.target.reset();
      replace(said, notice('good', `${key.name} is registered`, key.fingerprint));
      added();
    } catch (problem) {
      replace(said, problemNotice(problem));
    } finally {
      button.disabled = false;
    }
  }

  return element('form', { on: { submit } },
    element('div', { class: 'pair' }, field('Owner', owner, 'You, or a group of yours.'), field('Name', name), field('Ends', ends, 'Empty: never.')),
    element('div', { class: 'stack tight' }, field('Public key', drop, 'Paste the line, or drop the .pub file.')),
    said, element('div', { class: 'row' }, button));
}
