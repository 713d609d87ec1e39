import { card } from '../../parts/card.js';
import { download } from '../../parts/download.js';
import { element, replace } from '../../parts/element.js';
import { notice, problemNotice } from '../../parts/notice.js';
import { call } from '../../session/api.js';
import { verification } from './export.js';

/** The proof that an entry is in the journal, to be checked by anyone, offline. */
export function proofCard(entry, signal) {
  const place = element('div', { class: 'stack', 'aria-live': 'polite' });
  const fetch = async () => {
    try {
      const proof = await call('GET', `audit/${entry.serial}/proof`, { signal });
      replace(place, await judged(proof, entry));
    } catch (problem) {
      if (!signal.aborted) replace(place, problemNotice(problem, fetch));
    }
  };
  return card('Proof', element('p', { class: 'muted' }, 'A checkpoint is signed over all entries. The proof leads from this entry to a checkpoint, so nobody can take the entry out afterwards.'),
    element('div', { class: 'row' }, element('button', { type: 'button', on: { click: fetch } }, 'Show the proof')), place);
}

async function judged(proof, entry) {
  const holds = await chainHolds(proof.entries, entry.hash);
  const name = `proof-${entry.serial}.json`;
  return [
    holds === false ? notice('bad', 'The proof does not begin with this entry, or does not lead on', 'Keep it, and a copy of the store, and ask the operator.')
      : holds === null ? notice('info', 'The proof was not checked here', 'Browsers hash over https only. Download the proof, and check it with sshfn.')
      : notice('good', 'The entry is sealed', `${proof.entries.length === 1 ? 'It is the head of its segment' : `${proof.entries.length - 1} later entries lead to the head of its segment`}, and ${proof.path.length} hashes from there to the signed root.`),
    element('dl', { class: 'facts' }, element('dt', {}, 'Merkle path'), element('dd', {}, proof.path.length === 0 ? 'none: the segment is the only one' : element('ol', {}, proof.path.map((hash) => element('li', { class: 'hash' }, hash))))),
    element('details', {}, element('summary', {}, 'The checkpoint’s statement and signature'), element('pre', { tabindex: '0' }, proof.statement), element('pre', { tabindex: '0' }, proof.signature)),
    element('div', { class: 'row' }, element('button', { type: 'button', on: { click: () => download(new Blob([JSON.stringify(proof)], { type: 'application/json' }), name) } }, 'Download the proof')),
    verification(`--proof ${name}`),
  ];
}

// Entries as they are stored: the first must hash to what this page shows, and each to what the next one holds. Signature and path are for sshfn, which
// has the key. Null where nothing is wrong but this browser can't hash; what the second entry holds is compared all the same.
async function chainHolds(entries, hash) {
  const hashes = crypto.subtle ? await Promise.all(entries.map(hashOf)) : [hash];
  const previous = entries.slice(1).map(previousOf);
  if (hashes[0] !== hash || hashes.some((own, at) => at < previous.length && previous[at] !== own)) return false;
  return crypto.subtle ? true : null;
}

function previousOf(entry) {
  try {
    return JSON.parse(entry).previous;
  } catch {
    return null;
  }
}

async function hashOf(entry) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(entry)));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
