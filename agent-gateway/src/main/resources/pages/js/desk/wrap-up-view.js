// After the call: what it was about. What is typed is kept in this tab until the wrap-up is completed.
import { html, nothing, repeat } from '../lit.js';
import { icon } from '../icons.js';
import { clock, contactStates, named } from '../words.js';
import { badge, languageLine, phoneNumber } from './parts.js';
import '../combobox.js';

export const mostInquiries = 5;
const longestNotes = 2000;
const longestText = 100;

export function wrapUpCard(ctx) {
  const { contact, ui, act, now, desk } = ctx;
  const left = contact.endsAt === undefined ? null : Math.max(0, contact.endsAt - now);
  return html`<section class="card call wrap-up" aria-labelledby="wrap-up-title" id="wrap-up">
    <header>
      <div class="stack tight">
        <div class="row">${badge(contactStates, 'wrap-up')}<span class="quiet number">${phoneNumber(contact.caller?.number)}</span></div>
        <h2 id="wrap-up-title" tabindex="-1" class="call-title">What was it about? ${languageLine(contact)} · ${named('queue', contact.need ?? contact.queue)}</h2>
      </div>
      <p class="call-timer timer ${left !== null && left < 30_000 ? 'short' : ''}">
        ${left === null
          ? html`<span class="visually-hidden">In wrap-up for </span>${clock(now - (desk.state?.state === 'wrap-up' ? desk.state.sinceAt : contact.sinceAt))}`
          : html`<span class="small quiet">Time left </span>${clock(left)}`}
      </p>
    </header>
    <form class="body stack loose" @submit=${act.completeWrapUp} novalidate>
      ${contact.goesOn ? html`<p class="notice talk">${icon('people')}<span>The caller goes on with a colleague. Say what your part was about.</span></p>` : nothing}
      ${ui.wrapUpErrors.length ? errorSummary(ui.wrapUpErrors) : nothing}
      ${ctx.lists === null ? html`<p class="notice wait">${icon('warn')}<span>The list of inquiries could not be loaded. <button type="button" class="button small" @click=${act.loadLists}>Load again</button></span></p>` : nothing}
      ${repeat(ui.draft, row => row.key, (row, index) => inquiryRow(ctx, row, index))}
      <div class="row spread">
        ${ui.draft.length < mostInquiries
          ? html`<button type="button" class="button" id="add-inquiry" @click=${act.addInquiry}>${icon('plus')} Another inquiry</button>`
          : html`<p class="small quiet">${mostInquiries} inquiries are the most for one contact.</p>`}
        <button class="button primary big" id="complete" ?disabled=${ui.busy}>${icon('ready')} Complete wrap-up</button>
      </div>
      <p class="small quiet">Without an inquiry the contact is reported as undetermined when the time is up. What you type here is kept if the page is reloaded or the connection drops.</p>
    </form>
  </section>`;
}

function errorSummary(errors) {
  return html`<div class="notice bad" id="wrap-up-errors" tabindex="-1" role="group" aria-label="What is missing">
    ${icon('bad')}
    <ul>${errors.map(({ text, field }) => html`<li>${field ? html`<a href="#${field}" @click=${event => focusField(event, field)}>${text}</a>` : text}</li>`)}</ul>
  </div>`;
}

function focusField(event, id) {
  event.preventDefault();
  document.getElementById(id)?.focus();
}

function inquiryRow({ ui, act, lists }, row, index) {
  const id = name => `inquiry-${row.key}-${name}`;
  const missing = ui.wrapUpErrors.some(error => error.field === id('what'));
  const set = change => act.inquiryField(row.key, change);
  return html`<fieldset class="inquiry stack">
    <legend class="row spread">
      <span class="strong">Inquiry ${index + 1}</span>
    </legend>
    <div class="inquiry-grid">
      <div class="field what">
        <label for=${id('what')}>Topic</label>
        ${lists?.inquiries.length
          ? html`<helpline-combobox .inputId=${id('what')} .items=${lists.inquiries} .value=${row.inquiry} .invalid=${missing}
              .describedBy=${missing ? id('what-error') : ''} @choose=${event => set({ inquiry: event.detail })}></helpline-combobox>`
          : html`<input id=${id('what')} type="text" autocomplete="off" maxlength=${longestText} .value=${row.inquiry} aria-invalid=${missing ? 'true' : nothing}
              aria-describedby=${missing ? id('what-error') : nothing} @input=${event => set({ inquiry: event.target.value })} />`}
        ${missing ? html`<p class="error" id=${id('what-error')}>${icon('bad')}<span>${lists?.inquiries.length ? 'Choose an entry of the list.' : 'Say what it was about.'}</span></p>` : nothing}
      </div>
      <fieldset class="field">
        <legend class="label">Outcome</legend>
        <div class="row">
          ${[['resolved', 'Resolved'], ['escalated', 'Escalated']].map(
            ([value, word]) => html`<label class="choice"><input type="radio" name=${id('outcome')} value=${value} .checked=${row.outcome === value}
              @change=${() => set({ outcome: value })} />${word}</label>`,
          )}
        </div>
      </fieldset>
      ${row.outcome === 'escalated' ? place(id('escalated'), 'Escalated to', lists?.escalations, row.escalatedTo, value => set({ escalatedTo: value })) : nothing}
      ${place(id('referred'), 'Referred to (optional)', lists?.referrals, row.referredTo, value => set({ referredTo: value }))}
      <div class="field what">
        <label for=${id('notes')}>Notes (optional)</label>
        <textarea id=${id('notes')} maxlength=${longestNotes} .value=${row.notes} aria-describedby=${id('count')}
          @input=${event => set({ notes: event.target.value })}></textarea>
        <span class="hint number" id=${id('count')}>${row.notes.length} of ${longestNotes} characters. No case details: they belong in the case system.</span>
      </div>
    </div>
    ${ui.draft.length > 1
      ? html`<div><button type="button" class="button small" @click=${() => act.removeInquiry(row.key)}>${icon('close')} Remove inquiry ${index + 1}</button></div>`
      : nothing}
  </fieldset>`;
}

/// One of a list, or any words where there is no list.
function place(id, label, items, value, changed) {
  return html`<div class="field">
    <label for=${id}>${label}</label>
    ${items?.length
      ? html`<helpline-combobox .inputId=${id} .items=${items} .value=${value} @choose=${event => changed(event.detail)}></helpline-combobox>`
      : html`<input id=${id} type="text" autocomplete="off" maxlength=${longestText} .value=${value} @input=${event => changed(event.target.value)} />`}
  </div>`;
}
