// What was typed in a wrap-up, kept for this tab until the contact is completed or the agent signs out.
const prefix = 'helpline.wrap-up.';
let last = 0;

export const emptyRow = () => ({ key: `r${++last}`, inquiry: '', outcome: 'resolved', escalatedTo: '', referredTo: '', notes: '' });

export function draftOf(contactId) {
  try {
    const rows = JSON.parse(sessionStorage.getItem(prefix + contactId));
    if (Array.isArray(rows) && rows.length) return rows.map(row => ({ ...emptyRow(), ...row, key: `r${++last}` }));
  } catch {
    // Unreadable is as good as none.
  }
  return [emptyRow()];
}

export function keepDraft(contactId, rows) {
  sessionStorage.setItem(prefix + contactId, JSON.stringify(rows));
}

export function dropDraft(contactId) {
  sessionStorage.removeItem(prefix + contactId);
}

/// Drafts of other contacts are nobody's any more.
export function dropDrafts(exceptContactIds = []) {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(prefix) && !exceptContactIds.includes(key.slice(prefix.length))) sessionStorage.removeItem(key);
  }
}

/// The rows as the server takes them, and what is missing.
export function readDraft(rows) {
  const errors = rows
    .map((row, index) => ({ row, index }))
    .filter(({ row }) => !row.inquiry.trim())
    .map(({ row, index }) => ({ text: `Inquiry ${index + 1} has no topic`, field: `inquiry-${row.key}-what` }));
  const inquiries = rows.map(row => {
    const inquiry = { inquiry: row.inquiry.trim(), outcome: row.outcome };
    if (row.outcome === 'escalated' && row.escalatedTo.trim()) inquiry.escalatedTo = row.escalatedTo.trim();
    if (row.referredTo.trim()) inquiry.referredTo = row.referredTo.trim();
    if (row.notes.trim()) inquiry.notes = row.notes.trim();
    return inquiry;
  });
  return { errors, inquiries };
}
