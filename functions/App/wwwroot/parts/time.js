import { element } from './element.js';

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const absolute = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
const units = [['day', 86_400], ['hour', 3600], ['minute', 60], ['second', 1]];

/** "3 hours ago", by this machine's clock. */
export function ago(text) {
  const seconds = Math.round((Date.parse(text) - Date.now()) / 1000);
  if (Math.abs(seconds) < 10) return 'just now';
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? units.at(-1);
  return relative.format(Math.trunc(seconds / size), unit);
}

/** Date and time in the reader's own zone. */
export function moment(text) {
  return absolute.format(new Date(text));
}

/** A text of the broker with its times as this page writes them: it writes them for programs, to a ten-millionth of a second. */
export function dated(text) {
  return text.replace(/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g, moment);
}

/** A time as people say it, with the exact one behind it. */
export function when(text) {
  return element('time', { datetime: text, title: moment(text) }, ago(text));
}

/** "4:09" */
export function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.max(0, seconds) % 60).padStart(2, '0')}`;
}
