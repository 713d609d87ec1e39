import { card } from '../../parts/card.js';
import { ask } from '../../parts/dialog.js';
import { element } from '../../parts/element.js';
import { field } from '../../parts/field.js';
import { toast } from '../../parts/notice.js';
import { when } from '../../parts/time.js';
import { call, segment } from '../../session/api.js';

/** By what the card is found on the page. */
export const switchCardName = 'SSH switch';

const kinds = ['Project', 'Environment', 'Resource'];

/** The SSH switch of each level, with who changed it last. The broker decides who may. */
export function switchCard(levels, changed) {
  return card(switchCardName, element('div', { class: 'levels' }, levels.map((level, depth) => row(level, kinds[depth], changed))));
}

function row(level, kind, changed) {
  const isOn = level.sshSwitch === 'enabled';
  const name = `SSH on ${kind.toLowerCase()} ${level.path}`;
  return element('div', { class: 'level' },
    element('span', { class: 'kind' }, kind),
    element('div', {},
      element('strong', {}, isOn ? 'On' : 'Off'), ' ', element('span', { class: 'muted small' }, level.path),
      element('div', { class: 'by' }, level.switched ? [`by ${level.switched.by}, `, when(level.switched.at), level.switched.reason && `: ${level.switched.reason}`] : 'never switched')),
    element('button', { type: 'button', class: 'switch', role: 'switch', 'aria-checked': String(isOn), 'aria-label': name, on: { click: () => change(level, kind, isOn, changed) } }));
}

function change(level, kind, isOn, changed) {
  ask({
    title: `Switch SSH ${isOn ? 'off' : 'on'} for ${level.path}?`,
    text: isOn
      ? `Nobody gets a new certificate or passcode for this ${kind.toLowerCase()}${kind === 'Resource' ? '' : ' and what is below it'}. What was given lives on for its minutes.`
      : 'Grants count again at the next connection.',
    fields: [field('Reason', element('input', { name: 'reason', maxlength: '500', autocomplete: 'off' }), 'For the journal, and for those who are refused.')],
    confirm: isOn ? 'Switch off' : 'Switch on',
    danger: isOn,
    act: async (form) => {
      const path = `ssh-switch/${level.path.split('/').map(segment).join('/')}`;
      await call('PUT', path, { body: { state: isOn ? 'disabled' : 'enabled', reason: form.get('reason') || null } });
      toast(`SSH is ${isOn ? 'off' : 'on'} for ${level.path}.`);
      changed();
    },
  });
}
