// What all who watch the floor should know, as long as it is so: a word and an icon, never colour alone.
import { html, nothing } from './lit.js';
import { icon } from './icons.js';
import { time } from './words.js';

const looks = {
  'journal-away': { icon: 'warn', hue: 'bad', says: since => `The journal cannot be written since ${since}; calls go on.` },
  'journal-slow': { icon: 'clock', hue: 'wait', says: since => `The journal is slow since ${since}; calls go on.` },
  draining: { icon: 'info', hue: 'wait', says: since => `No new calls are taken since ${since}. Those that are here are served to the end.` },
};

export function noticeWords({ kind, since }) {
  return looks[kind]?.says(time(since)) ?? `${kind} since ${time(since)}`;
}

/// The region is always there, so that what comes into it is read out.
export function noticesView(notices = []) {
  return html`<div role="status" class="notices stack tight floor-wide" id="notices">
    ${notices.length ? notices.map(one => html`<p class="notice ${looks[one.kind]?.hue ?? 'wait'}">${icon(looks[one.kind]?.icon ?? 'info')}<span class="strong">${noticeWords(one)}</span></p>`) : nothing}
  </div>`;
}
