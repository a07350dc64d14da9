// Short notes about what did not work. They stay until dismissed: nobody has to be quick.
import { html, render, repeat } from './lit.js';
import { icon } from './icons.js';
import { announceNow } from './announcer.js';

const most = 4;
const host = document.createElement('div');
host.className = 'toasts';
document.body.append(host);
let notes = [];
let last = 0;

export function toast(text, hue = 'bad') {
  notes = [...notes.filter(note => note.text !== text), { id: ++last, text, hue }].slice(-most);
  announceNow(text);
  show();
}

export function clearToasts() {
  notes = [];
  show();
}

/// For `.catch`: tells why a command was refused.
export const tellRefusal = refusal => toast(refusal?.message ?? String(refusal));

function dismiss(id) {
  notes = notes.filter(note => note.id !== id);
  show();
}

function show() {
  render(
    repeat(
      notes,
      note => note.id,
      note => html`<div class="notice ${note.hue}">
        ${icon(note.hue === 'bad' ? 'bad' : 'info')}
        <p class="grow wrap-anywhere">${note.text}</p>
        <button type="button" class="button small" @click=${() => dismiss(note.id)}>Dismiss</button>
      </div>`,
    ),
    host,
  );
}
