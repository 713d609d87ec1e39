import { element, replace } from '../../parts/element.js';
import { icon } from '../../parts/icon.js';
import { loading, notice, problemNotice, sentence } from '../../parts/notice.js';
import { call } from '../../session/api.js';

/** "Why can't I?": what a mint would answer now, and every rule that spoke. */
export function accessCard(resource, signal) {
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
      if (asked === login) replace(node, explanation(answer));
    } catch (problem) {
      if (!signal.aborted && asked === login) replace(node, problemNotice(problem, () => ask(login)));
    }
  }

  return { node, ask };
}

function explanation(answer) {
  const { deciding } = answer;
  const list = element('ul', { class: 'findings' }, answer.findings.map((finding) => element(
    'li', { class: finding.allows ? 'yes' : 'no' },
    icon(finding.allows ? 'check' : 'cross'),
    element('div', {}, element('strong', {}, finding.rule), element('span', { class: 'hidden-text' }, finding.allows ? ' allows' : ' refuses'), element('p', {}, sentence(finding.detail)), finding.fix && element('p', { class: 'fix' }, `To change it: ${finding.fix}.`)))));
  const details = element('details', {}, element('summary', {}, answer.allowed ? 'Why may I?' : 'Why can’t I?'), list);
  return answer.allowed
    ? notice('good', `You may connect as ${answer.login}`, `For at most ${Math.round(answer.maximumLifetimeSeconds / 60)} minutes at a time, by grant ${answer.grant}.`, details)
    : notice('warn', `You can’t connect as ${answer.login}`, `${sentence(deciding.detail)}${deciding.fix ? ` To change it: ${deciding.fix}.` : ''}`, details,
      element('div', { class: 'row' }, element('a', { class: 'button', href: `#/requests/new?path=${encodeURIComponent(answer.resource)}` }, 'Ask for access')));
}
