import { element, replace } from '../../parts/element.js';
import { icon } from '../../parts/icon.js';
import { loading, notice, problemNotice, sentence } from '../../parts/notice.js';
import { call } from '../../session/api.js';
import { switchCardName } from './switches.js';

/** "Why can't I?": what a mint would answer now, and every rule that spoke. `told` gets each answer. */
export function accessCard(resource, signal, told) {
  const node = element('div', {}, loading('whether you may connect'));
  let asked = null;

  async function ask(login) {
    asked = login;
    if (login.includes('{')) {
      replace(node, notice('warn', `This login is made of your user name, and you have none`, 'Whoever runs your identity provider, or an admin, gives you one.'));
      return;
    }

    try {
      const answer = await call('POST', 'access/explain', { body: { resource: resource.path, login }, signal });
      if (asked !== login) return;
      replace(node, explanation(answer));
      told(answer);
    } catch (problem) {
      if (!signal.aborted && asked === login) replace(node, problemNotice(problem, () => ask(login)));
    }
  }

  return { node, ask };
}

/** Leads to the form for a place. */
export function askButton(path) {
  return element('a', { class: 'button', href: `#/requests/new?path=${encodeURIComponent(path)}` }, 'Ask for access');
}

function explanation(answer) {
  const { deciding } = answer;
  const list = element('ul', { class: 'findings' }, answer.findings.map((finding) => element(
    'li', { class: finding.allows ? 'yes' : 'no' },
    icon(finding.allows ? 'check' : 'cross'),
    element('div', {}, element('strong', {}, finding.rule), element('span', { class: 'hidden-text' }, finding.allows ? ' allows' : ' refuses'), element('p', {}, sentence(finding.detail)), finding.fix && element('p', { class: 'fix' }, `To change it: ${finding.fix}.`)))));
  const details = element('details', {}, element('summary', {}, answer.allowed ? 'Why may I?' : 'Why can’t I?'), list);
  const way = () => (deciding.rule === 'ssh-switch' ? switchButton() : askButton(answer.resource));
  return answer.allowed
    ? notice('good', answer.sftpFolder ? `You may reach the files in ${answer.sftpFolder} as ${answer.login}` : `You may connect as ${answer.login}`, limitsOf(answer), details)
    : notice('warn', `You can’t connect as ${answer.login}`, `${sentence(deciding.detail)}${deciding.fix ? ` To change it: ${deciding.fix}.` : ''}`, details, element('div', { class: 'row' }, way()));
}

/** What a connection may do, where that is not everything. */
function limitsOf(answer) {
  const { sftpFolder, sourceAddresses, forwardTargets, permissions } = answer;
  return [
    sftpFolder ? 'By SFTP and nothing else: no terminal, no commands, no git, no forwarding.' : !permissions.includes('pty') && 'Commands and files, without a terminal.',
    forwardTargets && permissions.includes('port-forwarding') && `Forwarding reaches ${forwardTargets.join(', ')} alone.`,
    sourceAddresses && `From ${sourceAddresses.join(', ')} alone.`,
    `For at most ${Math.round(answer.maximumLifetimeSeconds / 60)} minutes at a time, by grant ${answer.grant}.`,
  ].filter((part) => part).join(' ');
}

// No request for access gives any while SSH is off.
function switchButton() {
  const show = () => {
    const card = document.querySelector(`section[aria-label="${switchCardName}"]`);
    card.scrollIntoView({ block: 'center' });
    card.querySelector('[aria-checked="false"]')?.focus();
  };
  return element('button', { type: 'button', on: { click: show } }, 'Show the SSH switch');
}
