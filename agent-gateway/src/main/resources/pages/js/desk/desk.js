// The agent's desk: puts the parts together. The server's messages change the model, the model is drawn anew.
import { html, nothing, render } from '../lit.js';
import { icon } from '../icons.js';
import * as session from '../session.js';
import { Line } from '../line.js';
import { connectionBanner, topBar } from '../top-bar.js';
import { signInForm } from '../sign-in.js';
import { emptyDirectory, loadDirectory, loadLists, noLists } from '../directory.js';
import { listenForShortcuts, shortcutsOn } from '../shortcuts.js';
import { clearToasts } from '../toasts.js';
import { announce } from '../announcer.js';
import { actions } from './actions.js';
import { tell, title } from './attention.js';
import { callCard } from './call-view.js';
import { contextColumn } from './context-view.js';
import { draftOf, dropDraft, dropDrafts } from './drafts.js';
import { contactInHand, emptyDesk, pendingOffer, take } from './model.js';
import { offerCard } from './offer-view.js';
import { PhoneLine } from './phone-line.js';
import { openShortcuts } from './shortcut-help.js';
import { stateRail } from './state-view.js';
import { wrapUpCard } from './wrap-up-view.js';

const tickMs = 250;
const now = () => performance.now();
const root = document.getElementById('page');

const emptyUi = () => ({
  busy: false, keys: shortcutsOn(), wish: '', answering: new Set(), keypad: false, sentDigits: '', transfer: null,
  draft: [], draftOf: null, wrapUpErrors: [],
});

const app = {
  desk: emptyDesk(),
  ui: emptyUi(),
  line: null,
  phone: null,
  directory: emptyDirectory(),
  lists: noLists,
  signIn: null,
  draw,
  leave,
};
const act = actions(app);

function draw() {
  document.title = title(app.desk, app.line, now());
  render(app.line ? html`${bar()}${connectionBanner(app.line, meanwhile())}${desk()}` : html`${topBar({ changed: draw })}${app.signIn?.() ?? nothing}`, root);
}

/// Media does not pass through the server: whoever talks can go on talking.
function meanwhile() {
  const contact = contactInHand(app.desk);
  const talks = contact && ['talking', 'held'].includes(contact.state);
  return talks ? 'Reconnecting; your call goes on. What you type is kept.' : 'What you type is kept.';
}

function bar() {
  return topBar({
    changed: draw,
    end: html`
      <span class="wide-only small quiet" id="connection">${app.line.state === 'open' ? html`${icon('online')} Connected` : html`${icon('offline')} Not connected`}</span>
      <span class="wide-only strong" id="who">${app.desk.agent?.name ?? session.user()}</span>
      <button type="button" class="button ghost square" aria-label="Keyboard shortcuts" title="Keyboard shortcuts" @click=${help}>${icon('keyboard')}</button>
      <button type="button" class="button" id="sign-out" @click=${act.signOut}>${icon('out')} Sign out</button>`,
  });
}

function desk() {
  const contact = contactInHand(app.desk);
  const offer = pendingOffer(app.desk);
  followDraft(contact);
  const ctx = { ...app, act, contact: contact ?? (offer && app.desk.contacts.get(offer.contactId)), now: now() };
  return html`<div class="desk">
    ${stateRail(ctx)}
    <main class="stage stack" id="main" tabindex="-1">
      <h1 class="visually-hidden">Agent desk</h1>
      ${offer ? offerCard(ctx, offer) : nothing}
      ${contact ? (contact.state === 'wrap-up' ? wrapUpCard(ctx) : callCard(ctx)) : nothing}
      ${!offer && !contact ? nothingInHand(app.desk.state) : nothing}
    </main>
    ${contextColumn(ctx)}
  </div>`;
}

function nothingInHand(state) {
  const ready = state?.state === 'ready';
  return html`<section class="card empty">
    <div class="body">
      ${icon(ready ? 'ready' : 'pause')}
      <h2>${ready ? 'You are ready' : state ? 'You get no contacts now' : 'Loading your desk'}</h2>
      <p class="quiet">${ready ? 'The next contact that fits you appears here. You can work in other windows: the title and a notification tell you.' : 'Go ready when you can take the next contact.'}</p>
    </div>
  </section>`;
}

/// The form belongs to one contact; what was typed for it before is shown again.
function followDraft(contact) {
  const { ui } = app;
  const of = contact?.state === 'wrap-up' ? contact.contactId : null;
  if (of === ui.draftOf) return;
  ui.draftOf = of;
  ui.draft = of ? draftOf(of) : [];
  ui.wrapUpErrors = [];
}

/// States of contacts whose call belongs on the agent's phone.
const onPhone = ['connecting', 'talking', 'held'];

function heard(message) {
  const held = app.desk.snapshotSeq;
  const happened = take(app.desk, message, now());
  for (const entry of app.desk.history) entry.wall ??= Date.now() - (now() - entry.at);
  for (const one of happened) {
    if (one.what === 'contact' && one.contact.state === 'ended') dropDraft(one.contact.contactId);
    if (one.what === 'contact' && one.contact.state !== one.before?.state) Object.assign(app.ui, { keypad: false, sentDigits: '' });
    if (one.what === 'state' && ['ready', 'not-ready'].includes(one.state)) app.ui.wish = '';
    if (one.what === 'contact' && !['talking', 'held'].includes(one.contact.state)) app.ui.transfer = null;
  }
  app.phone?.expect([...app.desk.contacts.values()].filter(contact => onPhone.includes(contact.state)).map(contact => contact.contactId));
  if (message.type === 'welcome') dropDrafts([...app.desk.contacts.keys()]);
  draw();
  // The first snapshot is what the agent sees anyway; later changes are told.
  tell(held === undefined ? happened.filter(one => one.what === 'offer') : happened, { desk: app.desk, answered: app.ui.answering });
}

async function enter() {
  app.signIn = null;
  app.desk = emptyDesk();
  Object.assign(app.ui, emptyUi());
  app.line = new Line('/v1/agent', { resumes: true });
  app.line.addEventListener('message', ({ detail }) => heard(detail));
  app.line.addEventListener('state', ({ detail }) => connection(detail));
  app.phone = new PhoneLine();
  app.phone.addEventListener('change', draw);
  app.line.open();
  app.phone.start();
  draw();
  requestAnimationFrame(() => document.getElementById('main')?.focus({ preventScroll: true }));
  [app.directory, app.lists] = await Promise.all([loadDirectory(app.directory), loadLists()]);
  draw();
}

function connection(state) {
  if (state === 'over') {
    over();
    return;
  }
  if (state === 'lost') announce(`The connection is lost. It is tried again by itself. ${meanwhile()}`);
  else if (state === 'open' && app.line.lostAt) {
    announce('Connected again.');
    app.phone.retryNow();
  }
  draw();
}

function over() {
  const words = {
    'signed-out': 'You are signed out.',
    'token-void': 'Your sign-in has ended: it is too old, or you signed out elsewhere.',
    forbidden: 'This user does not work as an agent. The wallboard and the supervisor page are above.',
  };
  if (app.line && app.line.why !== 'closed') leave(words[app.line.why] ?? 'The connection ended.');
}

function leave(told = null) {
  const { line, phone } = app;
  app.line = null;
  line?.close();
  phone?.stop();
  session.forget();
  clearToasts();
  dropDrafts();
  app.desk = emptyDesk();
  app.signIn = signInForm({ purpose: 'The desk of an agent', changed: draw, entered: enter, told });
  for (const dialog of document.querySelectorAll('dialog[open]')) dialog.close();
  draw();
  document.getElementById('user')?.focus();
}

function help() {
  openShortcuts(keys(), on => {
    app.ui.keys = on;
    draw();
  });
}

/// Keys and what they do; without `run` while it is not possible.
function keys() {
  if (!app.line) return {};
  const offer = pendingOffer(app.desk);
  const contact = contactInHand(app.desk);
  const up = contact && (contact.state === 'talking' || contact.state === 'held');
  const plain = up && !contact.consult && !contact.consultOf;
  const can = (condition, run) => (condition ? run : undefined);
  return {
    a: { name: 'Accept the offer', run: can(offer, () => act.accept(offer)) },
    x: { name: 'Reject the offer', run: can(offer, () => act.reject(offer)) },
    r: { name: 'Go ready', run: act.ready },
    n: { name: 'Go to the reason for not ready', run: () => document.getElementById('reason')?.focus() },
    h: { name: 'Hold, and resume', run: can(plain, () => (contact.state === 'held' ? act.unhold() : act.hold())) },
    m: { name: 'Mute, and unmute', run: can(up && app.phone.call, act.mute) },
    k: { name: 'Keypad', run: can(up && app.phone.call, act.keypad) },
    t: { name: 'Transfer', run: can(plain, act.transferPanel) },
    'Shift+E': { name: 'Hang up', run: can(contact && contact.state !== 'wrap-up', act.hangUp) },
    '?': { name: 'This list', run: help },
  };
}

listenForShortcuts(keys);
setInterval(() => app.line && draw(), tickMs);
setInterval(() => app.signIn && draw(), 1000);
if (await session.resume()) enter();
else leave();
