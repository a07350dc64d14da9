// A text field that finds entries of a list: the combobox of ARIA 1.2 with a list that is filtered while one types.
//
//   <helpline-combobox .items=${[{value, name, group}]} .value=${value} .inputId=${id} .invalid=${bool}
//     @choose=${event => event.detail}>
import { html, render, nothing, repeat, live } from './lit.js';
import { icon } from './icons.js';

const mostShown = 60;

class Combobox extends HTMLElement {
  #items = [];
  #value = '';
  #text = '';
  #open = false;
  #active = -1;
  inputId = '';
  describedBy = '';
  #invalid = false;

  set items(items) {
    this.#items = items ?? [];
    this.#textOfValue();
    this.#draw();
  }

  set value(value) {
    if (value === this.#value) return;
    this.#value = value ?? '';
    this.#textOfValue();
    this.#draw();
  }

  set invalid(invalid) {
    this.#invalid = invalid;
    this.#draw();
  }

  connectedCallback() {
    this.#draw();
  }

  #textOfValue() {
    const item = this.#items.find(other => other.value === this.#value);
    if (item) this.#text = item.name;
    else if (!this.#value && !this.#open && !this.contains(document.activeElement)) this.#text = '';
  }

  /// Entries with every typed word in them, at the start of a word before elsewhere.
  get #found() {
    const chosen = this.#items.find(item => item.value === this.#value);
    const words = chosen && chosen.name === this.#text ? [] : plain(this.#text).split(/\s+/).filter(Boolean);
    if (!words.length) return this.#items;
    return this.#items
      .map(item => ({ item, hay: plain(`${item.name} ${item.group ?? ''}`) }))
      .filter(({ hay }) => words.every(word => hay.includes(word)))
      .map(({ item, hay }) => ({ item, rank: words.filter(word => ` ${hay}`.includes(` ${word}`)).length }))
      .sort((a, b) => b.rank - a.rank)
      .map(({ item }) => item);
  }

  #choose(item) {
    this.#value = item.value;
    this.#text = item.name;
    this.#close();
    this.dispatchEvent(new CustomEvent('choose', { detail: item.value }));
  }

  #typed(event) {
    this.#text = event.target.value;
    this.#open = true;
    this.#active = this.#text.trim() && this.#found.length ? 0 : -1;
    if (this.#value) {
      this.#value = '';
      this.dispatchEvent(new CustomEvent('choose', { detail: '' }));
    }
    this.#draw();
  }

  #key(event) {
    const shown = Math.min(this.#found.length, mostShown);
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        const step = event.key === 'ArrowDown' ? 1 : -1;
        if (!this.#open) {
          this.#open = true;
          this.#active = step > 0 ? 0 : shown - 1;
        } else if (shown && !event.altKey) {
          this.#active = (this.#active + step + shown) % shown;
        }
        break;
      }
      case 'PageDown':
        if (this.#open) this.#active = Math.min(shown - 1, this.#active + 8);
        break;
      case 'PageUp':
        if (this.#open) this.#active = Math.max(0, this.#active - 8);
        break;
      case 'Enter':
        if (!this.#open) return;
        if (this.#active >= 0) this.#choose(this.#found[this.#active]);
        break;
      case 'Escape':
        if (this.#open) {
          this.#close();
        } else if (this.#text) {
          this.#text = '';
          this.#value = '';
          this.dispatchEvent(new CustomEvent('choose', { detail: '' }));
          this.#draw();
        } else return;
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
    this.#draw();
    this.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }

  #left(event) {
    if (this.contains(event.relatedTarget)) return;
    // Typed in full is chosen.
    const exact = this.#items.find(item => plain(item.name) === plain(this.#text));
    if (exact && exact.value !== this.#value) this.#choose(exact);
    else this.#close();
  }

  #close() {
    this.#open = false;
    this.#active = -1;
    this.#draw();
  }

  #draw() {
    if (!this.isConnected || !this.inputId) return;
    const listId = `${this.inputId}-list`;
    const found = this.#found;
    const shown = found.slice(0, mostShown);
    const open = this.#open;
    render(
      html`<div class="combobox">
        <input
          id=${this.inputId}
          role="combobox"
          type="text"
          autocomplete="off"
          spellcheck="false"
          maxlength="100"
          placeholder="Type to search"
          aria-autocomplete="list"
          aria-expanded=${open ? 'true' : 'false'}
          aria-controls=${listId}
          aria-activedescendant=${open && this.#active >= 0 ? `${listId}-${this.#active}` : nothing}
          aria-invalid=${this.#invalid ? 'true' : nothing}
          aria-describedby=${this.describedBy || nothing}
          .value=${live(this.#text)}
          @input=${event => this.#typed(event)}
          @keydown=${event => this.#key(event)}
          @click=${() => {
            this.#open = true;
            this.#draw();
          }}
          @focusout=${event => this.#left(event)}
        />
        <span class="combobox-mark">${icon('down')}</span>
        <ul id=${listId} role="listbox" aria-label="Entries found" ?hidden=${!open || !shown.length}>
          ${repeat(
            shown,
            item => item.value,
            (item, index) => html`<li
              id="${listId}-${index}"
              role="option"
              aria-selected=${index === this.#active ? 'true' : 'false'}
              @mousedown=${event => event.preventDefault()}
              @click=${() => this.#choose(item)}
            ><span>${item.name}</span>${item.group ? html`<small class="quiet">${item.group}</small>` : nothing}</li>`,
          )}
        </ul>
        <p class="combobox-none" ?hidden=${!open || shown.length > 0}>No entry has “${this.#text}” in it.</p>
        <span class="visually-hidden" role="status">${open ? told(found.length) : ''}</span>
      </div>`,
      this,
    );
  }
}

function told(found) {
  if (!found) return 'nothing found';
  const much = found > mostShown ? `, the first ${mostShown} are shown` : '';
  return `${found === 1 ? '1 entry' : `${found} entries`} found${much}`;
}

function plain(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

customElements.define('helpline-combobox', Combobox);
