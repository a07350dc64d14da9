// A line chart by uPlot that follows the width of its place and the colours of the theme.
//
//   <helpline-chart .curves=${{times: [instant], range?, series: [{label, hue, dash?, fill?, values}]}}>
import uPlot from '/vendor/uplot/dist/uPlot.esm.js';

const height = 190;

class Chart extends HTMLElement {
  #curves = null;
  #plot = null;
  #watch = new ResizeObserver(() => this.#fit());
  #themed = () => this.#again();
  #dark = matchMedia('(prefers-color-scheme: dark)');

  set curves(curves) {
    if (curves === this.#curves) return;
    const alike = this.#plot && curves.series.map(({ label }) => label).join() === this.#curves.series.map(({ label }) => label).join();
    this.#curves = curves;
    if (alike) this.#plot.setData(this.#data());
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
    return [this.#curves.times.map(at => Date.parse(at) / 1000), ...this.#curves.series.map(({ values }) => values)];
  }

  #fit() {
    if (this.#plot && this.clientWidth) this.#plot.setSize({ width: this.clientWidth, height });
  }

  #again() {
    if (!this.isConnected || !this.#curves) return;
    this.#plot?.destroy();
    const axis = {
      stroke: this.#colour('--text-quiet'), grid: { stroke: this.#colour('--line'), width: 1 }, ticks: { show: false }, font: '12px system-ui, sans-serif',
    };
    const few = this.#curves.times.length < 3;
    this.#plot = new uPlot(
      {
        width: this.clientWidth || 320,
        height,
        cursor: { show: false },
        legend: { show: true, live: false, markers: { width: 3, dash: (_, i) => (this.#curves.series[i - 1]?.dash ? 'dashed' : 'solid') } },
        scales: { x: { time: true }, y: { range: this.#curves.range ?? ((_, least, most) => [0, Math.max(4, most * 1.1)]) } },
        axes: [axis, { ...axis, size: 44 }],
        series: [
          { label: 'Time' },
          ...this.#curves.series.map(({ label, hue, dash, fill }) => ({
            label, dash, width: 2, stroke: this.#colour(hue), fill: fill ? this.#colour(hue, 0.14) : undefined, points: { show: few },
          })),
        ],
      },
      this.#data(),
      this,
    );
  }

  /// A canvas knows no custom properties: its colours are looked up.
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
