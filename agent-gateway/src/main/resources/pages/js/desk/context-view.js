// The column at the right: what is known about the contact.
import { html, nothing } from '../lit.js';
import { icon } from '../icons.js';
import { clock, language, modalities, named, participantStates, roles, time, timeExact } from '../words.js';

export function contextColumn(ctx) {
  const { contact } = ctx;
  if (!contact) return nothing;
  return html`<aside class="context stack" aria-label="About this contact">
    ${pathCard(contact)}${needsCard(contact)}${participantsCard(ctx)}${previousCard(ctx)}
  </aside>`;
}

function card(id, title, body) {
  return html`<section class="card" aria-labelledby=${id}>
    <div class="body stack"><h2 id=${id} class="small quiet">${title}</h2>${body}</div>
  </section>`;
}

function pathCard({ path }) {
  return card(
    'path-title',
    'What the caller did',
    path.length
      ? html`<ol class="path">
          ${path.map(
            step => html`<li>
              <time class="small quiet" datetime=${step.at}>${timeExact(step.at)}</time>
              <span class="wrap-anywhere">${step.step.replaceAll('-', ' ')}: <span class="strong">${stepValue(step)}</span></span>
            </li>`,
          )}
        </ol>`
      : html`<p class="small quiet">Nothing before the queue.</p>`,
  );
}

function stepValue({ step, value }) {
  if (step.includes('language')) return language(value);
  return step === 'queue' || step.includes('need') ? named('queue', value) : value;
}

function needsCard({ requirements, relaxed }) {
  return card(
    'needs-title',
    'Needed',
    html`<p class="row tight">
        <span class="chip">${language(requirements.language)}</span><span class="chip">${modalities[requirements.modality]}</span>
        ${requirements.skills.map(({ skill, minimumLevel }) => html`<span class="chip">${named('skill', skill)}, level ${minimumLevel} or more</span>`)}
      </p>
      ${relaxed.length
        ? html`<p class="small">${icon('info')} Given up to find you sooner: ${relaxed.map(word => (typeof word === 'string' ? word : JSON.stringify(word))).join(', ')}</p>`
        : nothing}`,
  );
}

function participantsCard({ contact, directory }) {
  const nameOf = participant =>
    participant.role !== 'caller'
      ? directory.agents.find(agent => agent.agentId === participant.participantId)?.name ?? participant.participantId
      : '';
  return card(
    'participants-title',
    'On the line',
    html`<ul class="stack tight">
      ${contact.participants.map(
        participant => html`<li class="row spread">
          <span>${icon(participant.role === 'supervisor' ? 'ear' : 'person')} ${roles[participant.role] ?? participant.role}
            <span class="quiet">${nameOf(participant)}</span></span>
          <span class="small">${participantStates[participant.state] ?? participant.state}</span>
        </li>`,
      )}
    </ul>`,
  );
}

function previousCard({ contact, act, ui }) {
  const verified = contact.caller?.verification;
  const live = contact.state === 'talking' || contact.state === 'held';
  return card(
    'previous-title',
    'Earlier contacts',
    html`${contact.previous.length
      ? html`<ol class="stack">
          ${contact.previous.map(
            earlier => html`<li>
              <div class="row spread"><span class="strong wrap-anywhere">${earlier.topic ?? earlier.inquiry ?? 'No topic kept'}</span>
                <time class="small quiet nowrap" datetime=${earlier.at ?? earlier.date}>${dayOf(earlier.at ?? earlier.date)}</time></div>
              ${earlier.notes ? html`<p class="small wrap-anywhere">${earlier.notes}</p>` : nothing}
              ${earlier.outcome ? html`<p class="small quiet">${earlier.outcome === 'escalated' ? 'Escalated' : 'Resolved'}${earlier.talkedMs ? `, ${clock(earlier.talkedMs)} talked` : ''}</p>` : nothing}
            </li>`,
          )}
        </ol>`
      : html`<p class="small quiet">None are known for this number.</p>`}
    ${verified
      ? html`<p><span class="badge good">${icon('shield')}${verified === 'passed' || verified === true ? 'Caller verified' : verified}</span></p>`
      : live
        ? html`<button type="button" class="button small" id="mark-verified" ?disabled=${ui.busy} @click=${act.markVerified}>${icon('shield')} Caller is verified</button>
            <p class="small quiet">Details of earlier contacts are shown once you have made sure who is calling.</p>`
        : nothing}`,
  );
}

const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
function dayOf(at) {
  if (!at) return '';
  const date = new Date(at);
  return date.toDateString() === new Date().toDateString() ? time(at) : day.format(date);
}
