// Runs before the page is drawn, so that it is never shown in the wrong colours first. See theme.js.
(() => {
  try {
    const theme = localStorage.getItem('helpline.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch {
    // Nothing is kept: as the system has it.
  }
})();
