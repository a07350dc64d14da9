// Handing a contact on: to whom, with or without talking to them first, and what comes of it.
import { html, nothing } from '../lit.js';
import { icon } from '../icons.js';
import { agentStates, clock, contactStates, language, named, stateOf } from '../words.js';
import { badge } from './parts.js';

export function transferPanel({ ui, act, directory, contact, desk }) {
  const form = ui.transfer;
  const mayWarm = form.to !== 'number';
  return html`<form class="panel stack" id="transfer-panel" aria-labelledby="transfer-title" @submit=${act.transfer} novalidate>
    <h3 id="transfer-title" tabindex="-1">Transfer to</h3>
    <fieldset class="segments">
      <legend class="visually-hidden">Kind of target</legend>
      ${[['queue', 'Queue', 'queue'], ['agent', 'Colleague', 'person'], ['number', 'Number', 'phone']].map(
        ([value, word, mark]) => html`<label class="segment">
          <input type="radio" name="to" value=${value} .checked=${form.to === value} @change=${() => act.transferField({ to: value })} />
          ${icon(mark)} ${word}
        </label>`,
      )}
    </fieldset>
    ${form.to === 'queue' ? queueField(form, act, directory, contact) : form.to === 'agent' ? agentField(form, act, directory, contact, desk) : numberField(form, act, directory)}
    ${mayWarm
      ? html`<fieldset class="row">
          <legend class="visually-hidden">How</legend>
          <label class="choice"><input type="radio" name="mode" value="warm" .checked=${form.mode === 'warm'} @change=${() => act.transferField({ mode: 'warm' })} />
            Talk to them first (warm)</label>
          <label class="choice"><input type="radio" name="mode" value="cold" .checked=${form.mode === 'cold'} @change=${() => act.transferField({ mode: 'cold' })} />
            At once (cold)</label>
        </fieldset>`
      : html`<p class="small quiet">A call to a number outside goes at once and ends our part of the contact.</p>`}
    ${form.error ? html`<p class="error-line" id="transfer-error">${icon('bad')}<span>${form.error}</span></p>` : nothing}
    <div class="row">
      <button class="button primary" id="transfer-start" ?disabled=${ui.busy}>${icon('transfer')} ${mayWarm && form.mode === 'warm' ? 'Call them' : 'Transfer now'}</button>
      <button type="button" class="button" @click=${act.transferPanel}>Cancel</button>
    </div>
  </form>`;
}

function queueField(form, act, directory, contact) {
  return html`<div class="field">
    <label for="target-queue">Queue</label>
    <select id="target-queue" .value=${form.queue} aria-describedby=${form.error ? 'transfer-error' : nothing} @change=${event => act.transferField({ queue: event.target.value })}>
      <option value="">Choose a queue</option>
      ${directory.queues.map(
        ({ queue, open }) => html`<option value=${queue} ?selected=${form.queue === queue} ?disabled=${open === false}>
          ${named('queue', queue)}${open === false ? ' (closed)' : queue === contact.queue ? ' (where it came from)' : ''}
        </option>`,
      )}
    </select>
    <span class="hint">The caller keeps ${language(contact.language)} and their place by the time waited.</span>
  </div>`;
}

function agentField(form, act, directory, contact, desk) {
  const others = directory.agents.filter(agent => agent.agentId !== desk.agent?.agentId);
  return html`<div class="field">
    <label for="target-agent">Colleague</label>
    <select id="target-agent" .value=${form.agent} aria-describedby=${form.error ? 'transfer-error' : nothing} @change=${event => act.transferField({ agent: event.target.value })}>
      <option value="">Choose a colleague</option>
      ${others.map(
        agent => html`<option value=${agent.agentId} ?selected=${form.agent === agent.agentId}>
          ${agent.name ?? agent.agentId}${agent.state ? `: ${stateOf(agentStates, agent.state).word.toLowerCase()}` : ''}${speaks(agent, contact) ? '' : `, does not speak ${language(contact.language)}`}
        </option>`,
      )}
    </select>
    <span class="hint">Only colleagues who are ready and speak ${language(contact.language)} can take it.</span>
  </div>`;
}

const speaks = (agent, contact) => !agent.languages || agent.languages.includes(contact.language);

function numberField(form, act, directory) {
  return html`${directory.places.length
      ? html`<div class="field"><label for="target-place">Known place</label>
          <select id="target-place" @change=${event => act.transferField({ number: event.target.value })}>
            <option value="">Another number</option>
            ${directory.places.map(({ name, number }) => html`<option value=${number} ?selected=${form.number === number}>${name}</option>`)}
          </select></div>`
      : nothing}
    <div class="field">
    <label for="target-number">Number</label>
    <input id="target-number" type="tel" autocomplete="off" maxlength="64" .value=${form.number} aria-describedby="number-hint ${form.error ? 'transfer-error' : ''}"
      @input=${event => act.transferField({ number: event.target.value })} />
    <span class="hint" id="number-hint">${directory.numbers.length ? `Allowed: ${directory.numbers.join(', ')}` : 'Only numbers that this deployment allows are called.'}</span>
  </div>`;
}

export function consultPanel({ contact, ui, act, now, directory }) {
  const { consult } = contact;
  const talking = consult.state === 'talking';
  return html`<section class="panel stack" id="consult" aria-labelledby="consult-title">
    <div class="row spread">
      <h3 id="consult-title" tabindex="-1">Transfer to ${targetName(consult, directory)}</h3>
      <span class="row">${badge(contactStates, consult.state ?? 'waiting')}
        ${typeof consult.sinceMs === 'number' ? html`<span class="timer">${clock(consult.sinceMs + now - contact.heardAt)}</span>` : nothing}</span>
    </div>
    <p>${talking ? 'You talk with your colleague. The caller hears music.' : 'Your colleague is being called. The caller hears music.'}</p>
    <div class="row">
      <button type="button" class="button primary" id="complete-transfer" ?disabled=${!talking || ui.busy} @click=${act.completeTransfer}>${icon('ready')} Complete transfer</button>
      <button type="button" class="button" id="cancel-transfer" ?disabled=${ui.busy} @click=${act.cancelTransfer}>${icon('phone')} Take the caller back</button>
    </div>
  </section>`;
}

function targetName({ to, agent }, directory) {
  const id = agent ?? to?.agent;
  if (id) return directory.agents.find(other => other.agentId === id)?.name ?? id;
  if (to?.queue) return named('queue', to.queue);
  return to?.number ?? 'a colleague';
}
