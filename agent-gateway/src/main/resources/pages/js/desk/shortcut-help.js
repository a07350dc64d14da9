// The list of keyboard shortcuts, and the switch for them.
import { html } from '../lit.js';
import { openDialog } from '../dialog.js';
import { shortcutsOn, switchShortcuts } from '../shortcuts.js';

export function openShortcuts(keys, switched) {
  const dialog = openDialog(close => ({
    title: 'Keyboard shortcuts',
    body: html`<div class="stack">
      <p>Everything works with Tab, arrows, Enter and Space. These keys are quicker; they do nothing while you type in a field.</p>
      <label class="choice"><input type="checkbox" id="shortcuts-on" .checked=${shortcutsOn()}
        @change=${event => {
          switchShortcuts(event.target.checked);
          switched(event.target.checked);
          dialog.update();
        }} />Use single keys</label>
      <dl class="keys-list">
        ${Object.entries(keys).map(([key, { name }]) => html`<div><dt><kbd>${key.length === 1 ? key.toUpperCase() : key}</kbd></dt><dd>${name}</dd></div>`)}
      </dl>
    </div>`,
    footer: html`<button type="button" class="button primary" @click=${close}>Close</button>`,
  }));
}
