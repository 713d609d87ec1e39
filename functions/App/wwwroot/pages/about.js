import { badge, card, pageHead } from '../parts/card.js';
import { copyButton } from '../parts/copy.js';
import { element, replace } from '../parts/element.js';
import { field } from '../parts/field.js';
import { loading, notice, problemNotice } from '../parts/notice.js';
import { moment } from '../parts/time.js';
import { call } from '../session/api.js';
import { fingerprintsOf } from './fingerprints.js';

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
    const text = input.value.trim();
    const found = await fingerprintsOf(text);
    // What was typed since has its own answer.
    if (text === input.value.trim()) replace(answer, text !== '' && judged(found, bundle));
  }

  return card('Compare a key', field('Fingerprint or public key', input, 'For example a line of /etc/sshfn/user_ca.pub, or what ssh-keygen -lf prints.'), answer);
}

/** Green only when every key that was pasted is one of the broker's. */
function judged(found, bundle) {
  if (found === 'unhashed') return notice('warn', 'This browser can’t hash a key here', 'Browsers do it over https only. Paste what ssh-keygen -lf prints for the key.');
  if (!found) return notice('warn', 'Neither a fingerprint nor a public key', 'Paste what ssh-keygen -lf prints, or the key’s line itself, and nothing else.');
  const known = kinds.flatMap(([member, name]) => bundle[member].map((key) => ({ ...key, name })));
  const strange = found.find((fingerprint) => !known.some((key) => key.fingerprint === fingerprint));
  if (strange) return notice('bad', 'No key of this broker', `${strange} is not among the keys below. Do not trust it.`);
  const matches = known.filter((key) => found.includes(key.fingerprint));
  return matches.length === 1
    ? notice('good', `This is the ${matches[0].name} key`, `Its state is ${matches[0].state}.`)
    : notice('good', 'These are keys of this broker', matches.map((key) => `${key.name}: ${key.state}`).join(', '));
}
