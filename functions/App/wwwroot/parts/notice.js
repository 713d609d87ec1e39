import { element } from './element.js';
import { icon } from './icon.js';
import { dated } from './time.js';

const icons = { bad: 'alert', warn: 'alert', good: 'check', info: 'info' };

/** A box that says something; `kind` is bad, warn, good or info. */
export function notice(kind, title, text, ...more) {
  return element(
    'div',
    { class: `notice ${kind}`, role: kind === 'bad' ? 'alert' : 'status' },
    icon(icons[kind]),
    element('div', {}, element('p', {}, element('strong', {}, title)), text && element('p', {}, text), ...more),
  );
}

/** What a problem document says: what happened, and what would fix it. */
export function problemNotice(problem, retry) {
  return notice(
    'bad',
    sentence(problem.detail),
    problem.fix && `To fix it: ${problem.fix}.`,
    problem.correlationId && element('p', { class: 'small muted' }, 'Correlation id ', element('code', {}, problem.correlationId)),
    retry && element('div', { class: 'row' }, element('button', { type: 'button', on: { click: retry } }, 'Try again')),
  );
}

/** A place that holds nothing yet. */
export function empty(image, title, ...text) {
  return element('div', { class: 'empty' }, icon(image), element('p', {}, element('strong', {}, title)), element('p', {}, ...text));
}

/** Bars in the place of what is being fetched. */
export function loading(what) {
  return element('div', { class: 'loading', role: 'status', 'aria-label': `Loading ${what}` }, element('span'), element('span'), element('span'));
}

// A detail may also begin with a name, and names are shown as they are.
const beginnings = /^(a|an|the|there|this|that|it|its|no|not|nobody|nothing|one|only|somebody|too|your|you)\b/;

/** Problem details begin in lower case; here they stand alone. */
export function sentence(text) {
  const spoken = dated(text);
  const whole = beginnings.test(spoken) ? spoken.charAt(0).toUpperCase() + spoken.slice(1) : spoken;
  return /[.!?…]$/.test(whole) ? whole : `${whole}.`;
}

/** A short message that goes away by itself and is read out. */
export function toast(text) {
  const node = element('div', { class: 'toast' }, text);
  document.getElementById('toasts').append(node);
  setTimeout(() => node.remove(), 5000);
}
