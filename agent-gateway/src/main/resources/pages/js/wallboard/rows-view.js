// The queues: a row for each queue, language and way of contact.
import { html, nothing, repeat } from '../lit.js';
import { icon } from '../icons.js';
import { clock, language, modalities, named, percent } from '../words.js';
import { levelMark, waitMark } from './marks.js';

export const rowKey = row => [row.helpline, row.queue, row.language, row.modality].join(' ');

/// Always in the same order, so that everyone finds their row.
export function sorted(rows) {
  return [...rows].sort((a, b) => rowName(a).localeCompare(rowName(b)));
}

export const rowName = row => `${named('queue', row.queue)} ${language(row.language)} ${row.modality} ${row.helpline}`;

export function mark(look) {
  return look ? html`<span class="badge ${look.hue}">${icon(look.icon)}${look.word}</span>` : nothing;
}

/// @param parts in how many tables side by side
export function queueTables(rows, parts) {
  const helplines = new Set(rows.map(row => row.helpline)).size;
  const size = Math.ceil(rows.length / parts);
  return html`<div class="tables parts-${parts}">
    ${Array.from({ length: parts }, (_, part) => table(rows.slice(part * size, (part + 1) * size), helplines > 1, part))}
  </div>`;
}

function table(rows, withHelpline, part) {
  return html`<div class="card scroll-x" role="region" tabindex="0" aria-label=${part ? `Table of queues, part ${part + 1}` : 'Table of queues'}>
    <table class="queues">
      <thead>
        <tr>
          <th scope="col">Queue</th><th scope="col">Language</th>
          <th scope="col" class="number">Waiting</th><th scope="col" class="number">Longest wait</th><th scope="col"><span class="visually-hidden">Wait is</span></th>
          <th scope="col" class="number">Talking</th><th scope="col" class="number">On hold</th>
          <th scope="col" class="number">Service level</th><th scope="col"><span class="visually-hidden">Service level is</span></th>
          <th scope="col" class="number">Offered</th><th scope="col" class="number">Handled</th><th scope="col" class="number">Abandoned</th>
        </tr>
      </thead>
      <tbody>${repeat(rows, rowKey, row => line(row, withHelpline))}</tbody>
    </table>
  </div>`;
}

function line(row, withHelpline) {
  const waits = waitMark(row);
  return html`<tr class=${waits && waits.hue !== 'good' ? `row-${waits.hue}` : ''}>
    <th scope="row" class="what">${named('queue', row.queue)}${row.open === false ? html` <span class="badge bad">${icon('lock')}Closed</span>` : nothing}${withHelpline ? html`<span class="quiet small"> ${named('helpline', row.helpline)}</span>` : nothing}</th>
    <td class="tongue">${language(row.language)}${row.modality === 'voice' ? nothing : html` <span class="chip">${modalities[row.modality] ?? row.modality}</span>`}</td>
    ${cell('Waiting', row.waiting, 'strong big')}
    ${cell('Longest wait', row.waiting ? clock(row.longestWaitMs) : '–', 'strong big')}
    <td class="mark mark-wait">${mark(waits)}</td>
    ${cell('Talking', row.talking)}
    ${cell('On hold', row.held)}
    ${cell('Service level', percent(row.serviceLevel.value), 'strong')}
    <td class="mark mark-level">${mark(levelMark(row.serviceLevel.value))}</td>
    ${cell('Offered', row.offered)}
    ${cell('Handled', row.handled)}
    ${cell('Abandoned', row.abandoned)}
  </tr>`;
}

function cell(name, value, extra = '') {
  return html`<td class="number ${extra}" data-name=${name}>${value}</td>`;
}
