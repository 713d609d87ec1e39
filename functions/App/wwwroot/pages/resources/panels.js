import { command, fields } from '../../parts/copy.js';
import { element, replace } from '../../parts/element.js';
import { icon } from '../../parts/icon.js';
import { segments } from '../../parts/tabs.js';
import { aliasOf, commandsOf, keyFolder, shell } from './commands.js';

const ways = [['alias', 'Alias'], ['host', 'Host name'], ['sshfn', 'No setup']];
const hints = {
  alias: 'Works once sshfn config-ssh has run on your machine.',
  host: 'The same without an alias; config-ssh covers the host names that the broker knows.',
  sshfn: 'Works without a line in your ssh configuration.',
};

/** The tabs: [id, title, panel]. */
export function panels(target, state) {
  return [
    ['terminal', 'Terminal', () => terminal(target, state, ['ssh', 'sftp', 'scp', 'rsync', 'git'])],
    ['vscode', 'VS Code', () => vscode(target)],
    ['pycharm', 'PyCharm', () => pycharm(target)],
    ['sftp', 'sFTP client', () => sftpClient(target)],
    ['git', 'Git', () => git(target, state)],
  ];
}

function terminal(target, state, names) {
  const list = element('div', { class: 'commands' });
  const hint = element('p', { class: 'small muted' });
  function draw(way) {
    state.way = way;
    const commands = commandsOf(target, way);
    replace(list, names.map((name) => command(name, commands[name])));
    hint.textContent = hints[way];
  }

  draw(state.way);
  return [element('div', { class: 'row spread' }, segments('Name the resource by', ways, state.way, draw), hint), list, setup()];
}

function setup() {
  const broker = new URL('../..', document.baseURI).href.replace(/\/$/, '');
  return element('details', {}, element('summary', {}, 'First time on this machine?'), element('div', { class: 'commands' },
    command('sign in', `sshfn login --broker ${broker}`), command('set up', 'sshfn config-ssh'), command('check', 'sshfn doctor')));
}

function values({ host, port, login }, withKey = true) {
  const folder = keyFolder({ host, port, login });
  return fields([['Host', host], ['Port', port], ['User', login], ['Key file', withKey ? `${folder}/key` : null], ['Certificate', withKey ? `${folder}/key-cert.pub` : null]]);
}

function renew({ host, port, login }) {
  return command('renew', `sshfn cert ${shell(host)} ${port} ${shell(login)}`);
}

function steps(...list) {
  return element('ol', { class: 'steps' }, list.map((content) => element('li', {}, element('div', {}, content))));
}

function vscode(target) {
  const alias = aliasOf(target.resource, target.instance);
  return [
    steps(
      ['Install the extension Remote - SSH, and run this once in a terminal:', command('', 'sshfn config-ssh')],
      ['Open a window on the resource:', command('', `code --remote ssh-remote+${alias} /`),
        element('p', {}, element('a', { href: `vscode://vscode-remote/ssh-remote+${alias}/` }, icon('open'), ' Open in VS Code'))],
      ['Or choose Remote-SSH: Connect to Host… and enter the alias:', command('', alias)]),
    values(target),
  ];
}

function pycharm(target) {
  return [
    steps(
      'Open Settings, Tools, SSH Configurations, and add one.',
      ['Enter host, port and user. As authentication choose OpenSSH config and authentication agent, with the alias as host:', command('', aliasOf(target.resource, target.instance))],
      ['Or choose Key pair with the key file below. It is good for minutes: renew it before you connect.', renew(target)]),
    values(target),
  ];
}

function sftpClient(target) {
  const where = `#/passcode?resource=${encodeURIComponent(target.resource.path)}&login=${encodeURIComponent(target.login)}`;
  return [
    steps(
      'Choose the protocol SFTP and enter the values below. Leave the password empty.',
      ['Fetch a fresh key and certificate, then connect within their minutes:', renew(target)],
      ['A client that knows no certificates takes a one-time passcode as its password.', element('p', {}, element('a', { href: where }, 'Get a passcode'))]),
    values(target),
  ];
}

function git(target, state) {
  return [
    ...terminal(target, state, ['git']),
    element('h3', {}, 'In a repository that you have'),
    element('div', { class: 'commands' },
      command('remote', `git remote set-url origin ${commandsOf(target, 'alias').git.replace('git clone ', '')}`),
      command('every repo', 'sshfn git-setup --global'),
      command('https', `sshfn git-setup --https ${shell(target.host)}`)),
    values(target),
  ];
}
