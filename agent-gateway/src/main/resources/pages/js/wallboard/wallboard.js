// The wallboard: live figures for a room, a desk or a phone. It needs nobody to touch it.
import { html, nothing, render } from '../lit.js';
import { icon } from '../icons.js';
import * as session from '../session.js';
import { Line } from '../line.js';
import { connectionBanner, topBar } from '../top-bar.js';
import { signInForm } from '../sign-in.js';
import { loadDirectory } from '../directory.js';
import { noticesView } from '../notices.js';
import { agentStates, clock, count, language, named, percent, time, timeExact } from '../words.js';
import { Day } from './day.js';
import { aimWords, levelMark, variantWords, waitMark } from './marks.js';
import { mark, queueTables, sorted } from './rows-view.js';
import { trendsView } from './trends.js';

const mostInOneTable = 16;
const fewRows = 8;
const shownStates = ['ready', 'reserved', 'on-contact', 'wrap-up', 'not-ready', 'signed-out'];
const root = document.getElementById('page');
const big = { on: new URLSearchParams(location.search).has('big') };
const wide = matchMedia('(min-width: 1700px)');
const app = { line: null, signIn: null, figures: null, day: new Day() };

function draw() {
  document.title = title();
  render(app.line ? html`${bar()}${connectionBanner(app.line)}${board()}` : html`${topBar({ changed: draw })}${app.signIn?.() ?? nothing}`, root);
}

function title() {
  if (!app.figures) return 'Helpline wallboard';
  const waiting = app.figures.queues.reduce((sum, row) => sum + row.waiting, 0);
  return `${count(waiting, 'caller', 'callers')} waiting – Helpline wallboard`;
}

function bar() {
  return topBar({
    changed: draw,
    end: html`<span class="small quiet number" id="as-of">${fresh()}</span>
      <button type="button" class="button wide-only" id="big" aria-pressed=${big.on ? 'true' : 'false'} @click=${switchBig}>Big screen</button>
      <button type="button" class="button" @click=${signOut}>${icon('out')} Sign out</button>`,
  });
}

function fresh() {
  if (!app.figures) return 'No figures yet';
  return app.line.state === 'open' ? html`${icon('online')} Live, last change ${timeExact(app.figures.at)}` : html`${icon('offline')} As of ${timeExact(app.figures.at)}`;
}

function board() {
  if (!app.figures) return html`<main class="board" id="main" tabindex="-1"><h1 class="visually-hidden">Wallboard</h1><p class="quiet">Waiting for the first figures …</p></main>`;
  const rows = sorted(app.figures.queues);
  const parts = rows.length > mostInOneTable && wide.matches ? 2 : 1;
  const stale = app.line.state === 'open' ? '' : 'stale';
  const crowd = rows.length <= fewRows ? 'few' : rows.length <= mostInOneTable ? 'some' : 'many';
  return html`<main class="board ${big.on ? `big ${crowd}` : ''} ${stale}" id="main" tabindex="-1">
    <h1 class="visually-hidden">Wallboard</h1>
    ${stale ? html`<p class="notice bad">${icon('warn')}<span class="strong">These figures are old: as of ${timeExact(app.figures.at)}. The connection is being made again.</span></p>` : nothing}
    ${noticesView(app.figures.notices)}
    ${headline(rows)}
    ${agentsStrip(app.figures.agents)}
    <section class="stack" aria-labelledby="queues-title">
      <h2 id="queues-title">Queues</h2>
      ${rows.length ? queueTables(rows, parts) : html`<p class="card empty-board quiet">No contacts yet today.</p>`}
      ${rows.length ? html`<p class="small quiet">${variantWords(rows[0].serviceLevel)} ${aimWords} A row appears with its first contact of the day.</p>` : nothing}
    </section>
    <section class="stack" aria-labelledby="trends-title"><h2 id="trends-title">Today</h2>${countedSince()}${trendsView(app.day)}</section>
  </main>`;
}

/// After a restart the day's counts may begin later than the day.
function countedSince() {
  return app.figures.since ? html`<p class="small" id="counted-since">${icon('info')} Figures since ${time(app.figures.since)}: what happened before is not in them.</p>` : nothing;
}

/// Averages hide the language that waits four times as long: the worst row is named instead.
function headline(rows) {
  const sum = of => rows.reduce((total, row) => total + of(row), 0);
  const longest = rows.filter(row => row.waiting).sort((a, b) => b.longestWaitMs - a.longestWaitMs)[0];
  const lowest = rows.filter(row => row.serviceLevel.value !== null).sort((a, b) => a.serviceLevel.value - b.serviceLevel.value)[0];
  const where = row => html`${language(row.language)} · ${named('queue', row.queue)}`;
  return html`<ul class="headline" aria-label="At a glance">
    ${tile('Waiting', sum(row => row.waiting), nothing)}
    ${tile('Longest wait', longest ? clock(longest.longestWaitMs) : '0:00', longest ? html`${mark(waitMark(longest))}<span>${where(longest)}</span>` : html`<span>Nobody waits</span>`)}
    ${tile('Talking', sum(row => row.talking), html`<span>${sum(row => row.held)} on hold</span>`)}
    ${tile('Lowest service level', lowest ? percent(lowest.serviceLevel.value) : '–', lowest ? html`${mark(levelMark(lowest.serviceLevel.value))}<span>${where(lowest)}</span>` : html`<span>Nothing to measure yet</span>`)}
    ${tile('Offered today', sum(row => row.offered), html`<span>${sum(row => row.handled)} handled, ${sum(row => row.abandoned)} abandoned</span>`)}
  </ul>`;
}

function tile(name, value, below) {
  return html`<li class="card tile"><span class="tile-name">${name}</span><span class="tile-value number">${value}</span><span class="tile-below row">${below}</span></li>`;
}

function agentsStrip(agents) {
  return html`<section aria-labelledby="agents-title" class="stack tight">
    <h2 id="agents-title" class="visually-hidden">Agents by state</h2>
    <ul class="agents-strip">
      ${shownStates.map(state => {
        const look = agentStates[state];
        return html`<li class="card ${look.hue}">${icon(look.icon)}<span class="number strong">${agents[state] ?? 0}</span><span>${look.word}</span></li>`;
      })}
    </ul>
  </section>`;
}

function switchBig() {
  big.on = !big.on;
  const address = new URL(location.href);
  if (big.on) address.searchParams.set('big', '');
  else address.searchParams.delete('big');
  history.replaceState(null, '', address);
  draw();
}

async function signOut() {
  await session.signOut();
  leave('You are signed out.');
}

async function enter() {
  app.signIn = null;
  app.figures = null;
  app.day = new Day();
  app.line = new Line('/v1/live');
  app.line.addEventListener('message', ({ detail }) => {
    app.figures = detail;
    app.day.take(detail);
    draw();
  });
  app.line.addEventListener('state', ({ detail }) => {
    if (detail === 'over' && app.line.why !== 'closed') leave('Your sign-in has ended.');
    else draw();
  });
  app.line.open();
  draw();
  await loadDirectory();
  draw();
}

function leave(told = null) {
  const { line } = app;
  app.line = null;
  line?.close();
  session.forget();
  app.signIn = signInForm({ purpose: 'The wallboard', changed: draw, entered: enter, told });
  draw();
  document.getElementById('user')?.focus();
}

wide.addEventListener('change', draw);
setInterval(() => (app.signIn || app.line?.state !== 'open') && draw(), 1000);
if (await session.resume()) enter();
else leave();
