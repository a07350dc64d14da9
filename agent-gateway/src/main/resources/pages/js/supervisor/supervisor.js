// The supervisor's page: the floor at a glance, and a hand on it.
import { html, nothing, render } from '../lit.js';
import { icon } from '../icons.js';
import * as session from '../session.js';
import { announce, announceNow } from '../announcer.js';
import { confirmed } from '../dialog.js';
import { clearToasts, tellRefusal } from '../toasts.js';
import { Line } from '../line.js';
import { connectionBanner, topBar } from '../top-bar.js';
import { signInForm } from '../sign-in.js';
import { emptyDirectory, loadDirectory } from '../directory.js';
import { named, stateOf } from '../words.js';
import { openDeviceCheck } from '../desk/device-check.js';
import { PhoneLine, phoneStates } from '../desk/phone-line.js';
import { noticesView } from '../notices.js';
import { agentsCard } from './agents-view.js';
import { contactsCard, queuesCard } from './contacts-view.js';
import { openSkillsDialog, openStateDialog } from './dialogs.js';
import { emptyFloor, take } from './model.js';
import { modes, supervisionBar } from './supervision-view.js';

const root = document.getElementById('page');
const endings = { 'contact-left': 'the contact is over', 'device-left': 'your phone hung up or could not be reached' };
const app = {
  floor: emptyFloor(), line: null, phone: null, signIn: null, directory: emptyDirectory(),
  ui: { busy: false, filter: { text: '', state: '', language: '' } },
};

const act = {
  filter(change) {
    Object.assign(app.ui.filter, change);
    draw();
  },
  supervise: (mode, contactId) => command(mode, { contactId }),
  endSupervision: () => command('end-supervision'),
  changeState: agent => openStateDialog(agent, app.directory.reasons, fields => send('set-agent-state', { agent: agent.agentId, ...fields })),
  changeSkills: agent => openSkillsDialog(agent, app.directory, fields => send('set-agent-skills', { agent: agent.agentId, ...fields })),
  async switchQueue({ queue, open }) {
    const name = named('queue', queue);
    const yes = await confirmed(
      open
        ? { title: `Close ${name}?`, text: 'New callers are turned away from this queue at once. Those who wait are still served.', yes: 'Close the queue', bad: true }
        : { title: `Open ${name}?`, text: 'New callers can enter this queue again.', yes: 'Open the queue' },
    );
    if (yes) await command(open ? 'close-queue' : 'open-queue', { queue }, `${name} is ${open ? 'closed' : 'open'}.`);
  },
};

async function send(type, fields = {}) {
  await app.line.command(type, fields);
  announce('Done.');
}

async function command(type, fields = {}, told = null) {
  app.ui.busy = true;
  draw();
  try {
    await app.line.command(type, fields);
    if (told) announce(told);
  } catch (refusal) {
    tellRefusal(refusal);
  } finally {
    app.ui.busy = false;
    draw();
  }
}

function draw() {
  const listening = app.floor.supervision;
  document.title = listening ? `${modes[listening.mode]?.word ?? 'Listening'} – Helpline supervisor` : 'Helpline supervisor';
  render(app.line ? html`${bar()}${connectionBanner(app.line)}${page()}` : html`${topBar({ changed: draw })}${app.signIn?.() ?? nothing}`, root);
}

function bar() {
  const look = stateOf(phoneStates, app.phone.state);
  return topBar({
    changed: draw,
    end: html`
      <button type="button" class="button ghost" id="phone" @click=${() => openDeviceCheck(app.phone)} aria-label="Phone: ${look.word}. Check devices">
        <span class="badge ${look.hue}">${icon(look.icon)}${look.word}</span></button>
      <span class="wide-only strong">${session.user()}</span>
      <button type="button" class="button" id="sign-out" @click=${signOut}>${icon('out')} Sign out</button>`,
  });
}

function page() {
  const ctx = { ...app, act, wall: Date.now() };
  return html`<main class="floor" id="main" tabindex="-1">
    <h1 class="visually-hidden">Supervisor</h1>
    ${noticesView(app.floor.notices)}
    ${app.phone.state === 'elsewhere' ? phoneElsewhere() : nothing}
    ${supervisionBar(ctx)}
    ${app.floor.told ? html`<div class="floor-main stack">${contactsCard(ctx)}${agentsCard(ctx)}</div><aside class="stack" aria-label="Queues">${queuesCard(ctx)}</aside>` : html`<p class="quiet">Loading the floor …</p>`}
  </main>`;
}

function phoneElsewhere() {
  return html`<p class="notice wait floor-wide">${icon('info')}<span class="grow">The browser phone works in another tab. To listen in here, use it in this tab.</span>
    <button type="button" class="button small" ?disabled=${app.phone.elsewhere === 'talking'} @click=${() => app.phone.takeOver()}>Use the phone here</button></p>`;
}

function heard(message) {
  const happened = take(app.floor, message);
  app.phone?.expect?.(app.floor.supervision ? [app.floor.supervision.contactId] : []);
  draw();
  for (const { before, after, outcome } of happened) {
    if (after) announceNow(`${modes[after.mode]?.word}. ${modes[after.mode]?.says}`);
    else if (before) announceNow(`You no longer listen${endings[outcome] ? `: ${endings[outcome]}` : ''}.`);
    if (after && !before) requestAnimationFrame(() => document.querySelector('dialog[open]') || document.getElementById('supervision-title')?.focus());
    if (before && !after && document.activeElement === document.body) document.getElementById('main')?.focus({ preventScroll: true });
  }
}

async function connection(state) {
  if (state === 'over') {
    const words = {
      forbidden: 'This user is no supervisor. The desk and the wallboard are above.',
      'token-void': 'Your sign-in has ended.',
      'signed-out': 'You are signed out.',
    };
    if (app.line.why !== 'closed') leave(words[app.line.why]);
    return;
  }
  if (state === 'open') app.phone?.retryNow();
  if (state === 'open') await app.line.command('subscribe').catch(tellRefusal);
  else if (state === 'lost') announce('The connection is lost. It is tried again by itself.');
  draw();
}

async function signOut() {
  const yes = await confirmed({ title: 'Sign out?', text: 'You are signed out in all tabs. Listening in ends.', yes: 'Sign out' });
  if (!yes) return;
  await session.signOut();
  leave('You are signed out.');
}

async function enter() {
  app.signIn = null;
  app.floor = emptyFloor();
  app.line = new Line('/v1/supervisor');
  app.line.addEventListener('message', ({ detail }) => heard(detail));
  app.line.addEventListener('state', ({ detail }) => connection(detail));
  app.phone = new PhoneLine();
  app.phone.addEventListener('change', () => app.line && draw());
  app.line.open();
  app.phone.start();
  draw();
  requestAnimationFrame(() => document.getElementById('main')?.focus({ preventScroll: true }));
  app.directory = await loadDirectory(app.directory);
  if (app.line) draw();
}

function leave(told = null) {
  const { line, phone } = app;
  app.line = null;
  line?.close();
  phone?.stop();
  session.forget();
  clearToasts();
  app.floor = emptyFloor();
  app.signIn = signInForm({ purpose: 'For supervisors', changed: draw, entered: enter, told });
  for (const dialog of document.querySelectorAll('dialog[open]')) dialog.close();
  draw();
  document.getElementById('user')?.focus();
}

setInterval(() => (app.line || app.signIn) && draw(), 1000);
if (await session.resume()) enter();
else leave();
