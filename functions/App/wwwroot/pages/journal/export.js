import { card } from '../../parts/card.js';
import { command } from '../../parts/copy.js';
import { download } from '../../parts/download.js';
import { element, replace } from '../../parts/element.js';
import { problemNotice } from '../../parts/notice.js';
import { call, send } from '../../session/api.js';

/** The journal as a file, and the newest checkpoint that it is sealed by. */
export function exportCard(filter, signal) {
  const said = element('div', { 'aria-live': 'polite' });
  const save = async (event, format) => {
    const button = event.currentTarget;
    button.disabled = true;
    replace(said);
    try {
      const response = await send('GET', 'audit/export', { query: { ...filter, format }, signal });
      const name = fileName(format);
      download(await response.blob(), name);
      replace(said, format === 'ndjson' && !Object.values(filter).some((value) => value) && verification(name));
    } catch (problem) {
      if (!signal.aborted) replace(said, problemNotice(problem));
    } finally {
      button.disabled = false;
    }
  };
  const why = element('p', { class: 'small muted', id: 'export-why' });
  const button = (format, title) => element('button', { type: 'button', disabled: true, 'aria-describedby': why.id, on: { click: (event) => save(event, format) } }, title);
  const buttons = [button('ndjson', 'Export as NDJSON'), button('csv', 'Export as CSV')];
  allow(buttons, why, filter.resource, signal);
  return card('Export', element('p', {}, 'As the filter has it. Without a filter the file is whole, and anyone who has it and the journal’s public key can verify it offline.'),
    element('div', { class: 'row' }, buttons), why, said);
}

// An export is for auditors of what it covers, also where it holds one's own entries alone: the broker is asked for none of them.
async function allow(buttons, why, resource, signal) {
  const isRefused = await call('GET', 'audit', { query: { resource, since: new Date().toISOString(), limit: 1 }, signal }).then(() => false, (problem) => problem.status === 403);
  buttons.forEach((button) => { button.disabled = isRefused; });
  replace(why, isRefused && (resource
    ? `To export, you need the role auditor on ${resource}.`
    : 'To export the whole journal, you need the role auditor on /. Where you hold it on a path, filter by that path as the resource.'));
  why.hidden = !isRefused;
}

// To the second, so that the browser need not find another name for the second one of a day.
function fileName(format) {
  return `journal-${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}.${format}`;
}

/** How anyone checks a file, with the key from a place that the file did not come from. */
export function verification(file) {
  return element('div', { class: 'commands' },
    command('key', `curl -fsS ${new URL('../ca', document.baseURI).href} -o trust.json`),
    command('verify', `sshfn audit verify ${file} --key trust.json`));
}
