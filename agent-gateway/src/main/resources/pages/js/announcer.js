// Tells screen readers what changed on the page. Two live regions: one waits its turn, one does not.
const polite = region('status', 'polite');
const urgent = region('alert', 'assertive');

function region(role, live) {
  const element = document.createElement('div');
  element.className = 'visually-hidden';
  element.setAttribute('role', role);
  element.setAttribute('aria-live', live);
  document.body.append(element);
  return element;
}

function say(element, text) {
  // The same words again are news too.
  element.textContent = '';
  requestAnimationFrame(() => {
    element.textContent = text;
  });
}

export const announce = text => say(polite, text);
export const announceNow = text => say(urgent, text);
