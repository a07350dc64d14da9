// Modal dialogs: the browser keeps the focus inside, Escape closes, the focus goes back to where it was.
import { html, render } from './lit.js';
import { icon } from './icons.js';

let last = 0;

/// Shows a dialog until it is closed; `content(close, update)` gives `{title, body, footer?}` and is asked again
/// at each update.
export function openDialog(content, { wide = false, onClose } = {}) {
  const dialog = document.createElement('dialog');
  const titleId = `dialog-${++last}`;
  const opener = document.activeElement;
  dialog.className = wide ? 'wide' : '';
  dialog.setAttribute('aria-labelledby', titleId);
  document.body.append(dialog);
  const close = () => dialog.close();
  const update = () => {
    const { title, body, footer } = content(close, update);
    render(
      html`<header>
          <h2 id=${titleId}>${title}</h2>
          <button type="button" class="button ghost square" @click=${close} aria-label="Close">${icon('close')}</button>
        </header>
        <div class="body">${body}</div>
        ${footer ? html`<footer>${footer}</footer>` : ''}`,
      dialog,
    );
  };
  dialog.addEventListener('close', () => {
    dialog.remove();
    onClose?.();
    if (opener?.isConnected) opener.focus();
  });
  update();
  dialog.showModal();
  return { close, update, element: dialog };
}

/// True when the person agreed.
export function confirmed({ title, text, yes, no = 'Cancel', bad = false }) {
  return new Promise(resolve => {
    let answer = false;
    openDialog(
      close => ({
        title,
        body: html`<p>${text}</p>`,
        footer: html`<button type="button" class="button" @click=${close}>${no}</button>
          <button
            type="button"
            class="button ${bad ? 'bad' : 'primary'}"
            @click=${() => {
              answer = true;
              close();
            }}
          >${yes}</button>`,
      }),
      { onClose: () => resolve(answer) },
    );
  });
}
