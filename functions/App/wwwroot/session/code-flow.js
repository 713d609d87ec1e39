import { call } from './api.js';

// Authorization code with PKCE. The broker redeems the code: this page talks to nobody else. Source: RFC 7636; OpenID Connect Core 1.0.

const key = 'sshfn.sign-in';

/** Sends the browser to an issuer; comes back only when that can't be done. */
export async function leave(issuer) {
  if (!crypto.subtle) throw new Error('Browsers sign in over https only. Open this page by https, or use an access token.');
  const start = await call('GET', 'sign-in/code', { query: { issuer } });
  const here = new URL('.', document.baseURI).href;
  // What is remembered here would not be found there.
  if (start.redirectUri !== here) throw new Error(`This broker is known as ${start.redirectUri}. Open that address and sign in there.`);
  const attempt = { issuer, state: random(), nonce: random(), verifier: random(), redirectUri: start.redirectUri, back: location.hash };
  sessionStorage.setItem(key, JSON.stringify(attempt));
  const url = new URL(start.authorizationEndpoint);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(attempt.verifier));
  const query = {
    response_type: 'code', client_id: start.clientId, redirect_uri: start.redirectUri, scope: start.scopes.join(' '),
    state: attempt.state, nonce: attempt.nonce, code_challenge: base64(new Uint8Array(digest)), code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  location.assign(url);
}

/** Whether the browser has just come back from an issuer. */
export function isReturning() {
  const query = new URLSearchParams(location.search);
  return query.has('state') && (query.has('code') || query.has('error'));
}

/** Ends the sign-in that the browser came back from. */
export async function finish() {
  const query = new URLSearchParams(location.search);
  const attempt = JSON.parse(sessionStorage.getItem(key) ?? 'null');
  sessionStorage.removeItem(key);
  // The code leaves the address bar and the history before anything else happens.
  history.replaceState(null, '', `${location.pathname}${attempt?.back ?? ''}`);
  if (!attempt || query.get('state') !== attempt.state) throw new Error('This answer belongs to no sign-in that was begun here. Sign in again.');
  if (query.has('error')) throw new Error(`The sign-in was not completed: ${query.get('error_description') ?? query.get('error')}.`);
  const { issuer, verifier, nonce, redirectUri } = attempt;
  return call('POST', 'sign-in/code', { body: { issuer, code: query.get('code'), codeVerifier: verifier, nonce, redirectUri, iss: query.get('iss') } });
}

function random() {
  return base64(crypto.getRandomValues(new Uint8Array(32)));
}

function base64(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
