import { command, fields } from '../../parts/copy.js';
import { element, replace } from '../../parts/element.js';
import { icon } from '../../parts/icon.js';
import { segments } from '../../parts/tabs.js';
import { call } from '../../session/api.js';
import { aliasOf, commandsOf, keyFolder, shell } from './commands.js';

const ways = [['alias', 'Alias'], ['host', 'Host name'], ['sshfn', 'No setup']];
const hints = {
  alias: 'Works once sshfn config-ssh has run on your machine.',
  host: 'The same without an alias; config-ssh covers the host names that the broker knows.',
  sshfn: 'Works once you are signed in with sshfn login, without a line in your ssh configuration.',
};

/** The tabs: [id, title, panel]. Where only a folder's files are allowed, nothing is shown that would be refused. */
export function panels(target, state) {
  const sftp = ['sftp', 'sFTP client', () => sftpClient(target)];
  if (state.folder) return [['terminal', 'Terminal', () => terminal(target, state, ['sftp'])], sftp];
  return [
    ['terminal', 'Terminal', () => terminal(target, state, ['ssh', 'sftp', 'scp', 'rsync', 'git'])],
    ['vscode', 'VS Code', () => vscode(target)],
    ['pycharm', 'PyCharm', () => pycharm(target)],
    sftp,
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
  const signIn = element('div', { class: 'commands' });
  askForIssuers().then((hasIssuers) => replace(signIn, hasIssuers
    ? command('sign in', `sshfn login --broker ${broker}`)
    : [command('sign in', `sshfn login --broker ${broker} --token-file FILE`), element('p', { class: 'small muted' }, 'FILE holds your access token, the one that you sign in with here.')]));
  return element('details', {}, element('summary', {}, 'First time on this machine?'), element('div', { class: 'commands' },
    signIn, command('set up', 'sshfn config-ssh'), command('check', 'sshfn doctor')));
}

// A browser leads nowhere where no issuer is configured. Not knowing, the command itself says what is missing.
let issuers = null;
function askForIssuers() {
  issuers ??= call('GET', 'sign-in', { as: null }).then((ways) => ways.issuers.length > 0).catch(() => {
    issuers = null;
    return true;
  });
  return issuers;
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
    element('p', { class: 'small muted' }, 'Aliases and host names work once sshfn config-ssh has run on your machine; git-setup is for a git that does not read your ssh configuration.'),
    element('div', { class: 'commands' },
      command('remote', `git remote set-url origin ${commandsOf(target, 'alias').git.replace('git clone ', '')}`),
      command('every repo', 'sshfn git-setup --global'),
      command('https', `sshfn git-setup --https ${shell(target.host)}`)),
    values(target),
  ];
}
