// The contact in hand while it is connecting, talked with or held.
import { html, nothing } from '../lit.js';
import { icon } from '../icons.js';
import { clock, contactStates, named } from '../words.js';
import { transferWords } from './attention.js';
import { waitedMs } from './model.js';
import { badge, contactFacts, languageLine, phoneNumber } from './parts.js';
import { consultPanel, transferPanel } from './transfer-view.js';

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

export function callCard(ctx) {
  const { contact, now } = ctx;
  return html`<section class="card call ${contact.state}" aria-labelledby="call-title" id="call">
    <header>
      <div class="stack tight">
        <div class="row">${badge(contactStates, contact.state)}${contact.consultOf ? html`<span class="badge">${icon('people')}Consult by a colleague</span>` : nothing}</div>
        <h2 id="call-title" tabindex="-1" class="call-title">${languageLine(contact)} · ${contact.need ? named('queue', contact.need) : named('queue', contact.queue)}</h2>
        <p class="number quiet">${phoneNumber(contact.caller?.number)}</p>
      </div>
      <p class="call-timer timer"><span class="visually-hidden">In this state for </span>${clock(now - contact.sinceAt)}</p>
    </header>
    <div class="body stack loose">
      ${stateNote(ctx)}
      ${controls(ctx)}
      ${ctx.ui.keypad ? keypad(ctx) : nothing}
      ${contact.consult ? consultPanel(ctx) : ctx.ui.transfer ? transferPanel(ctx) : nothing}
      ${contactFacts(contact, clock(waitedMs(contact, now)))}
    </div>
  </section>`;
}

function stateNote({ contact, phone }) {
  if (contact.transfer && !contact.consult && ['talking', 'held'].includes(contact.state)) {
    return html`<p class="notice">${icon('info')}<span>${transferWords(contact.transfer)}${contact.state === 'held' ? ' The caller hears music and cannot hear you.' : ''}</span></p>`;
  }
  if (contact.state === 'connecting') {
    return html`<p class="notice wait">${icon('phone')}<span>${phone.state === 'registered' ? 'Your browser phone is being connected.' : 'Your phone rings. Answer it to talk.'}</span></p>`;
  }
  if (contact.consultOf) {
    return html`<p class="notice talk">${icon('people')}<span>You talk with a colleague. The caller waits and hears music; when your colleague completes the transfer, the caller is with you.</span></p>`;
  }
  if (contact.state === 'held' && !contact.consult) {
    return html`<p class="notice">${icon('hold')}<span>The caller hears music and cannot hear you.</span></p>`;
  }
  return nothing;
}

function key(ui, letter) {
  return ui.keys ? html`<span class="key" aria-hidden="true">${letter}</span>` : nothing;
}

function controls({ contact, ui, act, phone }) {
  const held = contact.state === 'held';
  const up = contact.state === 'talking' || held;
  const ours = phone.call !== null;
  return html`<div class="controls" role="group" aria-label="Call">
    <button type="button" class="button big" id="hold" aria-pressed=${held ? 'true' : 'false'} ?disabled=${!up || ui.busy || Boolean(contact.consult) || Boolean(contact.consultOf)}
      @click=${held ? act.unhold : act.hold}>${icon(held ? 'play' : 'hold')} ${held ? 'Resume' : 'Hold'} ${key(ui, 'H')}</button>
    <button type="button" class="button big" id="mute" aria-pressed=${phone.call?.muted ? 'true' : 'false'} ?disabled=${!up || !ours} @click=${act.mute}
      title=${ours ? nothing : 'Mute on your desk phone'}>${icon(phone.call?.muted ? 'micOff' : 'mic')} ${phone.call?.muted ? 'Unmute' : 'Mute'} ${key(ui, 'M')}</button>
    <button type="button" class="button big" id="keypad-button" aria-expanded=${ui.keypad ? 'true' : 'false'} ?disabled=${!up || !ours} @click=${act.keypad}
      title=${ours ? nothing : 'Use the keys of your desk phone'}>${icon('keypad')} Keypad ${key(ui, 'K')}</button>
    <button type="button" class="button big" id="transfer" aria-expanded=${ui.transfer ? 'true' : 'false'} ?disabled=${!up || Boolean(contact.consult) || Boolean(contact.consultOf)}
      @click=${act.transferPanel}>${icon('transfer')} Transfer ${key(ui, 'T')}</button>
    <button type="button" class="button big bad" id="hang-up" ?disabled=${ui.busy} @click=${act.hangUp}>${icon('hangup')} Hang up ${key(ui, '⇧E')}</button>
  </div>`;
}

function keypad({ ui, act }) {
  return html`<div class="keypad" role="group" aria-label="Keypad">
    <p class="number mono keypad-sent" aria-live="polite">${ui.sentDigits || 'Digits you press appear here'}</p>
    <div class="keys">
      ${digits.map(digit => html`<button type="button" class="button big number" @click=${() => act.digit(digit)}>${digit}</button>`)}
    </div>
  </div>`;
}
