import { element, replace } from './element.js';
import { icon } from './icon.js';
import { toast } from './notice.js';

/** A button that puts a text into the clipboard; `what` says which, for who can't see it. */
export function copyButton(text, what) {
  const button = element('button', { type: 'button', class: 'copy', 'aria-label': `Copy ${what}`, on: { click: copy } }, icon('copy'), 'Copy');
  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      toast('The browser does not let this page write to the clipboard. Select the text and copy it.');
      return;
    }

    button.classList.add('done');
    replace(button, icon('check'), 'Copied');
    setTimeout(() => {
      button.classList.remove('done');
      replace(button, icon('copy'), 'Copy');
    }, 1600);
  }

  return button;
}

/** A command or another line to paste, with its copy button. */
export function command(name, text) {
  return element(
    'div',
    { class: name ? 'command' : 'command bare' },
    name && element('span', { class: 'name' }, name),
    element('code', {}, text),
    copyButton(text, name ? `the ${name} command` : text),
  );
}

/** Names and values, each value with a copy button. */
export function fields(rows) {
  return element('dl', { class: 'facts' }, rows.filter(([, value]) => value !== null && value !== undefined).map(([name, value]) => [
    element('dt', {}, name),
    element('dd', { class: 'with-copy' }, element('code', {}, value), copyButton(String(value), name.toLowerCase())),
  ]));
}
