// The rail at the left: the agent's state, the phone, the day so far.
import { html, nothing, repeat } from '../lit.js';
import { icon } from '../icons.js';
import { agentStates, stateOf, clock, language, named, reason, time, count } from '../words.js';
import { phoneStates } from './phone-line.js';
import { phoneNumber } from './parts.js';

export function stateRail(ctx) {
  return html`<aside class="rail stack" aria-label="You">${stateCard(ctx)}${phoneCard(ctx)}${historyCard(ctx)}</aside>`;
}

function stateCard({ desk, ui, act, now, directory }) {
  const state = desk.state?.state ?? 'signed-out';
  const look = stateOf(agentStates, state);
  const busy = state === 'reserved' || state === 'on-contact' || state === 'wrap-up';
  return html`<section class="card state-card ${look.hue}" aria-labelledby="state-title">
    <div class="body stack">
      <div class="row spread">
        <h2 id="state-title" class="small quiet">Your state</h2>
        <span class="timer quiet" aria-hidden="true">${desk.state ? clock(now - desk.state.sinceAt) : ''}</span>
      </div>
      <p class="state-word"><span class="state-mark">${icon(look.icon)}</span><span id="state-word">${look.word}</span></p>
      ${desk.state?.reason ? html`<p class="quiet" id="state-reason">Because ${reason(desk.state.reason)}</p>` : nothing}
      ${busy ? afterwards(ui) : nothing}
      <div class="stack tight-gap">
        ${state !== 'ready'
          ? html`<button type="button" class="button ${busy ? '' : 'good big'}" id="go-ready" @click=${act.ready}>
              ${icon('ready')} ${busy ? 'Ready afterwards' : 'Go ready'} ${ui.keys ? html`<span class="key" aria-hidden="true">R</span>` : nothing}
            </button>`
          : nothing}
        ${notReadyForm(busy, state, ui, act, directory)}
      </div>
    </div>
  </section>`;
}

function afterwards(ui) {
  if (!ui.wish) return html`<p class="small quiet">You can already say what comes after this contact.</p>`;
  return html`<p class="small strong" id="wish">${icon('clock')} After this contact: ${ui.wish}</p>`;
}

function notReadyForm(busy, state, ui, act, directory) {
  return html`<form class="not-ready" @submit=${act.notReady}>
    <div class="field">
      <label for="reason" class="small">Reason for not ready</label>
      <select id="reason" name="reason">
        ${directory.reasons.map(word => html`<option value=${word}>${word.charAt(0).toUpperCase() + word.slice(1)}</option>`)}
      </select>
    </div>
    <button class="button" id="go-not-ready">${icon('pause')} ${busy ? 'Not ready afterwards' : state === 'not-ready' ? 'Change reason' : 'Go not ready'}</button>
  </form>`;
}

function phoneCard({ desk, phone, act }) {
  const look = stateOf(phoneStates, phone.state);
  return html`<section class="card" aria-labelledby="phone-title">
    <div class="body stack">
      <h2 id="phone-title" class="small quiet">Your phone</h2>
      <p><span class="badge ${look.hue}" id="phone-state">${icon(look.icon)}${look.word}</span></p>
      ${phone.state === 'failed' && phone.why ? html`<p class="small">${phone.why}</p>` : nothing}
      ${desk.device?.reachable === false
        ? html`<p class="notice bad small" id="unreachable">${icon('bad')}<span>The switch cannot reach your phone: ${desk.device.why ?? 'no reason given'}. You cannot go ready until it can.</span></p>`
        : nothing}
      ${phone.state === 'none' ? html`<p class="small quiet">Contacts ring on your desk phone.</p>` : nothing}
      ${phone.state === 'elsewhere'
        ? html`<p class="small">${phone.elsewhere === 'talking' ? 'A call is going on there; the phone stays until it ends.' : 'Sound and microphone work there.'}</p>
            <button type="button" class="button" ?disabled=${phone.elsewhere === 'talking'} @click=${act.takePhone}>Use the phone in this tab</button>`
        : nothing}
      <button type="button" class="button" id="check-devices" @click=${act.checkDevices}>${icon('mic')} Check devices</button>
    </div>
  </section>`;
}

const outcomes = {
  handled: 'Handled',
  ended: 'Ended before talking',
  rejected: 'Rejected',
  'timed-out': 'Not answered in time',
  rescinded: 'Taken back',
};

function historyCard({ desk }) {
  return html`<section class="card history" aria-labelledby="history-title">
    <div class="body stack">
      <div class="row spread">
        <h2 id="history-title" class="small quiet">Today on this desk</h2>
        <span class="small quiet number">${count(desk.history.length, 'contact', 'contacts')}</span>
      </div>
      ${desk.history.length
        ? html`<ul class="stack">
            ${repeat(
              desk.history.slice(0, 20),
              entry => `${entry.contactId} ${entry.at}`,
              entry => html`<li>
                <div class="row spread"><span class="strong">${language(entry.language)} · ${named('queue', entry.queue)}</span>
                  <time class="small quiet">${time(entry.wall)}</time></div>
                <div class="small quiet">${phoneNumber(entry.number)} · ${outcomes[entry.outcome] ?? entry.outcome}${entry.talkedMs === null ? '' : `, ${clock(entry.talkedMs)}`}</div>
              </li>`,
            )}
          </ul>`
        : html`<p class="small quiet">Nothing yet. This list is kept in this tab only and is gone when you sign out.</p>`}
    </div>
  </section>`;
}
