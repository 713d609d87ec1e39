import { duration } from '../../parts/duration.js';
import { dated } from '../../parts/time.js';

const span = /^(?:(\d+)\.)?(\d\d):(\d\d):(\d\d)(?:\.\d+)?$/;

/** A member of an entry as people say it: lists with commas, spans and times in words. */
export function wordsOf(value) {
  if (value === null || value === undefined) return '–';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(wordsOf).join(', ');
  if (typeof value === 'object') return Object.entries(value).map(([name, own]) => `${nameOf(name)}: ${wordsOf(own)}`).join('; ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const [, days = 0, hours, minutes, seconds] = span.exec(value) ?? [];
  return hours === undefined ? dated(String(value)) : duration(Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
}

/** "valid before" for validBefore. */
export function nameOf(member) {
  return member.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
