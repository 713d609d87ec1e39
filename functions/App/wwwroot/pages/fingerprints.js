// What ssh-keygen -lf prints for a key, out of what somebody pasted. Every key of it counts, and so does every fingerprint: what only looks at the
// first lets an attacker's key through whose comment, options or neighbour hold the right one.

/**
 * The fingerprints of all keys in a text; of all that it names, where it holds no key at all.
 * Null where not all of it can be read, 'unhashed' where this browser can't hash.
 */
export async function fingerprintsOf(text) {
  // sshd and ssh skip these lines too.
  const lines = text.split(/[\r\n]+/).map((line) => line.replace(/^[ \t]+|[ \t]+$/g, '')).filter((line) => line && !line.startsWith('#'));
  // Where a reader splits words at what can't be seen, this page and sshd might disagree on where.
  if (lines.some((line) => /[\p{C}\p{Zl}\p{Zp}]/u.test(line.replaceAll('\t', ' ')))) return null;
  const keys = lines.map(blobsOf);
  if (keys.every((blobs) => blobs.length === 0)) return namedIn(text);
  if (keys.some((blobs) => blobs.length === 0)) return null;
  return crypto.subtle ? hashed(keys.flat()) : 'unhashed';
}

// A key begins with the length of its type's name, 32 bits of which only the last are set. Source: RFC 4253, section 6.6.
function blobsOf(line) {
  return line.split(/[ \t]+/).filter((word) => word.startsWith('AAAA'));
}

async function hashed(blobs) {
  const prints = await Promise.all(blobs.map(fingerprintOf));
  return prints.includes(null) ? null : prints;
}

async function fingerprintOf(blob) {
  let bytes;
  try {
    bytes = Uint8Array.from(atob(blob), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }

  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return `SHA256:${btoa(String.fromCharCode(...digest)).replaceAll('=', '')}`;
}

// A fingerprint by another digest can't be compared, and a comment behind it can hold what it likes.
function namedIn(text) {
  const named = (text.match(/SHA256:[A-Za-z0-9+/]*/g) ?? []);
  const isClear = named.length > 0 && named.every((one) => one.length === 'SHA256:'.length + 43) && !/\b(?:MD5|SHA1|SHA384|SHA512):/i.test(text);
  return isClear ? named : null;
}
