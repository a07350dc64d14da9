// The sign-in form of all pages.
import { html, nothing } from './lit.js';
import { icon } from './icons.js';
import { announceNow } from './announcer.js';
import * as session from './session.js';
import { span } from './words.js';

/// A form that keeps its own state; `changed` asks the page to draw again, `entered` hears of success.
export function signInForm({ purpose, changed, entered, told = null }) {
  const state = { busy: false, problem: null, told, retryAt: 0 };

  async function submit(event) {
    event.preventDefault();
    const form = event.target;
    const user = form.elements.user.value.trim();
    const password = form.elements.password.value;
    if (!user || !password) {
      fail({ title: 'User and password are both needed', detail: '', field: true }, form);
      return;
    }
    state.busy = true;
    changed();
    const problem = await session.signIn(user, password);
    state.busy = false;
    if (problem) fail(problem, form);
    else entered();
  }

  function fail(problem, form) {
    state.problem = problem;
    state.told = null;
    state.retryAt = problem.retryAfterMs ? Date.now() + problem.retryAfterMs : 0;
    announceNow(`${problem.title}. ${problem.detail}`);
    changed();
    form.elements.password.value = '';
    form.elements[form.elements.user.value ? 'password' : 'user'].focus();
  }

  return () => {
    const invalid = state.problem?.field ? 'true' : nothing;
    const waitMs = Math.max(0, state.retryAt - Date.now());
    return html`<main class="gate" id="main" tabindex="-1">
      <div class="card">
        <div class="brand-large">${icon('brand')}<div><h1>Sign in</h1><p class="quiet small">${purpose}</p></div></div>
        <form class="stack" @submit=${submit} novalidate>
          ${state.told ? html`<div class="notice">${icon('info')}<p>${state.told}</p></div>` : nothing}
          ${state.problem
            ? html`<div class="notice bad" id="sign-in-problem">
                ${icon('bad')}
                <div>
                  <p class="strong">${state.problem.title}</p>
                  <p>${state.problem.detail}</p>
                  ${waitMs > 0 ? html`<p>Try again in <span class="number">${span(waitMs)}</span>.</p>` : nothing}
                </div>
              </div>`
            : nothing}
          <div class="field">
            <label for="user">User</label>
            <input id="user" name="user" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="128"
              aria-invalid=${invalid} aria-describedby=${state.problem ? 'sign-in-problem' : nothing} />
          </div>
          <div class="field">
            <label for="password">Password</label>
            <input id="password" name="password" type="password" autocomplete="current-password" maxlength="1024"
              aria-invalid=${invalid} aria-describedby=${state.problem ? 'sign-in-problem' : nothing} />
          </div>
          <button class="button primary big" ?disabled=${state.busy}>${state.busy ? 'Signing in …' : 'Sign in'}</button>
        </form>
      </div>
    </main>`;
  };
}
