const key = 'sshfn.theme';
const dark = matchMedia('(prefers-color-scheme: dark)');

/** Takes up what was chosen on this machine; the system's own choice holds when nothing was. */
export function restore() {
  const chosen = localStorage.getItem(key);
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
}

/** Whether the page is dark now. */
export function isDark() {
  return (document.documentElement.dataset.theme ?? (dark.matches ? 'dark' : 'light')) === 'dark';
}

/** Changes it, and remembers. */
export function toggle() {
  const next = isDark() ? 'light' : 'dark';
  document.documentElement.dataset.theme = next;
  localStorage.setItem(key, next);
}
