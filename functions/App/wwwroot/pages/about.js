import { badge, card, pageHead } from '../parts/card.js';
import { copyButton } from '../parts/copy.js';
import { element, replace } from '../parts/element.js';
import { field } from '../parts/field.js';
import { loading, notice, problemNotice } from '../parts/notice.js';
import { moment } from '../parts/time.js';
import { call } from '../session/api.js';

export const title = 'About';
export const icon = 'info';

/** What runs here, and the keys by which it is known. */
export function show({ signal }) {
  const body = element('div', { class: 'stack' }, loading('the broker'));
  load(body, signal);
  return element('div', { class: 'page' }, pageHead('About this broker', 'Compare a fingerprint here with the one that your machine shows before you trust it.'), body);
}

async function load(body, signal) {
  try {
    const asked = Date.now();
    const [health, bundle] = await Promise.all([call('GET', 'health', { signal }), call('GET', 'ca', { signal })]);
    const skew = Math.round((Date.parse(health.time) - (asked + Date.now()) / 2) / 1000);
    replace(body, element('div', { class: 'columns' }, versions(health, skew), comparison(bundle)), fingerprints(bundle));
  } catch (problem) {
    if (!signal.aborted) replace(body, problemNotice(problem, () => load(body, signal)));
  }
}

function versions(health, skew) {
  return card('Version and protocol', element('dl', { class: 'facts' },
    fact('Broker', `sshfn-broker ${health.version}`),
    fact('Address', new URL('../../', document.baseURI).href),
    fact('API', 'HTTP and JSON, described by openapi.json'),
    fact('SSH', 'OpenSSH certificates v01, KRL, SSHSIG; stock ssh and sshd 8.7 or newer'),
    fact('Clock', `${moment(health.time)}${Math.abs(skew) > 5 ? `, ${Math.abs(skew)} s ${skew > 0 ? 'ahead of' : 'behind'} this machine` : ', as this machine'}`)));
}

function fact(name, value) {
  return [element('dt', {}, name), element('dd', {}, value)];
}

const kinds = [['userCaKeys', 'User CA', 'Signs user certificates; servers trust it.'], ['hostCaKeys', 'Host CA', 'Signs host certificates; clients trust it.'], ['journalKeys', 'Journal', 'Signs checkpoints and the revocation list.']];

function fingerprints(bundle) {
  return card(`Trusted keys, bundle version ${bundle.version}`, kinds.map(([member, name, use]) => element('section', { class: 'stack tight' },
    element('h3', {}, name), element('p', { class: 'small muted' }, use),
    bundle[member].map((key) => element('div', { class: 'command bare' },
      element('div', { class: 'row' }, element('code', {}, key.fingerprint), badge(key.state === 'active' ? 'good' : 'info', key.state)), copyButton(key.fingerprint, `the ${name} fingerprint`))))));
}

function comparison(bundle) {
  const answer = element('div', { 'aria-live': 'polite' });
  const input = element('textarea', { rows: '3', spellcheck: 'false', placeholder: 'SHA256:… or ecdsa-sha2-nistp256 AAAA…', on: { input: compare } });
  async function compare() {
    const found = await fingerprintOf(input.value.trim());
    const match = kinds.flatMap(([member, name]) => bundle[member].map((key) => [name, key])).find(([, key]) => key.fingerprint === found);
    replace(answer, input.value.trim() === '' ? null
      : match ? notice('good', `This is the ${match[0]} key`, `Its state is ${match[1].state}.`)
      : found ? notice('bad', 'No key of this broker', `${found} is not among the keys below. Do not trust it.`)
      : notice('warn', 'Neither a fingerprint nor a public key', 'Paste what ssh-keygen -lf prints, or the key’s line itself.'));
  }

  return card('Compare a key', field('Fingerprint or public key', input, 'For example a line of /etc/sshfn/user_ca.pub, or what ssh-keygen -lf prints.'), answer);
}

// The last word of a certificate authority's line that is base64 is the key.
async function fingerprintOf(text) {
  const given = /SHA256:[A-Za-z0-9+/]{43}/.exec(text);
  if (given) return given[0];
  const key = /\b(?:ssh-|ecdsa-|sk-)\S+\s+([A-Za-z0-9+/=]{60,})/.exec(text);
  if (!key || !crypto.subtle) return null;
  let bytes;
  try {
    bytes = Uint8Array.from(atob(key[1]), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }

  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `SHA256:${btoa(String.fromCharCode(...digest)).replaceAll('=', '')}`;
}
