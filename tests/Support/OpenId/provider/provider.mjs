// A real OpenID Connect provider on loopback, steered by the test that started it.
//   node provider.mjs STATE_FILE PORT      PORT 0 lets the system choose
// Keys, grants and refresh tokens lie in STATE_FILE, so that a second one can take over where a stopped one was.
// Standard output: {"listening":PORT}, then one line for each command. Standard input: one command a line, {"command":…}.
// It ends with its standard input, so it does not outlive the test.
import { createHash, generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';

// The library speaks on console.info; standard output is the protocol here.
console.info = console.log = console.error;
const { Provider } = await import('oidc-provider');

const [stateFile, port] = process.argv.slice(2);
const state = existsSync(stateFile)
  ? JSON.parse(readFileSync(stateFile, 'utf8'))
  : { keys: [], documents: {}, users: {}, lifetimes: {} };

function save() {
  writeFileSync(`${stateFile}.new`, JSON.stringify(state), { mode: 0o600 });
  renameSync(`${stateFile}.new`, stateFile);
}

function newKey(alg) {
  const { privateKey } = alg === 'ES256' ? generateKeyPairSync('ec', { namedCurve: 'P-256' }) : generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = privateKey.export({ format: 'jwk' });
  const kid = createHash('sha256').update(jwk.n ?? jwk.x).digest('base64url').slice(0, 16);
  return { ...jwk, kid, alg, use: 'sig' };
}

// The first key of an algorithm signs; the others are only published.
function addKeys() {
  state.keys.unshift(newKey('ES256'), newKey('RS256'));
}

class StateAdapter {
  constructor(model) {
    this.model = model;
  }

  #key(id) {
    return `${this.model}:${id}`;
  }

  #live(entry) {
    return entry && !(entry.expires <= Date.now()) ? entry.payload : undefined;
  }

  #findBy(member, value) {
    const entries = Object.entries(state.documents).filter(([key]) => key.startsWith(`${this.model}:`));
    return this.#live(entries.map(([, entry]) => entry).find((entry) => entry.payload[member] === value));
  }

  async upsert(id, payload, expiresIn) {
    state.documents[this.#key(id)] = { payload, expires: expiresIn ? Date.now() + expiresIn * 1000 : undefined };
    save();
  }

  async find(id) {
    return this.#live(state.documents[this.#key(id)]);
  }

  async findByUserCode(userCode) {
    return this.#findBy('userCode', userCode);
  }

  async findByUid(uid) {
    return this.#findBy('uid', uid);
  }

  async consume(id) {
    state.documents[this.#key(id)].payload.consumed = Math.floor(Date.now() / 1000);
    save();
  }

  async destroy(id) {
    delete state.documents[this.#key(id)];
    save();
  }

  async revokeByGrantId(grantId) {
    for (const [key, entry] of Object.entries(state.documents)) if (entry.payload.grantId === grantId) delete state.documents[key];
    save();
  }
}

// Everybody has an account: alice is alice@example.com, whom the provider has verified, unless a command said otherwise.
function claimsOf(user) {
  return { sub: user, email: `${user}@example.com`, email_verified: true, preferred_username: user, groups: [], ...state.users[user] };
}

// A public client: devices by their flow, browsers by code, back to the portal of a broker on whichever port it has.
const client = (id, alg) => ({
  client_id: id,
  application_type: 'native',
  token_endpoint_auth_method: 'none',
  grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token', 'authorization_code'],
  response_types: ['code'],
  redirect_uris: ['http://127.0.0.1/api/portal/'],
  id_token_signed_response_alg: alg,
});

const lifetime = (name, seconds) => () => state.lifetimes[name] ?? seconds;

function makeProvider(issuer) {
  const provider = new Provider(issuer, {
    adapter: StateAdapter,
    jwks: { keys: state.keys },
    clients: [client('sshfn', 'ES256'), client('sshfn-rsa', 'RS256')],
    scopes: ['openid', 'offline_access', 'email', 'profile', 'groups'],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['preferred_username'], groups: ['groups'] },
    // So that an ID token holds what its scopes name, as those of the large providers do.
    conformIdTokenClaims: false,
    findAccount: (ctx, user) => ({ accountId: user, claims: () => claimsOf(user) }),
    extraTokenClaims: (ctx, token) => (token.accountId ? claimsOf(token.accountId) : undefined),
    cookies: { keys: ['of a test'] },
    enabledJWA: { idTokenSigningAlgValues: ['ES256', 'RS256'] },
    ttl: {
      IdToken: lifetime('idToken', 600),
      AccessToken: lifetime('accessToken', 600),
      DeviceCode: lifetime('deviceCode', 600),
      RefreshToken: lifetime('refreshToken', 86400),
      Grant: 86400,
    },
    features: {
      deviceFlow: { enabled: true },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        useGrantedResource: () => true,
        getResourceServerInfo: (ctx, resource) => ({
          scope: 'openid offline_access email groups',
          audience: resource,
          accessTokenTTL: lifetime('accessToken', 600)(),
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
  });
  provider.on('server_error', (ctx, error) => console.error(error));
  return provider;
}

// What a person does in a browser: signs in and agrees to all that the device asked for.
async function approve(provider, userCode, user) {
  const code = await provider.DeviceCode.findByUserCode(userCode.replace(/\W/g, ''));
  if (!code) throw new Error(`there is no user code ${userCode}`);
  const { client_id: clientId, scope = '', resource } = code.params;
  const grant = new provider.Grant({ accountId: user, clientId });
  grant.addOIDCScope(scope);
  for (const audience of [resource ?? []].flat()) grant.addResourceScope(audience, scope);
  Object.assign(code, { accountId: user, authTime: Math.floor(Date.now() / 1000), grantId: await grant.save(), scope, resource });
  await code.save();
}

async function deny(provider, userCode) {
  const code = await provider.DeviceCode.findByUserCode(userCode.replace(/\W/g, ''));
  Object.assign(code, { error: 'access_denied', errorDescription: 'the person said no' });
  await code.save();
}

let current;
const server = createServer((request, response) => current.callback()(request, response));
const commands = {
  approve: ({ userCode, user }) => approve(current, userCode, user),
  deny: ({ userCode }) => deny(current, userCode),
  // Claims on top of the usual ones; null takes one away.
  user: ({ user, claims }) => {
    state.users[user] = Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, value ?? undefined]));
  },
  lifetimes: ({ seconds }) => Object.assign(state.lifetimes, seconds),
  rotate: ({ keepOld }) => {
    if (!keepOld) state.keys = [];
    addKeys();
    current = makeProvider(current.issuer);
  },
};

if (state.keys.length === 0) addKeys();
server.listen(Number(port), '127.0.0.1', () => {
  current = makeProvider(`http://127.0.0.1:${server.address().port}`);
  save();
  process.stdout.write(`${JSON.stringify({ listening: server.address().port })}\n`);
});

for await (const line of createInterface({ input: process.stdin })) {
  const { command, ...rest } = JSON.parse(line);
  try {
    await commands[command](rest);
    save();
    process.stdout.write('{"ok":true}\n');
  } catch (error) {
    process.stdout.write(`${JSON.stringify({ ok: false, error: error.message })}\n`);
  }
}
process.exit(0);
