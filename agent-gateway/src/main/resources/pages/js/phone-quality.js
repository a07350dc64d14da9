// What getStats() says about one call, in the few numbers that a desk shows and a supervisor asks for.

export class QualityMeter {
  #connection;
  #before = null;

  constructor(connection) {
    this.#connection = connection;
  }

  // lostPercent is of the time since the read before; null where the browser has no figure yet.
  async read() {
    const found = { inbound: null, remote: null, pair: null, codecs: new Map() };
    for (const report of (await this.#connection.getStats()).values()) {
      if (report.type === 'inbound-rtp' && report.kind === 'audio') found.inbound = report;
      else if (report.type === 'remote-inbound-rtp' && report.kind === 'audio') found.remote = report;
      else if (report.type === 'candidate-pair' && report.nominated) found.pair = report;
      else if (report.type === 'codec') found.codecs.set(report.id, report.mimeType);
    }
    const { inbound, remote, pair } = found;
    if (!inbound) return null;
    const lost = this.#lostSince(inbound);
    const rtt = remote?.roundTripTime ?? pair?.currentRoundTripTime;
    const rttMs = rtt === undefined ? null : Math.round(rtt * 1000);
    const jitterMs = Math.round(inbound.jitter * 1000);
    return {
      rttMs,
      jitterMs,
      lostPercent: lost,
      level: inbound.audioLevel ?? null,
      packets: inbound.packetsReceived,
      codec: found.codecs.get(inbound.codecId) ?? null,
      mos: meanOpinionScore(rttMs ?? 0, jitterMs, lost),
    };
  }

  #lostSince({ packetsReceived, packetsLost }) {
    const before = this.#before ?? { packetsReceived: 0, packetsLost: 0 };
    this.#before = { packetsReceived, packetsLost };
    const lost = Math.max(0, packetsLost - before.packetsLost);
    const received = Math.max(0, packetsReceived - before.packetsReceived);
    return lost + received === 0 ? 0 : Math.round(1000 * lost / (lost + received)) / 10;
  }
}

// The usual short form of the E-model (ITU-T G.107): 4.4 is as good as a telephone gets, below 3.6 people complain.
export function meanOpinionScore(rttMs, jitterMs, lostPercent) {
  const latency = rttMs / 2 + 2 * jitterMs + 10;
  const r = 93.2 - (latency < 160 ? latency / 40 : (latency - 120) / 10) - 2.5 * lostPercent;
  const mos = 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6;
  return Math.round(10 * Math.min(4.4, Math.max(1, r < 0 ? 1 : mos))) / 10;
}
