// The two forms of the page: an agent's state, and what an agent can.
import { html, nothing } from '../lit.js';
import { openDialog } from '../dialog.js';
import { icon } from '../icons.js';
import { language, modalities, named } from '../words.js';
import { stateWord } from './agents-view.js';

const highest = 10;

/// @param send `(fields) => Promise` that is rejected with the server's refusal
export function openStateDialog(agent, reasons, send) {
  const form = { state: agent.state === 'ready' ? 'not-ready' : 'ready', reason: reasons[0], error: '', busy: false };
  const dialog = openDialog(close => ({
    title: `State of ${agent.name}`,
    body: html`<form id="state-form" class="stack" @submit=${event => submit(event, dialog, form, () => ({ state: form.state, ...(form.state === 'not-ready' ? { reason: form.reason } : {}) }), send)}>
      <p>Now: <span class="strong">${stateWord(agent.state)}</span>. During an offer, a contact or wrap-up the change comes afterwards. The agent sees it at once.</p>
      <fieldset class="stack tight"><legend class="label">New state</legend>
        ${['ready', 'not-ready'].map(
          state => html`<label class="choice"><input type="radio" name="state" value=${state} .checked=${form.state === state}
            @change=${() => change(dialog, form, { state })} />${stateWord(state)}</label>`,
        )}</fieldset>
      ${form.state === 'not-ready'
        ? html`<div class="field"><label for="forced-reason">Reason</label>
            <select id="forced-reason" @change=${event => change(dialog, form, { reason: event.target.value })}>
              ${reasons.map(word => html`<option value=${word} ?selected=${word === form.reason}>${word}</option>`)}
            </select></div>`
        : nothing}
      ${problem(form)}
    </form>`,
    footer: footer(close, 'state-form', 'Change state', form),
  }));
}

export function openSkillsDialog(agent, directory, send) {
  const form = {
    languages: new Set(agent.languages),
    modalities: new Set(agent.modalities),
    skills: new Map(agent.skills.map(({ skill, level }) => [skill, level])),
    error: '',
    busy: false,
  };
  const tags = merged(directory.languages.map(({ id }) => id), agent.languages);
  const skills = merged(directory.skills.map(({ id }) => id), [...form.skills.keys()]);
  const read = () => {
    if (!form.languages.size) return fault(dialog, form, 'An agent needs at least one language.');
    if (!form.modalities.size) return fault(dialog, form, 'An agent needs at least one way of contact.');
    return { languages: [...form.languages], modalities: [...form.modalities], skills: [...form.skills].map(([skill, level]) => ({ skill, level })) };
  };
  const dialog = openDialog(
    (close, update) => ({
      title: `What ${agent.name} can`,
      body: html`<form id="skills-form" class="stack loose" @submit=${event => submit(event, dialog, form, read, send)}>
        <p class="quiet">Counts from the next offer on, and until the configuration is read again.</p>
        ${checks('Languages', tags, form.languages, language, update)}
        ${checks('By', Object.keys(modalities), form.modalities, way => modalities[way], update)}
        <fieldset><legend class="label">Skills, with a level from 1 to ${highest}</legend>
          <div class="skill-grid">${skills.map(skill => skillField(skill, form, update))}</div></fieldset>
        ${problem(form)}
      </form>`,
      footer: footer(close, 'skills-form', 'Change skills', form),
    }),
    { wide: true },
  );
}

const merged = (all, own) => [...new Set([...all, ...own])];

function checks(title, values, chosen, word, update) {
  const toggle = (value, on) => {
    if (on) chosen.add(value);
    else chosen.delete(value);
    update();
  };
  return html`<fieldset><legend class="label">${title}</legend><div class="row">
    ${values.map(
      value => html`<label class="choice check"><input type="checkbox" value=${value} .checked=${chosen.has(value)} @change=${event => toggle(value, event.target.checked)} />${word(value)}</label>`,
    )}</div></fieldset>`;
}

function skillField(skill, form, update) {
  const level = form.skills.get(skill) ?? 0;
  const set = event => {
    const chosen = Number(event.target.value);
    if (chosen) form.skills.set(skill, chosen);
    else form.skills.delete(skill);
    update();
  };
  return html`<label class="skill"><span class="grow">${named('skill', skill)}</span>
    <select name=${skill} @change=${set}>
      <option value="0" ?selected=${!level}>None</option>
      ${Array.from({ length: highest }, (_, i) => html`<option value=${i + 1} ?selected=${level === i + 1}>${i + 1}</option>`)}
    </select></label>`;
}

function change(dialog, form, fields) {
  Object.assign(form, fields, { error: '' });
  dialog.update();
}

function fault(dialog, form, error) {
  form.error = error;
  dialog.update();
  return null;
}

async function submit(event, dialog, form, read, send) {
  event.preventDefault();
  const fields = read();
  if (!fields) return;
  form.busy = true;
  form.error = '';
  dialog.update();
  try {
    await send(fields);
    dialog.close();
  } catch (refusal) {
    form.busy = false;
    fault(dialog, form, refusal.message);
  }
}

function problem(form) {
  return html`<div role="alert">${form.error ? html`<p class="error-line">${icon('bad')}<span>${form.error}</span></p>` : nothing}</div>`;
}

function footer(close, form, word, { busy }) {
  return html`<button type="button" class="button" @click=${close}>Cancel</button>
    <button class="button primary" form=${form} ?disabled=${busy}>${word}</button>`;
}
