// Who is signed in. Kept in sessionStorage: it survives a reload and ends with the tab; no other origin and no other tab reads it.

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

/** Signs out; `why` is shown at the sign-in page. */
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
