// Line icons of 24 by 24. They always stand beside a word, so they are hidden from screen readers.
import { svg, html } from './lit.js';

const shapes = {
  brand: svg`<path d="M4 13a8 8 0 0 1 16 0"/><rect x="2.5" y="13" width="4.5" height="6.5" rx="1.6"/><rect x="17" y="13" width="4.5" height="6.5" rx="1.6"/><path d="M19 19.5c0 1.4-2 2.5-5 2.5"/>`,
  ready: svg`<circle cx="12" cy="12" r="9"/><path d="m8 12.5 2.8 2.8L16.2 9.5"/>`,
  pause: svg`<circle cx="12" cy="12" r="9"/><path d="M10 9v6M14 9v6"/>`,
  bell: svg`<path d="M6 10a6 6 0 0 1 12 0c0 5 2 6 2 6H4s2-1 2-6"/><path d="M10 20a2.2 2.2 0 0 0 4 0"/>`,
  phone: svg`<path d="M5 4h4l1.6 4.4-2.2 1.6a12 12 0 0 0 5.6 5.6l1.6-2.2L20 15v4a2 2 0 0 1-2.2 2A15.8 15.8 0 0 1 3 6.2 2 2 0 0 1 5 4Z"/>`,
  hangup: svg`<path d="M3 14.5c4.6-5 13.4-5 18 0l-2.6 2.8-3.6-1.8v-2.6a13 13 0 0 0-5.6 0v2.6l-3.6 1.8Z"/>`,
  hold: svg`<path d="M9 5v14M15 5v14"/>`,
  play: svg`<path d="M7 5v14l11-7Z"/>`,
  transfer: svg`<path d="M4 8h13l-3.5-3.5M20 16H7l3.5 3.5"/>`,
  pen: svg`<path d="M4 20h4L19 9l-4-4L4 16Z"/><path d="m13 7 4 4"/>`,
  mic: svg`<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3"/>`,
  micOff: svg`<path d="M9 9v2a3 3 0 0 0 5 2.2M15 10V6a3 3 0 0 0-5.8-1M5.5 11.5a6.5 6.5 0 0 0 10.6 5M18.5 11.5a6 6 0 0 1-.4 2.3M12 18v3M4 4l16 16"/>`,
  keypad: svg`<path d="M6 5h.01M12 5h.01M18 5h.01M6 11h.01M12 11h.01M18 11h.01M6 17h.01M12 17h.01M18 17h.01M12 21.5h.01" stroke-width="3.2"/>`,
  warn: svg`<path d="M12 4 2.8 19.5h18.4Z"/><path d="M12 10v4.5M12 17.3v.1"/>`,
  bad: svg`<circle cx="12" cy="12" r="9"/><path d="m9 9 6 6M15 9l-6 6"/>`,
  info: svg`<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.6v.1"/>`,
  clock: svg`<circle cx="12" cy="12" r="9"/><path d="M12 7v5.2l3.4 2"/>`,
  out: svg`<path d="M14 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h8M10 12h11M17.5 8.5 21 12l-3.5 3.5"/>`,
  offline: svg`<path d="M3 9a14 14 0 0 1 5-3M21 9a14 14 0 0 0-9-4M6 13a9 9 0 0 1 4-2.3M18 13a9 9 0 0 0-2-1.5M12 18.5v.1M4 4l16 16"/>`,
  online: svg`<path d="M3 9a14 14 0 0 1 18 0M6.2 13a9 9 0 0 1 11.6 0M9.3 16.3a4.4 4.4 0 0 1 5.4 0M12 19.6v.1"/>`,
  theme: svg`<circle cx="12" cy="12" r="9"/><path d="M12 3v18a9 9 0 0 0 0-18Z" fill="currentColor"/>`,
  keyboard: svg`<rect x="2.5" y="6" width="19" height="12" rx="2"/><path d="M6.5 10h.01M10 10h.01M14 10h.01M17.5 10h.01M8 14h8"/>`,
  plus: svg`<path d="M12 5v14M5 12h14"/>`,
  close: svg`<path d="m6 6 12 12M18 6 6 18"/>`,
  down: svg`<path d="m6 9.5 6 6 6-6"/>`,
  person: svg`<circle cx="12" cy="8" r="4"/><path d="M4 21c1-4.6 4-6.5 8-6.5s7 1.9 8 6.5"/>`,
  people: svg`<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 20c.7-3.8 3-5.4 6.5-5.4s5.8 1.6 6.5 5.4M16 5.3a3.5 3.5 0 0 1 0 6.4M18 14.8c2 .8 3.1 2.5 3.5 5.2"/>`,
  queue: svg`<path d="M4 6h16M4 12h16M4 18h10"/>`,
  speaker: svg`<path d="M4 9.5v5h3.5L12 19V5L7.5 9.5Z"/><path d="M16 9a4.2 4.2 0 0 1 0 6M18.7 6.5a8 8 0 0 1 0 11"/>`,
  ear: svg`<path d="M7 9.5a5.2 5.2 0 0 1 10.4 0c0 4-4 4.6-4 8.2 0 4-5.4 4-5.9.6"/><path d="M10 10.2a2.2 2.2 0 0 1 4.4 0c0 1.6-1.6 1.8-1.8 3.2"/>`,
  whisper: svg`<path d="M4 5h16v11h-9l-4.5 4v-4H4Z"/><path d="M8 10.5h.01M12 10.5h.01M16 10.5h.01" stroke-width="3"/>`,
  barge: svg`<circle cx="7" cy="9" r="3"/><circle cx="17" cy="9" r="3"/><path d="M2.5 19c.5-3.4 2-5 4.5-5s4 1.6 4.5 5M12.5 19c.5-3.4 2-5 4.5-5s4 1.6 4.5 5"/>`,
  lock: svg`<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>`,
  unlock: svg`<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 7.5-2"/>`,
  shield: svg`<path d="M12 3 5 6v5c0 5 3 8.5 7 10 4-1.5 7-5 7-10V6Z"/><path d="m9 12 2.2 2.2L15.2 10"/>`,
  chart: svg`<path d="M4 4v16h16"/><path d="m7 15 4-5 3.5 3L20 7"/>`,
};

export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${shapes[name]}</svg>`;
}
