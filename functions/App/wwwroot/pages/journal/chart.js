import { drawing, element } from '../../parts/element.js';
import { familyOf } from './events.js';

const names = [['mint', 'Mints'], ['refusal', 'Refusals'], ['login', 'Logins']];
const width = 480;
const height = 100;
const bars = 48;

/** Bars of mints, refusals and logins over a span of hours that ends now. */
export function chart(entries, hours) {
  const now = Date.now();
  const start = now - hours * 3_600_000;
  const step = (now - start) / bars;
  const counts = Array.from({ length: bars }, () => ({ mint: 0, refusal: 0, login: 0 }));
  for (const entry of entries) {
    const family = familyOf(entry.event);
    const at = Math.floor((Date.parse(entry.time) - start) / step);
    if (family && at >= 0) counts[Math.min(at, bars - 1)][family] += 1;
  }

  const totals = names.map(([family]) => counts.reduce((sum, count) => sum + count[family], 0));
  const most = Math.max(4, ...counts.map((count) => count.mint + count.refusal + count.login));
  const label = `${names.map(([, name], at) => `${name}: ${totals[at]}`).join(', ')} in the last ${spanOf(hours)}`;
  // The picture is stretched to the width of its place, so its words stand beside it.
  const svg = drawing('svg', { viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': label }, grid(), counts.map((count, at) => bar(count, at, most)));
  return element('figure', { class: 'chart' },
    element('div', { class: 'scale' }, element('span', {}, String(most)), element('span', {}, '0')), svg, axis(start, now, hours),
    element('figcaption', { class: 'legend' }, names.map(([family, name], at) => element('span', {}, element('i', { class: family }), `${name} ${totals[at]}`))));
}

function spanOf(hours) {
  return hours === 1 ? 'hour' : hours <= 24 ? `${hours} hours` : `${hours / 24} days`;
}

function bar(count, at, most) {
  const wide = width / bars;
  let y = height;
  return names.map(([family]) => {
    const high = (count[family] / most) * height;
    y -= high;
    return high > 0 && drawing('rect', { class: family, x: at * wide + 1, y, width: wide - 2, height: high });
  });
}

function grid() {
  return [0, 0.5, 1].map((share) => drawing('line', { x1: 0, x2: width, y1: share * height, y2: share * height, 'vector-effect': 'non-scaling-stroke' }));
}

function axis(start, now, hours) {
  const format = new Intl.DateTimeFormat('en-GB', hours > 24 ? { weekday: 'short', day: 'numeric' } : { hour: '2-digit', minute: '2-digit' });
  return element('div', { class: 'axis', 'aria-hidden': 'true' }, [0, 0.25, 0.5, 0.75, 1].map((share) => element('span', {}, share === 1 ? 'now' : format.format(new Date(start + share * (now - start))))));
}
