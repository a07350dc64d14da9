// The contacts that are on now, and the queues.
import { html, nothing, repeat } from '../lit.js';
import { icon } from '../icons.js';
import { clock, contactStates, language, modalities, named } from '../words.js';
import { badge, phoneNumber } from '../desk/parts.js';
import { contactsShown, sinceOf, waitingIn } from './model.js';
import { listenButtons, modes } from './supervision-view.js';

export function contactsCard(ctx) {
  const shown = contactsShown(ctx.floor);
  return html`<section class="card" aria-labelledby="contacts-title">
    <header><h2 id="contacts-title">Contacts now <span class="quiet number">${shown.length}</span></h2></header>
    ${shown.length
      ? html`<div class="scroll-x" role="region" tabindex="0" aria-label="Table of contacts">
          <table class="contacts">
            <thead><tr><th scope="col">Contact</th><th scope="col">State</th><th scope="col" class="number">For</th><th scope="col">Agent</th><th scope="col">Listen</th></tr></thead>
            <tbody>${repeat(shown, contact => contact.contactId, contact => contactRow(contact, ctx))}</tbody>
          </table>
        </div>`
      : html`<p class="body quiet">Nobody calls at the moment.</p>`}
  </section>`;
}

function contactRow(contact, ctx) {
  const live = contact.state === 'talking' || contact.state === 'held';
  const agent = contact.agentId && (ctx.floor.agents.get(contact.agentId)?.name ?? contact.agentId);
  return html`<tr>
    <th scope="row" class="name">${language(contact.language)} · ${named('queue', contact.queue)}
      <div class="small quiet number">${phoneNumber(contact.caller?.number)}${contact.modality === 'voice' ? '' : `, ${modalities[contact.modality]}`}</div></th>
    <td data-name="State">${badge(contactStates, contact.state)}${contact.consultOf ? html`<div class="small quiet">consult</div>` : nothing}</td>
    <td data-name="For" class="number">${clock(ctx.wall - sinceOf(contact))}</td>
    <td data-name="Agent">${agent ?? html`<span class="quiet">–</span>`}
      ${(contact.supervisors ?? []).map(({ supervisor, mode }) => html`<div class="small quiet">${icon('ear')} ${supervisor}: ${modes[mode]?.word.toLowerCase() ?? mode}</div>`)}</td>
    <td><div class="row tight">${live && !contact.consultOf ? listenButtons(contact, ctx) : html`<span class="quiet small">Not talking</span>`}</div></td>
  </tr>`;
}

export function queuesCard({ floor, act, ui }) {
  const queues = [...floor.queues.values()].sort((a, b) => named('queue', a.queue).localeCompare(named('queue', b.queue)));
  return html`<section class="card" aria-labelledby="queues-title">
    <header><h2 id="queues-title">Queues</h2></header>
    <ul class="queue-list">
      ${repeat(
        queues,
        queue => queue.queue,
        queue => html`<li>
          <div class="grow"><span class="strong">${named('queue', queue.queue)}</span>
            <div class="small quiet number">${waitingIn(floor, queue.queue)} waiting</div></div>
          <span class="badge ${queue.open ? 'good' : 'bad'}">${icon(queue.open ? 'unlock' : 'lock')}${queue.open ? 'Open' : 'Closed'}</span>
          <button type="button" class="button small" ?disabled=${ui.busy} aria-label="${queue.open ? 'Close' : 'Open'} the queue ${named('queue', queue.queue)}"
            @click=${() => act.switchQueue(queue)}>${queue.open ? 'Close' : 'Open'}</button>
        </li>`,
      )}
    </ul>
  </section>`;
}
