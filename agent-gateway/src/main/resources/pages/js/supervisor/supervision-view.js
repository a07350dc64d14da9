// Listening in: who hears whom, said and drawn, for as long as it lasts.
import { html } from '../lit.js';
import { icon } from '../icons.js';
import { language, named } from '../words.js';
import { phoneNumber } from '../desk/parts.js';

export const modes = {
  monitor: { word: 'Monitor', icon: 'ear', hue: 'talk', says: 'You hear both. Nobody hears you.' },
  whisper: { word: 'Whisper', icon: 'whisper', hue: 'wait', says: 'You hear both. The agent hears you; the caller does not.' },
  barge: { word: 'Barge in', icon: 'barge', hue: 'bad', says: 'You hear both. The agent AND the caller hear you.' },
};

export function supervisionBar({ floor, act, ui, phone }) {
  const { supervision } = floor;
  if (!supervision) return '';
  const mode = modes[supervision.mode] ?? modes.monitor;
  const contact = floor.contacts.get(supervision.contactId);
  const agent = floor.agents.get(supervision.agentId ?? contact?.agentId);
  const connecting = supervision.state === 'ringing';
  return html`<section class="supervision ${mode.hue}" id="supervision" aria-labelledby="supervision-title">
    <div class="supervision-who">
      <h2 id="supervision-title" tabindex="-1">${icon(mode.icon)} ${mode.word}: ${agent?.name ?? 'agent'}${contact ? html`, ${language(contact.language)} · ${named('queue', contact.queue)}` : ''}</h2>
      <p class="strong" id="who-hears">${connecting ? (phone.state === 'registered' ? 'Your browser phone is being connected.' : 'Your phone rings.') : mode.says}</p>
    </div>
    ${hearing(supervision.mode)}
    <div class="row">
      ${Object.entries(modes).map(
        ([word, look]) => html`<button type="button" class="button" id="mode-${word}" aria-pressed=${word === supervision.mode ? 'true' : 'false'} ?disabled=${ui.busy}
          @click=${() => act.supervise(word, supervision.contactId)}>${icon(look.icon)} ${look.word}</button>`,
      )}
      <button type="button" class="button bad" id="end-supervision" ?disabled=${ui.busy} @click=${act.endSupervision}>${icon('hangup')} End</button>
    </div>
  </section>`;
}

/// Three rows: from whom to whom a voice goes, as words in a table.
function hearing(mode) {
  const yes = html`<span class="hears">${icon('speaker')} hears</span>`;
  const no = html`<span class="quiet hears">${icon('close')} does not hear</span>`;
  return html`<table class="hearing">
    <caption class="visually-hidden">Who hears your voice</caption>
    <tbody>
      <tr><th scope="row">Agent</th><td>${mode === 'monitor' ? no : yes} you</td></tr>
      <tr><th scope="row">Caller</th><td>${mode === 'barge' ? yes : no} you</td></tr>
      <tr><th scope="row">You</th><td>${yes} both</td></tr>
    </tbody>
  </table>`;
}

export function listenButtons(contact, { floor, act, ui }) {
  const name = floor.agents.get(contact.agentId)?.name ?? contact.agentId;
  const here = floor.supervision?.contactId === contact.contactId;
  return Object.entries(modes).map(
    ([word, look]) => html`<button type="button" class="button small" aria-pressed=${here && floor.supervision.mode === word ? 'true' : 'false'} ?disabled=${ui.busy}
      aria-label="${look.word}: ${name} with ${phoneNumber(contact.caller?.number)}" @click=${() => act.supervise(word, contact.contactId)}>${icon(look.icon)} ${look.word}</button>`,
  );
}
