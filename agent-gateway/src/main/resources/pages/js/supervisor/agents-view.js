// The agents: state, since when, phone, what they can; what a supervisor may change.
import { html, nothing, repeat } from '../lit.js';
import { icon } from '../icons.js';
import { agentStates, clock, language, modalities, named, reason, stateOf } from '../words.js';
import { badge } from '../desk/parts.js';
import { agentsShown } from './model.js';

export function agentsCard(ctx) {
  const { floor, ui, act } = ctx;
  const shown = agentsShown(floor, ui.filter);
  const tongues = [...new Set([...floor.agents.values()].flatMap(agent => agent.languages))].sort();
  return html`<section class="card" aria-labelledby="agents-title">
    <header><h2 id="agents-title">Agents <span class="quiet number">${shown.length} of ${floor.agents.size}</span></h2>
      <form class="row filters" role="search" aria-label="Agents" @submit=${event => event.preventDefault()}>
        <label class="visually-hidden" for="filter-text">Name</label>
        <input id="filter-text" type="search" placeholder="Name" .value=${ui.filter.text} @input=${event => act.filter({ text: event.target.value })} />
        <label class="visually-hidden" for="filter-state">State</label>
        <select id="filter-state" @change=${event => act.filter({ state: event.target.value })}>
          <option value="">Every state</option>
          ${Object.entries(agentStates).map(([word, look]) => html`<option value=${word} ?selected=${ui.filter.state === word}>${look.word}</option>`)}
        </select>
        <label class="visually-hidden" for="filter-language">Language</label>
        <select id="filter-language" @change=${event => act.filter({ language: event.target.value })}>
          <option value="">Every language</option>
          ${tongues.map(tag => html`<option value=${tag} ?selected=${ui.filter.language === tag}>${language(tag)}</option>`)}
        </select>
      </form>
    </header>
    <div class="scroll-x" role="region" tabindex="0" aria-label="Table of agents">
      <table class="agents">
        <thead><tr><th scope="col">Agent</th><th scope="col">State</th><th scope="col" class="number">Since</th><th scope="col">Phone</th><th scope="col">Languages</th><th scope="col">Skills</th><th scope="col">Change</th></tr></thead>
        <tbody>${repeat(shown, agent => agent.agentId, agent => agentRow(agent, ctx))}</tbody>
      </table>
    </div>
    ${shown.length ? nothing : html`<p class="body quiet">No agent fits the filter.</p>`}
  </section>`;
}

function agentRow(agent, { act, ui, wall }) {
  return html`<tr>
    <th scope="row" class="name">${agent.name ?? agent.agentId}</th>
    <td data-name="State">${badge(agentStates, agent.state)}${agent.reason ? html`<div class="small quiet wrap-anywhere">${reason(agent.reason)}</div>` : nothing}</td>
    <td data-name="Since" class="number">${agent.since && agent.state !== 'signed-out' ? clock(wall - Date.parse(agent.since)) : '–'}</td>
    <td data-name="Phone">${phone(agent)}</td>
    <td data-name="Languages">${agent.languages.map(language).join(', ')}${agent.modalities.some(way => way !== 'voice') ? html`<div class="small quiet">${agent.modalities.map(way => modalities[way] ?? way).join(', ')}</div>` : nothing}</td>
    <td data-name="Skills" class="small">${agent.skills.map(({ skill, level }) => html`<span class="nowrap">${shortSkill(skill)} <b class="number">${level}</b></span> `)}</td>
    <td><div class="row tight whole">
      <button type="button" class="button small" ?disabled=${ui.busy || agent.state === 'signed-out'} aria-label="Change the state of ${agent.name}" @click=${() => act.changeState(agent)}>State</button>
      <button type="button" class="button small" ?disabled=${ui.busy} aria-label="Change the skills of ${agent.name}" @click=${() => act.changeSkills(agent)}>Skills</button>
    </div></td>
  </tr>`;
}

const shortSkill = skill => named('skill', skill).replace(/ \(.*\)$/, '');

function phone({ device, state }) {
  if (!device || device.reachable === undefined) return html`<span class="quiet">${state === 'signed-out' ? '–' : 'Not known'}</span>`;
  return device.reachable
    ? html`<span class="badge good">${icon('ready')}Reachable</span>`
    : html`<span class="badge bad">${icon('bad')}Unreachable</span>${device.why ? html`<div class="small quiet">${device.why}</div>` : nothing}`;
}

export const stateWord = state => stateOf(agentStates, state).word;
