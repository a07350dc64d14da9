// The agent's desk as the server told it. Pure: messages in, a changed desk and what is worth telling out.

export const mostHistory = 200;

export function emptyDesk() {
  return { agent: null, state: null, device: null, settings: null, contacts: new Map(), offers: new Map(), history: [] };
}

/// Takes one message. Gives what happened: `[{what, ...}]`, in order.
/// @param now milliseconds, of the same clock that the page measures times with
export function take(desk, message, now) {
  switch (message.type) {
    case 'welcome':
      return welcome(desk, message, now);
    case 'agent':
      if (!isHistory(desk, message)) desk.agent = message.agent;
      return [];
    case 'device':
      return isHistory(desk, message) ? [] : deviceChanged(desk, message.device);
    case 'agent-state':
      if (isHistory(desk, message)) return [];
      return stateChanged(desk, message, now);
    case 'offer':
      if (isHistory(desk, message)) return [];
      return offered(desk, message, now);
    case 'offer-ended':
      return offerEnded(desk, message, now);
    case 'contact':
      return contactChanged(desk, message, now);
    default:
      return [];
  }
}

function deviceChanged(desk, device) {
  const before = desk.device;
  desk.device = device;
  return before && before.reachable === device.reachable ? [] : [{ what: 'device', device }];
}

/// Messages up to the snapshot are missed history: the snapshot is newer than what they say.
function isHistory(desk, message) {
  return message.seq <= desk.snapshotSeq;
}

function welcome(desk, message, now) {
  const before = desk.offers;
  desk.agent = message.agent;
  desk.settings = message.settings;
  desk.device = message.device ?? null;
  desk.snapshotSeq = message.snapshotSeq;
  desk.contacts = new Map(message.contacts.map(contact => [contact.contactId, known(desk, contact, now)]));
  desk.offers = new Map(
    message.offers.map(offer => [offer.offerId, { ...offer, endsAt: now + offer.expiresInMs, lastsMs: before.get(offer.offerId)?.lastsMs ?? offer.expiresInMs }]),
  );
  const happened = stateChanged(desk, message.state, now);
  for (const offer of desk.offers.values()) {
    if (!before.has(offer.offerId)) happened.push({ what: 'offer', offer, contact: desk.contacts.get(offer.contactId) });
  }
  return happened;
}

function stateChanged(desk, { state, reason, since }, now) {
  const before = desk.state;
  const same = before && before.state === state && before.reason === reason && before.since === since;
  desk.state = { state, reason, since, sinceAt: same ? before.sinceAt : Math.min(now, now - (Date.now() - Date.parse(since))) };
  return same ? [] : [{ what: 'state', state, reason, before: before?.state }];
}

function offered(desk, message, now) {
  const contact = known(desk, message.contact, now);
  const before = desk.offers.get(message.offerId);
  const offer = {
    offerId: message.offerId,
    contactId: contact.contactId,
    expiresAt: message.expiresAt,
    endsAt: now + message.expiresInMs,
    lastsMs: Math.max(message.expiresInMs, before?.lastsMs ?? 0),
  };
  desk.contacts.set(contact.contactId, contact);
  desk.offers.set(offer.offerId, offer);
  // One that is told again has more time than it had.
  return before ? [] : [{ what: 'offer', offer, contact }];
}

function offerEnded(desk, message, now) {
  const offer = desk.offers.get(message.offerId);
  if (!offer) return [];
  desk.offers.delete(message.offerId);
  const contact = desk.contacts.get(offer.contactId);
  if (message.outcome !== 'accepted' && contact?.state === 'offered') {
    desk.contacts.delete(offer.contactId);
    remember(desk, contact, message.outcome, now);
  }
  return [{ what: 'offer-ended', outcome: message.outcome, offer, contact }];
}

function contactChanged(desk, message, now) {
  const before = desk.contacts.get(message.contact.contactId);
  if (message.contact.state === 'ended') {
    if (!before) return [];
    if (isHistory(desk, message)) return [];
    desk.contacts.delete(message.contact.contactId);
    remember(desk, { ...before, ...message.contact, state: before.state }, 'ended', now);
    return [{ what: 'contact', contact: message.contact, before }];
  }
  if (isHistory(desk, message)) return [];
  const contact = known(desk, message.contact, now);
  desk.contacts.set(contact.contactId, contact);
  return [{ what: 'contact', contact, before }];
}

/// A contact with the page's own times in it: when this state began, and when the server spoke last.
function known(desk, contact, now) {
  const before = desk.contacts.get(contact.contactId);
  const sinceAt = typeof contact.sinceMs === 'number'
    ? now - contact.sinceMs
    : before && before.state === contact.state ? before.sinceAt : now;
  const endsAt = typeof contact.expiresInMs === 'number' ? now + contact.expiresInMs : undefined;
  const talkedAt = before?.talkedAt ?? (contact.state === 'talking' ? sinceAt : undefined);
  return { ...contact, heardAt: now, sinceAt, endsAt, talkedAt };
}

/// The day's contacts, in this tab's memory only.
function remember(desk, contact, outcome, now) {
  // A consult is no contact of its own.
  if (contact.consultOf) return;
  const entry = {
    at: now,
    contactId: contact.contactId,
    number: contact.caller?.number,
    language: contact.language,
    queue: contact.queue,
    talkedMs: contact.talkedAt === undefined ? null : now - contact.talkedAt,
    outcome: outcome === 'ended' && contact.talkedAt !== undefined ? 'handled' : outcome,
  };
  desk.history = [entry, ...desk.history.filter(other => other.contactId !== entry.contactId || other.at !== entry.at)].slice(0, mostHistory);
}

/// How long the caller has waited by now: it goes on while nobody talks.
export function waitedMs(contact, now) {
  const waits = contact.state === 'offered' || contact.state === 'connecting' || contact.state === 'waiting';
  return contact.waitedMs + (waits ? now - contact.heardAt : 0);
}

export const pendingOffer = desk => desk.offers.values().next().value;

/// The contact in hand: what is talked about before what is wrapped up.
export function contactInHand(desk) {
  const contacts = [...desk.contacts.values()].filter(contact => contact.state !== 'offered');
  return contacts.find(contact => contact.state !== 'wrap-up') ?? contacts[0];
}
