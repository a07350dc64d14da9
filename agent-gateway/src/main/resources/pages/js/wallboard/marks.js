// What a figure means: a mark has an icon, a word and a hue. Thresholds come with the figures.

const longMs = 300_000; // waits of five minutes and more are reviewed
const aim = 0.8;

export function waitMark({ waiting, longestWaitMs, serviceLevel }) {
  if (!waiting) return null;
  if (longestWaitMs >= longMs) return { hue: 'bad', icon: 'warn', word: 'Over 5 min' };
  if (longestWaitMs > serviceLevel.thresholdMs) return { hue: 'wait', icon: 'clock', word: `Over ${spoken(serviceLevel.thresholdMs)}` };
  return { hue: 'good', icon: 'ready', word: 'In time' };
}

export function levelMark(value) {
  if (value === null || value === undefined) return null;
  if (value >= aim) return { hue: 'good', icon: 'ready', word: 'On target' };
  if (value >= aim - 0.1) return { hue: 'wait', icon: 'clock', word: 'Below target' };
  return { hue: 'bad', icon: 'warn', word: 'Far below' };
}

export const aimWords = `The target is ${aim * 100} %.`;

export function spoken(ms) {
  return ms % 60_000 === 0 && ms >= 60_000 ? `${ms / 60_000} min` : `${Math.round(ms / 1000)} s`;
}

/// The variant of the service level in a sentence.
export function variantWords({ variant, thresholdMs }) {
  const limit = spoken(thresholdMs);
  const words = {
    'abandons-within-threshold-met': `Callers who left within ${limit} count as answered in time; those who left later count against it.`,
    'abandons-ignored': 'Callers who left are not counted at all.',
    'abandons-count-against': 'Every caller who left counts against it.',
    'abandons-within-threshold-left-out': `Callers who left within ${limit} are left out; those who left later count against it.`,
    'only-short-abandons-met': 'Callers who left almost at once count as answered in time; all others who left count against it.',
  };
  return `Service level: share of today’s contacts answered within ${limit}. ${words[variant] ?? `Variant ${variant}.`}`;
}
