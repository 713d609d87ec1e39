import { element, replace } from './element.js';

/** Tabs by the keyboard pattern of ARIA: arrows move, Home and End jump. `tabs` is [[id, title, () => node]]. */
export function tabs(label, list, chosen, onChoose) {
  const panel = element('div', { role: 'tabpanel', id: 'panel', class: 'stack', tabindex: '0' });
  const buttons = list.map(([id, title]) => element('button', { type: 'button', role: 'tab', id: `tab-${id}`, 'aria-controls': 'panel', on: { click: () => choose(id) } }, title));
  const bar = element('div', { class: 'tabs', role: 'tablist', 'aria-label': label, on: { keydown: move } }, buttons);

  function choose(id, silent) {
    list.forEach(([own], at) => {
      buttons[at].setAttribute('aria-selected', String(own === id));
      buttons[at].tabIndex = own === id ? 0 : -1;
    });
    reveal();
    panel.setAttribute('aria-labelledby', `tab-${id}`);
    replace(panel, list.find(([own]) => own === id)[2]());
    if (!silent) onChoose(id);
  }

  function reveal() {
    bar.querySelector('[aria-selected=true]').scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  function move(event) {
    const at = buttons.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = (to + buttons.length) % buttons.length;
    buttons[next].focus();
    choose(list[next][0]);
  }

  choose(list.some(([id]) => id === chosen) ? chosen : list[0][0], true);
  // On a phone the chosen tab may lie beside the screen; there is nothing to scroll before the page has it.
  requestAnimationFrame(reveal);
  return element('div', { class: 'stack' }, bar, panel);
}

/** A few choices of which one holds. */
export function segments(label, choices, chosen, onChoose) {
  const group = element('div', { class: 'segments', role: 'group', 'aria-label': label }, choices.map(([id, title]) => element(
    'button', { type: 'button', 'aria-pressed': String(id === chosen), on: { click: () => choose(id) } }, title)));
  function choose(id) {
    [...group.children].forEach((button, at) => button.setAttribute('aria-pressed', String(choices[at][0] === id)));
    onChoose(id);
  }

  return group;
}
