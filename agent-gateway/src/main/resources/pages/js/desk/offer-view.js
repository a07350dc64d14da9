// An offer: who waits, for how long, for what; take it or leave it, with the time left told.
import { html, nothing } from '../lit.js';
import { icon } from '../icons.js';
import { clock, language, modalities, named } from '../words.js';
import { waitedMs } from './model.js';
import { contactFacts } from './parts.js';

const around = 2 * Math.PI * 26;

export function offerCard({ desk, ui, act, now }, offer) {
  const contact = desk.contacts.get(offer.contactId);
  if (!contact) return nothing;
  const left = Math.max(0, offer.endsAt - now);
  const share = offer.lastsMs > 0 ? Math.min(1, left / offer.lastsMs) : 0;
  const answering = ui.answering.has(offer.offerId);
  return html`<section class="card offer" aria-labelledby="offer-title" id="offer">
    <div class="body stack loose">
      <div class="offer-head">
        <div class="grow">
          <p class="badge wait">${icon('bell')} ${contact.consultOf ? 'A colleague asks for you' : 'A contact is offered to you'}</p>
          <h2 id="offer-title" tabindex="-1" class="offer-title">
            ${language(contact.language)}${contact.need ? html` · ${named('queue', contact.need)}` : html` · ${named('queue', contact.queue)}`}
          </h2>
        </div>
        <div class="countdown">
          <svg viewBox="0 0 60 60" width="72" height="72" aria-hidden="true">
            <circle class="track" cx="30" cy="30" r="26" />
            <circle class="left" cx="30" cy="30" r="26" stroke-dasharray=${around} stroke-dashoffset=${around * (1 - share)} />
          </svg>
          <span class="countdown-number number"><span class="visually-hidden">Time left to answer: </span>${Math.ceil(left / 1000)}<span class="visually-hidden"> seconds</span></span>
        </div>
      </div>
      ${contactFacts(contact, clock(waitedMs(contact, now)))}
      ${contact.modality === 'voice' ? nothing : html`<p class="strong">This contact is by ${modalities[contact.modality]}.</p>`}
      <div class="row">
        <button type="button" class="button good big grow" id="accept" ?disabled=${answering} @click=${() => act.accept(offer)}>
          ${icon('phone')} Accept ${ui.keys ? html`<span class="key" aria-hidden="true">A</span>` : nothing}
        </button>
        <button type="button" class="button big" id="reject" ?disabled=${answering} @click=${() => act.reject(offer)}>
          ${icon('close')} Reject ${ui.keys ? html`<span class="key" aria-hidden="true">X</span>` : nothing}
        </button>
      </div>
      <p class="small quiet">Unanswered, it goes to a colleague when the time is up; rejected, it goes at once. You are not ready after both.</p>
    </div>
  </section>`;
}
