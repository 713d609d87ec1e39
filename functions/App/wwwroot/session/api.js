import { caughtText, looksPrivate } from './private-key.js';
import { end, token } from './session.js';

// …/api/portal/session/api.js → …/api/, also when a proxy serves the broker below a path of its own.
const base = new URL('../../', import.meta.url);

/** What the broker answered in place of what was asked for: its problem document, or that it can't be reached. */
export class Problem extends Error {
  constructor(status, { type = '', detail, fix = null, field = null, correlationId = null }) {
    super(detail);
    Object.assign(this, { status, type, detail, fix, field, correlationId });
  }
}

/** Sends a request and reads the JSON of its answer; null when there is none. */
export async function call(method, path, options) {
  const response = await send(method, path, options);
  return response.status === 204 ? null : response.json();
}

/** Sends a request; answers that are no success become a problem. `as` is a credential that is not the session's yet. */
export async function send(method, path, { query, body, signal, as = token() } = {}) {
  const url = new URL(path, base);
  for (const [name, value] of Object.entries(query ?? {})) if (value) url.searchParams.set(name, value);
  // An address is kept where a body is not: in the logs of every proxy on the way.
  if (looksPrivate(decoded(path)) || Object.values(query ?? {}).some((value) => looksPrivate(String(value)))) throw new Problem(400, { detail: caughtText, fix: 'search for something else, and make a new key if others may have seen this one' });
  // A browser sends no such header, and would say that the broker is away.
  if (as && !/^[!-~]+$/.test(as)) throw new Problem(401, { detail: 'that is no access token: it holds a space or a letter that no token has', fix: 'copy it again, the whole of it and nothing else' });
  const headers = {};
  if (as) headers.Authorization = `Bearer ${as}`;
  if (body) headers['Content-Type'] = 'application/json';
  let response;
  try {
    response = await fetch(url, { method, headers, body: body && JSON.stringify(body), signal, credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer' });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Problem(0, { detail: 'the broker does not answer', fix: 'look whether this machine is connected, and try again' });
  }

  if (!response.ok) throw await problemOf(response);
  return response;
}

/** Everything of a list, page after page; `most` bounds it. */
export async function all(path, { query = {}, most = 1000, signal } = {}) {
  const items = [];
  let after = null;
  do {
    const page = await call('GET', path, { query: { ...query, limit: Math.min(most, 1000), after }, signal });
    items.push(...page.items);
    after = page.next;
  } while (after && items.length < most);
  return items;
}

/** Path segments as a URL has them. */
export function segment(text) {
  return encodeURIComponent(text);
}

function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

async function problemOf(response) {
  const document = await response.json().catch(() => ({ detail: `the broker answered ${response.status}` }));
  const problem = new Problem(response.status, document);
  // What was proved at sign-in is proved no more: revoked, removed or over.
  if (response.status === 401 && token()) end('Your session has ended: the broker does not take its token any more.');
  return problem;
}
