import { card } from '../../parts/card.js';
import { element, replace } from '../../parts/element.js';
import { choice } from '../../parts/field.js';
import { tabs } from '../../parts/tabs.js';
import { me } from '../../session/session.js';
import { panels } from './panels.js';

const gitProfiles = ['github', 'gitlab', 'gitea'];

/** How to connect: login and instance to choose, and a tab for each kind of client. `limit` shows no more than what was explained allows. */
export function connectCard(resource, query, onLogin) {
  const logins = resource.logins.map((login) => (me().userName ? login.replaceAll('{user}', me().userName) : login));
  const addresses = addressesOf(resource);
  const state = { login: logins[0], address: addresses[0], way: 'alias', folder: null, tab: query.get('tab') ?? (gitProfiles.includes(resource.profile) || logins[0] === 'git' ? 'git' : 'terminal') };
  const body = element('div');

  function draw() {
    const { name: host, port, instance } = state.address;
    const target = { resource: { ...resource, logins }, instance: instance ?? null, host, port, login: state.login };
    replace(body, tabs('Clients', panels(target, state), state.tab, (tab) => { state.tab = tab; }));
  }

  const pickers = element('div', { class: 'fields' },
    logins.length > 1 && choice('Login', 'login', logins.map((login) => [login, login]), state.login, (login) => { state.login = login; onLogin(login); draw(); }),
    addresses.length > 1 && choice(addresses.some((address) => address.instance !== null) ? 'Instance' : 'Address', 'address',
      addresses.map((address, at) => [String(at), titleOf(address)]), '0', (at) => { state.address = addresses[Number(at)]; draw(); }));
  draw();
  onLogin(state.login);
  function limit({ sftpFolder }) {
    if (state.folder === sftpFolder) return;
    state.folder = sftpFolder;
    draw();
  }

  return { node: card('Connect', pickers.childElementCount > 0 && pickers, body), limit };
}

// A pattern is no host; what lies below it is reached by its own name.
function addressesOf(resource) {
  const hosts = resource.hosts.filter((host) => !host.name.startsWith('*.'));
  return (hosts.length > 0 ? hosts : resource.hosts.map((host) => ({ ...host, name: host.name.replace('*', 'HOST') }))).map((host) => ({ ...host, instance: host.instance ?? null }));
}

function titleOf({ name, port, instance }) {
  const address = port === 22 ? name : `${name}:${port}`;
  return instance === null ? address : `${instance} (${address})`;
}
