// Light, dark or as the system has it. Loaded first in the head, so that no page flashes in the wrong one.
const key = 'helpline.theme';
const choices = ['system', 'light', 'dark'];

function kept() {
  try {
    const choice = localStorage.getItem(key);
    return choices.includes(choice) ? choice : 'system';
  } catch {
    return 'system';
  }
}

export let theme = kept();
apply();

export function nextTheme() {
  theme = choices[(choices.indexOf(theme) + 1) % choices.length];
  try {
    localStorage.setItem(key, theme);
  } catch {
    // A browser that keeps nothing still shows it.
  }
  apply();
  return theme;
}

function apply() {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  dispatchEvent(new Event('helpline-theme'));
}
