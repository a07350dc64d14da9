// How the phone gets to the carrier: tickets, and the pauses between attempts.

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/// A ticket for `GET /v1/sip`, with the account to register as. Failures carry `status` and `reason`.
///
/// @param keep the account that this page had before, to be kept
export async function fetchTicket(token, keep) {
  const response = await fetch('/v1/sip-ticket', {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(keep ? { keep } : {}),
    cache: 'no-store',
  });
  const body = await response.json().catch(() => ({}));
  if (response.ok) return body;
  const failure = new Error(body.detail ?? `no ticket: HTTP ${response.status}`);
  failure.status = response.status;
  failure.reason = (body.type ?? '').replace(/^.*:/, '');
  throw failure;
}

/// Where the ticket is used.
export function addressOf(ticket) {
  const address = new URL(ticket.websocket, location.href);
  address.protocol = address.protocol.replace(/^http/, 'ws');
  address.searchParams.set('ticket', ticket.ticket);
  return address.href;
}

/// Doubles with each attempt; a part of it is left to chance, so that a whole floor does not come back at once.
export function pauseBefore(attempt) {
  const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1));
  return longest / 2 + Math.random() * longest / 2;
}
