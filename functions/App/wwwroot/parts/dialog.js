import { element, replace } from './element.js';
import { problemNotice } from './notice.js';

/**
 * Asks before something is done. The browser's own modal dialog keeps the focus inside and gives it back.
 * `act` is called with the form's values and may refuse by throwing a problem, which is shown where the person is.
 */
export function ask({ title, text, fields = [], confirm, danger = false, act }) {
  const fault = element('div');
  const button = element('button', { type: 'submit', class: danger ? 'danger' : 'primary' }, confirm);
  const form = element(
    'form',
    { on: { submit: done } },
    element('h2', { id: 'dialog-title' }, title),
    text && element('p', { class: 'muted' }, text),
    ...fields,
    fault,
    element('div', { class: 'buttons' }, element('button', { type: 'button', on: { click: () => dialog.close() } }, 'Cancel'), button),
  );
  const dialog = element('dialog', { 'aria-labelledby': 'dialog-title', on: { close: () => dialog.remove() } }, form);
  async function done(event) {
    event.preventDefault();
    button.disabled = true;
    try {
      await act(new FormData(form));
      dialog.close();
    } catch (problem) {
      replace(fault, problemNotice(problem));
      button.disabled = false;
    }
  }

  // Whoever goes on to another page, or back, has left the question behind.
  const leave = new AbortController();
  addEventListener('hashchange', () => dialog.close(), { signal: leave.signal });
  dialog.addEventListener('close', () => leave.abort());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
