import { element, replace } from '../parts/element.js';
import { field } from '../parts/field.js';
import { loading, notice, problemNotice } from '../parts/notice.js';
import { call } from '../session/api.js';
import { leave } from '../session/code-flow.js';

/** The page before all others; `enter` takes a credential. */
export function showSignIn(root, why, enter) {
  document.title = 'Sign in · sshfn';
  const issuers = element('div', { class: 'stack tight' }, loading('the ways to sign in'));
  const fault = element('div');
  const input = element('input', { type: 'password', name: 'token', autocomplete: 'off', spellcheck: 'false', required: true, placeholder: 'ID.SECRET' });
  const button = element('button', { class: 'wide' }, 'Sign in with the token');
  const form = element('form', { on: { submit } }, field('Access token', input, 'Made by sshfn token create, or by an admin for you.'), button);
  replace(root, element(
    'main', { class: 'gate' },
    element('div', { class: 'card' },
      element('div', { class: 'brand' }, element('img', { src: 'icon.svg', alt: '' }), 'sshfn'),
      element('div', {}, element('h1', {}, 'Sign in'), element('p', { class: 'muted' }, 'SSH access for minutes, to one place at a time.')),
      why && notice('info', why),
      fault, issuers, form)));
  offer(issuers, fault);

  async function submit(event) {
    event.preventDefault();
    button.disabled = true;
    replace(fault);
    try {
      await enter(input.value.trim());
    } catch (problem) {
      input.value = '';
      button.disabled = false;
      replace(fault, problemNotice(problem));
      input.focus();
    }
  }
}

async function offer(place, fault) {
  try {
    const { issuers } = await call('GET', 'sign-in', { as: null });
    replace(place, issuers.map((issuer) => element('button', { type: 'button', class: 'primary wide', on: { click: () => begin(issuer.name, fault) } }, `Sign in with ${issuer.name}`)),
      issuers.length > 0 && element('div', { class: 'or' }, 'or'));
  } catch (problem) {
    replace(place, problemNotice(problem, () => offer(place, fault)));
  }
}

async function begin(issuer, fault) {
  replace(fault);
  try {
    await leave(issuer);
  } catch (problem) {
    replace(fault, notice('bad', problem.message));
  }
}
