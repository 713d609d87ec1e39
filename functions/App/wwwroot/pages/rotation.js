import { badge, card, table } from '../parts/card.js';
import { element, replace } from '../parts/element.js';
import { notice, problemNotice, sentence } from '../parts/notice.js';
import { dated, moment, when } from '../parts/time.js';
import { call } from '../session/api.js';

const names = { 'user-ca': 'User CA', 'host-ca': 'Host CA', journal: 'Journal' };
const colours = { active: 'good', published: 'info', staged: 'info', retiring: 'warn', retired: '' };

/** How far each of the broker's keys is on its way; for those who may rotate them. Others see the keys in force alone. */
export function rotationCards(bundle, signal) {
  const place = element('div', { class: 'stack' }, inForce(bundle));
  load(place, bundle, signal);
  return place;
}

async function load(place, bundle, signal) {
  try {
    const { rotations } = await call('GET', 'ca/rotation', { signal });
    replace(place, rotations.map(rotationCard));
  } catch (problem) {
    if (!signal.aborted && problem.status !== 403 && problem.status !== 404) replace(place, inForce(bundle), problemNotice(problem));
  }
}

function inForce(bundle) {
  const lists = [['User CA', bundle.userCaKeys], ['Host CA', bundle.hostCaKeys], ['Journal', bundle.journalKeys]];
  return card('CA keys', table('Keys in force', ['Key', 'State', 'Fingerprint', 'Type'], lists.flatMap(([name, keys]) => keys.map((key) => [
    name, badge(colours[key.state] ?? '', key.state), element('code', {}, key.fingerprint), key.publicKey.split(' ')[0]]))));
}

function rotationCard(rotation) {
  const name = names[rotation.purpose] ?? rotation.purpose;
  return card(`${name} key`, stateOf(rotation),
    table(`Keys of the ${name}`, ['State', 'Fingerprint', 'Made', 'Signs since', 'Counts until'], rotation.keys.map((key) => [
      badge(colours[key.state] ?? '', key.aborted ? 'taken back' : key.state), element('code', {}, key.fingerprint), when(key.staged),
      key.activated ? when(key.activated) : '–', key.lastExpiry ? when(key.lastExpiry) : '–'])),
    rotation.laggards.length > 0 && laggards(rotation));
}

function stateOf(rotation) {
  if (rotation.state === 'idle') return element('p', { class: 'muted' }, 'No rotation is under way.');
  const held = rotation.reportingHosts === null || rotation.reportingHosts === 0 ? null : `${rotation.holdingHosts} of ${rotation.reportingHosts} reporting hosts hold what they must.`;
  return notice(rotation.emergency || rotation.state === 'rolled-back' ? 'warn' : 'info', `Rotation: ${rotation.state}${rotation.emergency ? ', emergency' : ''}`,
    [rotation.waits && `Waiting: ${dated(rotation.waits)}${rotation.until ? `, until ${moment(rotation.until)} at the earliest` : ''}.`, held, rotation.rolledBack && `Taken back: ${sentence(rotation.rolledBack)}`].filter((part) => part).join(' '),
    element('p', { class: 'small muted' }, `Begun by ${rotation.startedBy}, `, rotation.started && when(rotation.started), '.'));
}

function laggards(rotation) {
  return element('div', { class: 'stack tight' }, element('h3', {}, `Hosts that lag behind: ${rotation.laggardCount}`),
    table(`Laggards of ${rotation.purpose}`, ['Host', 'Trust bundle', 'Last report', 'Why'], rotation.laggards.map((host) => [
      [host.resource, element('div', { class: 'small muted' }, [host.name, host.host].filter((part) => part).join(', '))],
      String(host.trustVersion), when(host.lastReport), host.refusal ?? (host.silent ? 'silent' : 'not yet')])));
}
