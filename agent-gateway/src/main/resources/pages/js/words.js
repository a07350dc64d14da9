// How times, languages and states are said. Every state has a word, an icon and a hue; none is told by colour alone.

export const agentStates = {
  'signed-out': { word: 'Signed out', icon: 'out', hue: '' },
  'not-ready': { word: 'Not ready', icon: 'pause', hue: '' },
  ready: { word: 'Ready', icon: 'ready', hue: 'good' },
  reserved: { word: 'Offered a contact', icon: 'bell', hue: 'wait' },
  'on-contact': { word: 'On a contact', icon: 'phone', hue: 'talk' },
  'wrap-up': { word: 'Wrap-up', icon: 'pen', hue: 'held' },
};

export const contactStates = {
  waiting: { word: 'Waiting', icon: 'clock', hue: 'wait' },
  offered: { word: 'Offered', icon: 'bell', hue: 'wait' },
  connecting: { word: 'Connecting', icon: 'phone', hue: 'wait' },
  'agent-lost': { word: 'Agent lost', icon: 'warn', hue: 'bad' },
  talking: { word: 'Talking', icon: 'phone', hue: 'talk' },
  held: { word: 'On hold', icon: 'hold', hue: 'held' },
  'wrap-up': { word: 'Wrap-up', icon: 'pen', hue: 'held' },
  ended: { word: 'Ended', icon: 'ready', hue: '' },
};

export const participantStates = {
  waiting: 'waiting', offered: 'offered', ringing: 'phone rings', talking: 'talking', held: 'on hold',
  lost: 'connection lost', left: 'left',
};

export const roles = { caller: 'Caller', agent: 'Agent', consulted: 'Colleague', interpreter: 'Interpreter', supervisor: 'Supervisor' };
export const modalities = { voice: 'Voice', video: 'Video', text: 'Text' };

// The words of the router; an agent's own reasons are shown as they are.
const reasons = {
  'signed-in': 'just signed in',
  disconnected: 'the connection was lost',
  'ring-no-answer': 'an offer was not answered',
  'offer-rejected': 'an offer was rejected',
  'device-failed': 'the phone could not be reached',
  'device-unreachable': 'the phone is unreachable',
  'set-by-supervisor': 'a supervisor set it',
};
export const reason = word => reasons[word] ?? word;

export const stateOf = (table, word) => table[word] ?? { word: String(word), icon: 'info', hue: '' };

/// 75 s as `1:15`, an hour and more as `1:02:03`.
export function clock(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = n => String(n).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/// A span in words, for what is read out.
export function span(ms) {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return minutes === 1 ? '1 minute' : `${minutes} minutes`;
  const hours = Math.floor(minutes / 60);
  return `${hours} h ${minutes % 60} min`;
}

const timeOfDay = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const timeWithSeconds = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
export const time = instant => timeOfDay.format(new Date(instant));
export const timeExact = instant => timeWithSeconds.format(new Date(instant));

const tongues = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' });
const unknownToBrowsers = { ase: 'American Sign Language', cmn: 'Mandarin', yue: 'Cantonese', ht: 'Haitian Creole' };
const known = new Map();

/// Names of the deployment go before those of the browser.
export function learnLanguages(names) {
  for (const [tag, name] of Object.entries(names ?? {})) known.set(tag, String(name));
}

export function language(tag) {
  if (known.has(tag)) return known.get(tag);
  if (unknownToBrowsers[tag]) return unknownToBrowsers[tag];
  try {
    return tongues.of(tag);
  } catch {
    return String(tag);
  }
}

const given = new Map();
export function learnNames(kind, names) {
  for (const [id, name] of Object.entries(names ?? {})) given.set(`${kind} ${id}`, String(name));
}
/// A queue, skill or helpline by the name people gave it, else by its id with spaces.
export function named(kind, id) {
  const name = given.get(`${kind} ${id}`);
  if (name) return name;
  const spaced = String(id ?? '').replaceAll('-', ' ');
  return spaced.length <= 5 && !spaced.includes(' ') ? spaced.toUpperCase() : spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

export const percent = value => (value === null || value === undefined ? '–' : `${(value * 100).toFixed(1)} %`);
export const count = (n, one, many) => `${n} ${n === 1 ? one : many}`;
