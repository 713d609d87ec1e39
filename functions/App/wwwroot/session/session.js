// Who is signed in. Kept in sessionStorage: it survives a reload and ends with the tab; no other origin reads it.

const key = 'sshfn.session';
let current = read();
const listeners = [];

/** The credential for requests; null for nobody. */
export function token() {
  return current?.token ?? null;
}

/** What WhoAmI said; null for nobody. */
export function me() {
  return current?.me ?? null;
}

/** Signs in with a credential that the broker took. */
export function begin(credential, caller) {
  current = { token: credential, me: caller };
  sessionStorage.setItem(key, JSON.stringify(current));
  tell(null);
}

// Another tab has a session of its own, or a copy of this one: what window.open opens begins with a copy. Who signs out leaves all of them.
const others = globalThis.BroadcastChannel ? new BroadcastChannel('sshfn.session') : null;
others?.addEventListener('message', ({ data }) => { if (data === 'signed-out') end('You signed out in another tab.'); });

/** Signs out of every tab, as the person wishes. */
export function signOut() {
  others?.postMessage('signed-out');
  end('You signed out.');
}

/** Ends this tab's session; `why` is shown at the sign-in page. */
export function end(why) {
  if (!current) return;
  current = null;
  sessionStorage.removeItem(key);
  tell(why);
}

/** Calls back at each sign-in and sign-out. */
export function onChange(listener) {
  listeners.push(listener);
}

function tell(why) {
  for (const listener of listeners) listener(why);
}

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}
