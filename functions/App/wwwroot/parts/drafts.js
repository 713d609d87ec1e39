// What somebody has typed when their token ends: kept in memory, for the same person at the same page, and nowhere else.

const touched = new WeakSet();
let draft = null;

addEventListener('input', ({ target }) => { if (target.form) touched.add(target.form); }, { capture: true });

/** Keeps what stands in the forms of a page that somebody typed into; whether there is such a one. */
export function keep(root, subject) {
  const forms = formsOf(root).map((form) => (touched.has(form) ? [...form.elements].map(({ name, type, value, checked }) => ({ name, type, value, checked })) : null));
  draft = forms.some((form) => form) ? { subject, place: location.hash, forms } : null;
  return draft !== null;
}

/** Puts it back, once, and only for whom it was kept. */
export function giveBack(root, subject) {
  const kept = draft;
  draft = null;
  if (kept?.subject !== subject || kept.place !== location.hash) return;
  formsOf(root).forEach((form, at) => kept.forms[at]?.forEach((was, index) => fill(form.elements[index], was)));
}

/** Forgets it. */
export function forget() {
  draft = null;
}

function formsOf(root) {
  return [...root.querySelectorAll('main form')];
}

function fill(input, was) {
  if (!input || !was.name || input.name !== was.name || was.type === 'password') return;
  const isChanged = was.type === 'checkbox' ? input.checked !== was.checked : input.value !== was.value;
  if (!isChanged) return;
  if (was.type === 'checkbox') input.checked = was.checked;
  else input.value = was.value;
  input.closest('details')?.setAttribute('open', '');
  input.dispatchEvent(new Event(input.matches('select') ? 'change' : 'input', { bubbles: true }));
}
