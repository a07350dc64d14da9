// How the phone gets to the carrier: tickets, the pauses between attempts, the way for the media.

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

/// Where this machine has no network but its loopback, the carrier offers no candidate at all; the address that it
/// receives media at anyway is one.
export function withReachableCandidate(description) {
  if (description.type !== 'offer' || /^a=candidate:/m.test(description.sdp)) return Promise.resolve(description);
  const address = /^c=IN IP4 (\S+)/m.exec(description.sdp)?.[1];
  if (!address) return Promise.resolve(description);
  description.sdp = description.sdp.replace(/^m=\w+ (\d+) .*\r\n(?:[^m].*\r\n)*/gm, (section, port) =>
    `${section}a=candidate:loopback 1 UDP 2130706431 ${address} ${port} typ host\r\n`);
  return Promise.resolve(description);
}
