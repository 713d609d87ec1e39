// What a private key looks like, before it is sent anywhere. The broker refuses it all the same. Source: RFC 7468; PROTOCOL.key; PuTTY's .ppk.

const marks = [
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/i,
  /---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----/i,
  /PuTTY-User-Key-File-\d/i,
  /Private-Lines:/i,
  /openssh-key-v1/i,
  /b3BlbnNzaC1rZXktdjE/, // "openssh-key-v1" in base64
  /"d"\s*:\s*"[A-Za-z0-9_-]{20,}"/, // a JSON web key with its private member
];

/** Whether a text is, or holds, a private key. */
export function looksPrivate(text) {
  return marks.some((mark) => mark.test(text));
}

/** What people are told whose private key was caught here. */
export const caughtText = 'That is a private key. It was not sent.';

/** And what to do then, where nobody asked for a key. */
export const caughtAdvice = 'No field of this page wants one. Whoever may have seen it can use it, so make a new one if it was shown to others.';
