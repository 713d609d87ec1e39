import { card } from '../../parts/card.js';
import { command } from '../../parts/copy.js';
import { download } from '../../parts/download.js';
import { element, replace } from '../../parts/element.js';
import { problemNotice } from '../../parts/notice.js';
import { send } from '../../session/api.js';

/** The journal as a file, and the newest checkpoint that it is sealed by. */
export function exportCard(filter, signal) {
  const said = element('div', { 'aria-live': 'polite' });
  const save = async (event, format) => {
    const button = event.currentTarget;
    button.disabled = true;
    replace(said);
    try {
      const response = await send('GET', 'audit/export', { query: { ...filter, format }, signal });
      download(await response.blob(), `journal-${new Date().toISOString().slice(0, 10)}.${format}`);
      replace(said, format === 'ndjson' && !Object.values(filter).some((value) => value) && verification('journal.ndjson'));
    } catch (problem) {
      if (!signal.aborted) replace(said, problemNotice(problem));
    } finally {
      button.disabled = false;
    }
  };
  const button = (format, title) => element('button', { type: 'button', on: { click: (event) => save(event, format) } }, title);
  return card('Export', element('p', {}, 'As the filter has it. Without a filter the file is whole, and anyone who has it and the journal’s public key can verify it offline.'),
    element('div', { class: 'row' }, button('ndjson', 'Export as NDJSON'), button('csv', 'Export as CSV')), said);
}

/** How anyone checks a file, with the key from a place that the file did not come from. */
export function verification(file) {
  return element('div', { class: 'commands' },
    command('key', `curl -fsS ${new URL('../ca', document.baseURI).href} -o trust.json`),
    command('verify', `sshfn audit verify ${file} --key trust.json`));
}
