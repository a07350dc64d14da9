// Small pieces that several parts of the desk show.
import { html, nothing } from '../lit.js';
import { icon } from '../icons.js';
import { stateOf, language, modalities, named } from '../words.js';

export function badge(table, word, extra = '') {
  const { word: text, icon: name, hue } = stateOf(table, word);
  return html`<span class="badge ${hue}">${icon(name)}${text}${extra}</span>`;
}

/// +1 212 555 0001 as people write it; anything else as it came.
export function phoneNumber(number) {
  if (!number) return 'Number withheld';
  const digits = /^\+?1?(\d{3})(\d{3})(\d{4})$/.exec(number);
  return digits ? `(${digits[1]}) ${digits[2]}-${digits[3]}` : number;
}

export function languageLine(contact) {
  return html`<span class="language" lang="en">${language(contact.language)}</span>`;
}

export function contactFacts(contact, waited) {
  return html`<dl class="facts">
    <div><dt>Need</dt><dd>${contact.need ? named('queue', contact.need) : 'Not said'}</dd></div>
    <div><dt>Number</dt><dd class="number nowrap">${phoneNumber(contact.caller?.number)}</dd></div>
    <div><dt>Waited</dt><dd class="number">${waited}</dd></div>
    <div><dt>Queue</dt><dd>${named('queue', contact.queue)}</dd></div>
    <div><dt>Helpline</dt><dd>${named('helpline', contact.helpline)}</dd></div>
    <div><dt>By</dt><dd>${modalities[contact.modality] ?? contact.modality}</dd></div>
  </dl>`;
}

export const when = (condition, template) => (condition ? template() : nothing);
