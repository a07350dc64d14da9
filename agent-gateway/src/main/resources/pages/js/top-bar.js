// The bar at the top of every page, and the line under it when the connection is lost.
import { html, nothing } from './lit.js';
import { icon } from './icons.js';
import { nextTheme, theme } from './theme.js';
import { announce } from './announcer.js';
import { clock } from './words.js';

const pages = [
  { path: '/', name: 'Desk' },
  { path: '/wallboard', name: 'Wallboard' },
  { path: '/supervisor', name: 'Supervisor' },
];
const themeNames = { system: 'as the system', light: 'light', dark: 'dark' };

export function topBar({ end = nothing, changed = () => {} } = {}) {
  return html`<header class="top">
    <a class="brand" href="/" aria-label="Helpline">${icon('brand')}<span>Helpline</span></a>
    <nav aria-label="Pages">
      <ul>
        ${pages.map(
          page => html`<li>
            <a href=${page.path} aria-current=${page.path === location.pathname ? 'page' : nothing}>${page.name}</a>
          </li>`,
        )}
      </ul>
    </nav>
    <div class="end">
      ${end}
      <button
        type="button"
        class="button ghost square"
        title="Colours: ${themeNames[theme]}"
        aria-label="Colours: ${themeNames[theme]}. Change"
        @click=${() => {
          announce(`Colours: ${themeNames[nextTheme()]}`);
          changed();
        }}
      >${icon('theme')}</button>
    </div>
  </header>`;
}

/// @param meanwhile what goes on without the connection
export function connectionBanner(line, meanwhile = 'What you type is kept.') {
  if (!line || line.state === 'open' || line.state === 'over') return nothing;
  if (line.state === 'connecting') return html`<section class="banner talk" aria-label="Connection">${icon('online')}<span>Connecting …</span></section>`;
  const seconds = Math.max(0, Math.ceil((line.retryAt - Date.now()) / 1000));
  return html`<section class="banner" aria-label="Connection">
    ${icon('offline')}
    <span>Connection lost <span class="number">${clock(Date.now() - line.lostAt)}</span> ago.
      ${seconds > 0 ? html`Next try in <span class="number">${seconds} s</span>.` : 'Trying now …'}
      ${meanwhile}</span>
    <button type="button" class="button small" @click=${() => line.retryNow()}>Try now</button>
  </section>`;
}
