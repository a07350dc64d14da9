// The floor as the server told it: agents, contacts, queues, and whom this supervisor listens to. Pure.

export function emptyFloor() {
  return { agents: new Map(), contacts: new Map(), queues: new Map(), supervision: null, notices: [], told: false };
}

/// Takes one message. Gives what is worth saying aloud.
export function take(floor, message) {
  switch (message.type) {
    case 'floor':
      floor.told = true;
      floor.notices = message.notices ?? [];
      everything(floor, message);
      return listens(floor, message.supervision);
    case 'floor-changed':
      if (message.whole) everything(floor, message);
      else changes(floor, message);
      floor.notices = message.notices ?? floor.notices;
      return [];
    case 'supervision':
      return listens(floor, message);
    default:
      return [];
  }
}

function everything(floor, { agents, contacts, queues }) {
  floor.agents = new Map(agents.map(agent => [agent.agentId, agent]));
  floor.contacts = new Map(contacts.map(contact => [contact.contactId, contact]));
  floor.queues = new Map(queues.map(queue => [queue.queue, queue]));
}

function changes(floor, { agents = [], contacts = [], contactsGone = [], queues }) {
  for (const agent of agents) floor.agents.set(agent.agentId, agent);
  for (const contact of contacts) floor.contacts.set(contact.contactId, contact);
  for (const gone of contactsGone) floor.contacts.delete(gone);
  if (queues) floor.queues = new Map(queues.map(queue => [queue.queue, queue]));
}

/// `{contactId, agentId?, mode, state: ringing | listening}` while it lasts.
function listens(floor, told) {
  const before = floor.supervision;
  floor.supervision = told && told.state !== 'ended' ? told : null;
  const same = before?.mode === floor.supervision?.mode && before?.state === floor.supervision?.state && before?.contactId === floor.supervision?.contactId;
  return same ? [] : [{ what: 'supervision', before, after: floor.supervision, outcome: told?.outcome }];
}

export function waitingIn(floor, queue) {
  return [...floor.contacts.values()].filter(contact => contact.queue === queue && !contact.consultOf && ['waiting', 'offered', 'connecting'].includes(contact.state)).length;
}

/// Since when it talks, or waits.
export function sinceOf(contact) {
  const talks = contact.state === 'talking' || contact.state === 'held';
  return Date.parse((talks && contact.connectedAt) || contact.waitingSince);
}

export function agentsShown(floor, { text, state, language }) {
  const words = text.trim().toLowerCase();
  return [...floor.agents.values()]
    .filter(agent => !words || `${agent.name} ${agent.agentId}`.toLowerCase().includes(words))
    .filter(agent => !state || agent.state === state)
    .filter(agent => !language || agent.languages.includes(language))
    .sort((a, b) => (a.name ?? a.agentId).localeCompare(b.name ?? b.agentId, undefined, { numeric: true }));
}

export function contactsShown(floor) {
  const order = ['talking', 'held', 'agent-lost', 'connecting', 'offered', 'waiting'];
  return [...floor.contacts.values()].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || sinceOf(a) - sinceOf(b));
}
