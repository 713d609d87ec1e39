import { element } from '../parts/element.js';
import { clock } from '../parts/time.js';
import { end, me, signOut } from './session.js';

// A session ends by itself where nobody is: after a quarter of an hour without a key or pointer, and with its token.
const idleSeconds = 15 * 60;
const warningSeconds = 60;
const key = 'sshfn.seen';

/** What people are told who were away. */
export const awayText = 'You were signed out because nothing happened for 15 minutes.';

let last = Date.now();
let timer = null;
let warning = null;

/** Whether nobody was here for too long. A browser that restores its tabs restores what they kept, days later too. */
export function isOverdue() {
  const seen = sessionStorage.getItem(key);
  return seen !== null && Date.now() - Number(seen) > idleSeconds * 1000;
}

/** Watches while somebody is signed in. */
export function watch() {
  last = Date.now();
  sessionStorage.setItem(key, String(last));
  timer ??= setInterval(look, 1000);
}

/** Stops watching. */
export function rest() {
  clearInterval(timer);
  timer = null;
  sessionStorage.removeItem(key);
  warning?.close();
}

for (const event of ['pointerdown', 'keydown', 'wheel', 'touchstart']) {
  addEventListener(event, stir, { passive: true, capture: true });
}

// A machine that wakes may bring a click before the first tick: it comes from somebody, after nobody was here for too long.
function stir(event) {
  if (isAway()) {
    event.stopImmediatePropagation();
    end(awayText);
  } else if (!warning) {
    last = Date.now();
  }
}

function isAway() {
  return me() !== null && Date.now() - last >= idleSeconds * 1000;
}

function look() {
  const expires = me()?.expires;
  if (expires && Date.parse(expires) <= Date.now()) {
    end('Your session has ended: its token was good until now. Sign in again to go on.');
    return;
  }

  sessionStorage.setItem(key, String(last));
  const left = idleSeconds - Math.floor((Date.now() - last) / 1000);
  if (left <= 0) end(awayText);
  else if (left <= warningSeconds) warn(left);
}

function warn(left) {
  const text = `You will be signed out in ${clock(left)}.`;
  if (warning) {
    warning.querySelector('output').textContent = text;
    return;
  }

  warning = element(
    'dialog', { 'aria-labelledby': 'idle-title', on: { close: stay } },
    element('form', { method: 'dialog' },
      element('h2', { id: 'idle-title' }, 'Are you still there?'),
      element('output', {}, text),
      element('div', { class: 'buttons' },
        element('button', { type: 'button', on: { click: signOut } }, 'Sign out'),
        element('button', { class: 'primary', autofocus: true }, 'Stay signed in'))));
  document.body.append(warning);
  warning.showModal();
}

function stay() {
  warning.remove();
  warning = null;
  if (isAway()) end(awayText);
  else last = Date.now();
}
