// The day so far as curves, and the same figures as a table.
import { html } from '../lit.js';
import { icon } from '../icons.js';
import { clock, named, percent, time } from '../words.js';
import './chart.js';

const mostCurves = 5;
// Curves differ by dash as well as by colour.
const looks = [
  { hue: '--talk-solid' },
  { hue: '--good-solid', dash: [8, 4] },
  { hue: '--held-solid', dash: [3, 3] },
  { hue: '--wait-solid', dash: [10, 3, 3, 3] },
  { hue: '--bad-solid', dash: [2, 5] },
];

let drawn = { version: -1 };

/// Drawn anew only when the day has something new.
export function trendsView(day) {
  if (drawn.day !== day || drawn.version !== day.version) drawn = { day, version: day.version, curves: curves(day) };
  const { contacts, levels, waits } = drawn.curves;
  return html`
    <div class="charts">
      ${figure('Offered, handled and abandoned, each quarter of an hour', contacts)}
      ${figure('Service level by queue, each quarter of an hour, in per cent', levels)}
      ${figure('Callers waiting, and the longest wait in minutes, since this page was opened', waits)}
    </div>
    ${tables(day)}`;
}

function figure(title, curves) {
  return html`<figure class="card chart">
    <figcaption>${title}</figcaption>
    ${curves.times.length > 1 ? html`<helpline-chart .curves=${curves}></helpline-chart>` : html`<p class="quiet">The curve begins with its second figure.</p>`}
  </figure>`;
}

function curves(day) {
  const contacts = day.contacts();
  const levels = day.levels(mostCurves);
  return {
    contacts: {
      times: contacts.map(quarter => quarter.from),
      series: [
        { label: 'Offered', ...looks[0], values: contacts.map(quarter => quarter.offered) },
        { label: 'Handled', ...looks[1], values: contacts.map(quarter => quarter.handled) },
        { label: 'Abandoned', ...looks[4], values: contacts.map(quarter => quarter.abandoned) },
      ],
    },
    levels: {
      times: levels.times,
      range: [0, 105],
      series: levels.queues.map(({ queue, values }, i) => ({ label: named('queue', queue), ...looks[i], values: values.map(value => (value === null ? null : value * 100)) })),
    },
    waits: {
      times: day.waits.map(({ at }) => at),
      series: [
        { label: 'Waiting', ...looks[0], fill: true, values: day.waits.map(({ waiting }) => waiting) },
        { label: 'Longest wait, min', ...looks[4], values: day.waits.map(({ longestWaitMs }) => longestWaitMs / 60_000) },
      ],
    },
  };
}

function tables(day) {
  const contacts = day.contacts();
  const levels = day.levels(mostCurves);
  const last = day.waits.at(-1);
  return html`<details class="card">
    <summary>${icon('chart')} The same as a table</summary>
    <div class="scroll-x" role="region" tabindex="0" aria-label="Trends as a table">
      <table>
        <caption class="quiet small">${last ? `At ${time(last.at)}: ${last.waiting} waiting, the longest for ${clock(last.longestWaitMs)}.` : 'No waits seen yet.'}</caption>
        <thead><tr><th scope="col">From</th><th scope="col" class="number">Offered</th><th scope="col" class="number">Handled</th><th scope="col" class="number">Abandoned</th>
          ${levels.queues.map(({ queue }) => html`<th scope="col" class="number">Service level ${named('queue', queue)}</th>`)}</tr></thead>
        <tbody>
          ${contacts.map((quarter, i) => html`<tr><th scope="row">${time(quarter.from)}</th><td class="number">${quarter.offered}</td><td class="number">${quarter.handled}</td>
            <td class="number">${quarter.abandoned}</td>${levels.queues.map(({ values }) => html`<td class="number">${percent(values[i])}</td>`)}</tr>`)}
        </tbody>
      </table>
    </div>
  </details>`;
}
