import { card, pageHead } from '../parts/card.js';
import { command, copyButton } from '../parts/copy.js';
import { element, replace } from '../parts/element.js';
import { choice, field } from '../parts/field.js';
import { notice, problemNotice } from '../parts/notice.js';
import { resourcePicker } from '../parts/resource-picker.js';
import { clock } from '../parts/time.js';
import { call, segment } from '../session/api.js';
import { me } from '../session/session.js';
import { askButton } from './resources/access.js';
import { shell } from './resources/commands.js';

export const title = 'Passcode';
export const icon = 'passcode';

/** A single-use password: one click, shown once, counted down. */
export function show({ query, signal }) {
  const shown = element('div');
  const options = element('div', { class: 'pair' });
  let chosenFor = null;
  let login = null;
  let instance = '';
  const button = element('button', { class: 'primary' }, 'Get a passcode');
  const picker = resourcePicker({ label: 'Resource', signal, value: query.get('resource') ?? '', onPick: choose });

  function choose(picked, wanted) {
    chosenFor = picked && picker.input.value.trim();
    if (!picked) return replace(options);
    const logins = picked.logins.map((one) => (me().userName ? one.replaceAll('{user}', me().userName) : one));
    const numbers = [...new Set(picked.hosts.map((host) => host.instance).filter((number) => number !== null && number !== undefined))];
    login = logins.includes(wanted) ? wanted : logins[0];
    instance = '';
    return replace(options,
      choice('Login', 'login', logins.map((one) => [one, one]), login, (one) => { login = one; }),
      numbers.length > 0 && choice('Instance', 'instance', [['', 'any'], ...numbers.map((number) => [String(number), String(number)])], '', (one) => { instance = one; }));
  }

  // An answer that comes late is one about a path that stands there no more.
  async function lookUp(path, wanted) {
    const found = await find(path, signal);
    if (picker.input.value.trim() !== path) return;
    if (found) choose(found, wanted);
    else if (path.split('/').length === 3) nameLogin(path, wanted);
  }

  // Whoever has no role on a resource is not told its logins, but may know one.
  function nameLogin(path, wanted) {
    chosenFor = path;
    login = wanted || null;
    instance = '';
    replace(options, field('Login', element('input', { name: 'login', value: wanted ?? '', autocomplete: 'off', spellcheck: 'false', on: { input: (event) => { login = event.target.value.trim() || null; } } }),
      'The account on the resource, such as deploy. They are listed here once you have a role on it.'));
  }

  async function submit(event) {
    event.preventDefault();
    button.disabled = true;
    try {
      // A path that was typed whole, or came with the address, is looked up for its logins.
      const path = picker.input.value.trim();
      await known;
      if (chosenFor !== path) await lookUp(path, null);
      const body = { resource: path };
      // Login and instance are of what they were shown for, and of nothing that was typed since.
      if (chosenFor === path && login) body.login = login;
      if (chosenFor === path && instance !== '') body.instance = Number(instance);
      const passcode = await call('POST', 'passcodes', { body, signal });
      replace(shown, result(passcode, signal, () => replace(shown, notice('info', 'The passcode is gone', 'It has ended. Get another one when you need it.'))));
      shown.querySelector('button').focus();
    } catch (problem) {
      if (!signal.aborted) replace(shown, await refusal(problem, picker.input.value.trim(), login));
    } finally {
      button.disabled = false;
    }
  }

  const known = lookUp((query.get('resource') ?? '').trim(), query.get('login'));
  return element('div', { class: 'page' },
    pageHead('Passcode', 'A password that is good once, for one login on one resource, for a few minutes. For clients that can’t use certificates.'),
    card('Get a passcode', element('form', { on: { submit } }, picker.node, options, element('div', { class: 'row' }, button)), shown));
}

/** Why there is no passcode, and what leads on from there. */
async function refusal(problem, path, login) {
  if (problem.field === 'login' && !login) {
    return [notice('bad', 'Name the login', `You have no role that lists the logins of ${path}. Enter the one that you mean, or ask for access.`), element('div', { class: 'row' }, askButton(path))];
  }

  if (problem.status !== 403) return problemNotice(problem);
  // No request for access gives any while SSH is off.
  const why = await call('POST', 'access/explain', { body: { resource: path, login } }).catch(() => null);
  return [problemNotice(problem), why?.deciding.rule !== 'ssh-switch' && element('div', { class: 'row' }, askButton(path))];
}

/** The resource of a path; null where there is none. The form still takes what is typed, and the broker says what is wrong with it. */
async function find(path, signal) {
  const names = path.split('/');
  if (names.length !== 3) return null;
  return call('GET', `projects/${segment(names[0])}/environments/${segment(names[1])}/resources/${segment(names[2])}`, { signal }).catch(() => null);
}

function result(passcode, signal, ended) {
  const code = element('output', { 'aria-label': 'Passcode' }, passcode.passcode);
  const left = element('p', { class: 'muted', role: 'timer' });
  const bar = element('progress', { max: '100', value: 100, 'aria-label': 'Time left' });
  const whole = secondsLeft(passcode);
  const timer = setInterval(tick, 500);
  signal.addEventListener('abort', () => clearInterval(timer));
  tick();
  function tick() {
    const seconds = secondsLeft(passcode);
    left.textContent = `Good for ${clock(seconds)}, and for one login.`;
    bar.value = (seconds / whole) * 100;
    if (seconds > 0) return;
    clearInterval(timer);
    ended();
  }

  const port = passcode.port && passcode.port !== 22 ? `-p ${passcode.port} ` : '';
  return element('div', { class: 'stack' },
    element('div', { class: 'passcode' }, code, element('div', { class: 'row' }, copyButton(passcode.passcode, 'the passcode')), bar, left),
    element('h3', {}, 'Where to type it'),
    element('p', {}, 'At the password prompt of your client, in place of a password. Capitals, spaces and hyphens do not matter.'),
    passcode.host && element('div', { class: 'commands' },
      command('ssh', `ssh -o PubkeyAuthentication=no ${port}${shell(`${passcode.login}@${passcode.host}`)}`),
      command('sftp', `sftp -o PubkeyAuthentication=no ${port.replace('-p', '-P')}${shell(`${passcode.login}@${passcode.host}`)}`)),
    element('p', { class: 'small muted' }, 'It is shown this once. Its number in the journal is ', element('code', {}, String(passcode.serial)), '.'));
}

function secondsLeft(passcode) {
  return Math.max(0, Math.round((Date.parse(passcode.expires) - Date.now()) / 1000));
}
