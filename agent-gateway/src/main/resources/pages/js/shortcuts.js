// Single keys for what agents do all day. They can be switched off, and never count while one types (WCAG 2.1.4).
const key = 'helpline.shortcuts';

export function shortcutsOn() {
  try {
    return localStorage.getItem(key) !== 'off';
  } catch {
    return true;
  }
}

export function switchShortcuts(on) {
  localStorage.setItem(key, on ? 'on' : 'off');
}

/// @param actions `{key: {name, run}}`, asked at each press; `run` is absent while the action is not possible
export function listenForShortcuts(actions) {
  document.addEventListener('keydown', event => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (!shortcutsOn() || isTyping(event.target) || document.querySelector('dialog[open]')) return;
    const pressed = event.key.length === 1 && event.shiftKey && event.key !== '?' ? `Shift+${event.key.toUpperCase()}` : event.key.toLowerCase();
    const action = actions()[pressed];
    if (!action?.run) return;
    event.preventDefault();
    action.run();
  });
}

function isTyping(element) {
  if (!(element instanceof HTMLElement)) return false;
  const box = element.closest('input, select, textarea, [contenteditable], [role="listbox"]');
  return Boolean(box) && !(box instanceof HTMLInputElement && ['checkbox', 'radio', 'button'].includes(box.type));
}
