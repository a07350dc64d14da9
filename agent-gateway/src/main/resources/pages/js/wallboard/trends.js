// The day so far as curves (uPlot), and the same figures as a table.
import uPlot from '/vendor/uplot/dist/uPlot.esm.js';
import { html, nothing } from '../lit.js';
import { icon } from '../icons.js';
import { clock, percent, time } from '../words.js';

const height = 190;
// Curves differ by dash as well as by colour.
const charts = [
  {
    id: 'waits', title: 'Waiting, and the longest wait in minutes',
    series: [
      { label: 'Waiting', hue: '--talk-solid', of: point => point.waiting, fill: true },
      { label: 'Longest wait, min', hue: '--bad-solid', dash: [6, 4], of: point => point.longestWaitMs / 60_000 },
    ],
  },
  {
    id: 'level', title: 'Service level in per cent', range: [0, 100],
    series: [{ label: 'Service level', hue: '--good-solid', of: point => (point.serviceLevel === null ? null : point.serviceLevel * 100), fill: true }],
  },
  {
    id: 'contacts', title: 'Offered, handled, abandoned today',
    series: [
      { label: 'Offered', hue: '--talk-solid', of: point => point.offered },
      { label: 'Handled', hue: '--good-solid', dash: [8, 4], of: point => point.handled },
      { label: 'Abandoned', hue: '--bad-solid', dash: [3, 3], of: point => point.abandoned },
    ],
  },
];

export function trendsView(points) {
  if (!points.length) return html`<p class="quiet">The curves begin with the first minutes of the day.</p>`;
  return html`
    <div class="charts">
      ${charts.map(chart => html`<figure class="card chart">
        <figcaption>${chart.title}</figcaption>
        <helpline-chart .chart=${chart} .points=${points}></helpline-chart>
      </figure>`)}
    </div>
    <details class="card">
      <summary>${icon('chart')} The same as a table</summary>
      <div class="scroll-x" role="region" tabindex="0" aria-label="Trends as a table">
        <table>
          <thead><tr><th scope="col">Time</th><th scope="col" class="number">Waiting</th><th scope="col" class="number">Longest wait</th>
            <th scope="col" class="number">Service level</th><th scope="col" class="number">Offered</th><th scope="col" class="number">Handled</th><th scope="col" class="number">Abandoned</th></tr></thead>
          <tbody>
            ${points.map(point => html`<tr><th scope="row">${time(point.at)}</th><td class="number">${point.waiting}</td><td class="number">${clock(point.longestWaitMs)}</td>
              <td class="number">${percent(point.serviceLevel)}</td><td class="number">${point.offered}</td><td class="number">${point.handled}</td><td class="number">${point.abandoned}</td></tr>`)}
          </tbody>
        </table>
      </div>
    </details>`;
}

class Chart extends HTMLElement {
  #chart = null;
  #points = [];
  #plot = null;
  #watch = new ResizeObserver(() => this.#fit());
  #themed = () => this.#again();
  #dark = matchMedia('(prefers-color-scheme: dark)');

  set chart(chart) {
    this.#chart = chart;
  }

  set points(points) {
    if (points === this.#points) return;
    this.#points = points;
    if (this.#plot) this.#plot.setData(this.#data());
    else this.#again();
  }

  connectedCallback() {
    this.#watch.observe(this);
    addEventListener('helpline-theme', this.#themed);
    this.#dark.addEventListener('change', this.#themed);
    this.#again();
  }

  disconnectedCallback() {
    this.#watch.disconnect();
    removeEventListener('helpline-theme', this.#themed);
    this.#dark.removeEventListener('change', this.#themed);
    this.#plot?.destroy();
    this.#plot = null;
  }

  #data() {
    return [this.#points.map(point => Date.parse(point.at) / 1000), ...this.#chart.series.map(series => this.#points.map(series.of))];
  }

  #fit() {
    if (this.#plot && this.clientWidth) this.#plot.setSize({ width: this.clientWidth, height });
  }

  /// A canvas knows no custom properties: its colours are looked up when the theme changes.
  #again() {
    if (!this.isConnected || !this.#chart || !this.#points.length) return;
    this.#plot?.destroy();
    const quiet = this.#colour('--text-quiet');
    const axis = { stroke: quiet, grid: { stroke: this.#colour('--line'), width: 1 }, ticks: { show: false }, font: '12px system-ui, sans-serif' };
    this.#plot = new uPlot(
      {
        width: this.clientWidth || 320,
        height,
        cursor: { show: false },
        legend: { show: true, live: false },
        scales: { x: { time: true }, y: { range: this.#chart.range ?? ((_, least, most) => [0, Math.max(4, most * 1.1)]) } },
        axes: [axis, { ...axis, size: 44 }],
        series: [
          { label: 'Time' },
          ...this.#chart.series.map(series => ({
            label: series.label,
            stroke: this.#colour(series.hue),
            width: 2,
            dash: series.dash,
            fill: series.fill ? this.#colour(series.hue, 0.14) : undefined,
            points: { show: this.#points.length < 3 },
          })),
        ],
      },
      this.#data(),
      this,
    );
  }

  #colour(name, alpha) {
    const probe = document.createElement('span');
    probe.style.color = `var(${name})`;
    this.append(probe);
    const colour = getComputedStyle(probe).color;
    probe.remove();
    return alpha === undefined ? colour : colour.replace(/^rgb\((.*)\)$/, `rgba($1, ${alpha})`);
  }
}
customElements.define('helpline-chart', Chart);
