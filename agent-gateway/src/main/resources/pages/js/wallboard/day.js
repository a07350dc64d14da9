// The day so far: quarters of an hour as the server tells them, and the waits as this page has seen them.

const sampleMs = 15_000;
const mostSamples = 2_880; // twelve hours

export class Day {
  #quarters = new Map();
  #date = null;
  #lastSample = -Infinity;
  intervalMs = 900_000;
  /// `{at, waiting, longestWaitMs}`, since the page was opened.
  waits = [];
  /// Grows with each change, so that curves are drawn when there is something new.
  version = 0;

  take({ at, day, queues, trends }) {
    if (day && day !== this.#date) {
      this.#date = day;
      this.#quarters.clear();
      this.waits = [];
      this.#lastSample = -Infinity;
    }
    if (trends) {
      this.intervalMs = trends.intervalMs;
      for (const quarter of trends.quarters) this.#quarters.set(`${quarter.from} ${quarter.helpline} ${quarter.queue}`, quarter);
      this.version++;
    }
    const wall = Date.parse(at);
    if (wall - this.#lastSample >= sampleMs) {
      this.#lastSample = wall;
      const longestWaitMs = Math.max(0, ...queues.filter(row => row.waiting).map(row => row.longestWaitMs));
      this.waits = [...this.waits, { at, waiting: queues.reduce((sum, row) => sum + row.waiting, 0), longestWaitMs }].slice(-mostSamples);
      this.version++;
    }
  }

  /// All queues together, each quarter since the first, those without contacts included.
  contacts() {
    return this.#times().map(from => {
      const there = [...this.#quarters.values()].filter(quarter => quarter.from === from);
      const sum = of => there.reduce((total, quarter) => total + of(quarter), 0);
      return { from, offered: sum(quarter => quarter.offered), handled: sum(quarter => quarter.handled), abandoned: sum(quarter => quarter.abandoned) };
    });
  }

  /// The service level of each queue in each quarter; of the queues with the most contacts, at most `most`.
  levels(most) {
    const offered = new Map();
    for (const { helpline, queue, offered: n } of this.#quarters.values()) offered.set(`${helpline} ${queue}`, (offered.get(`${helpline} ${queue}`) ?? 0) + n);
    const shown = [...offered].sort((a, b) => b[1] - a[1]).slice(0, most).map(([key]) => key).sort();
    const times = this.#times();
    return {
      times,
      queues: shown.map(key => ({ key, queue: key.split(' ')[1], values: times.map(from => this.#quarters.get(`${from} ${key}`)?.serviceLevel ?? null) })),
    };
  }

  #times() {
    const known = [...new Set([...this.#quarters.values()].map(quarter => quarter.from))].sort();
    if (!known.length) return [];
    const first = Date.parse(known[0]);
    const count = (Date.parse(known.at(-1)) - first) / this.intervalMs + 1;
    const written = new Map(known.map(from => [Date.parse(from), from]));
    return Array.from({ length: count }, (_, i) => written.get(first + i * this.intervalMs) ?? new Date(first + i * this.intervalMs).toISOString());
  }
}
