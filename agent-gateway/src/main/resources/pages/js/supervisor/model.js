// The floor as the server told it: agents, contacts, queues, and whom this supervisor listens to. Pure.

export function emptyFloor() {
  return { agents: new Map(), contacts: new Map(), queues: new Map(), supervision: null, told: false };
}

/// Takes one message. Gives what is worth saying aloud.
export function take(floor, message, now) {
  switch (message.type) {
    case 'welcome':
      floor.told = true;
      floor.agents = new Map((message.agents ?? []).map(agent => [agent.agentId, agent]));
      floor.contacts = new Map((message.contacts ?? []).map(contact => [rowId(contact), heard(contact, now)]));
      floor.queues = new Map((message.queues ?? []).map(queue => [queue.queue, queue]));
      floor.supervision = ongoing(message.supervision);
      return [];
    case 'agent':
      floor.agents.set(message.agent.agentId, message.agent);
      return [];
    case 'contact': {
      const { contact } = message;
      if (contact.state === 'ended') floor.contacts.delete(rowId(contact));
      else floor.contacts.set(rowId(contact), heard(contact, now, floor.contacts.get(rowId(contact))));
      return [];
    }
    case 'queue':
      floor.queues.set(message.queue.queue, message.queue);
      return [];
    case 'supervision': {
      const before = floor.supervision;
      floor.supervision = ongoing(message);
      return before?.mode === floor.supervision?.mode && before?.state === floor.supervision?.state ? [] : [{ what: 'supervision', before, after: floor.supervision }];
    }
    default:
      return [];
  }
}

/// A contact may be on with one agent and in wrap-up with another.
function rowId({ contactId, agent, state }) {
  return state === 'wrap-up' ? `${contactId} ${agent}` : contactId;
}

function ongoing(supervision) {
  return supervision && supervision.state !== 'ended' && supervision.contactId ? supervision : null;
}

function heard(contact, now, before) {
  const sinceAt = typeof contact.sinceMs === 'number' ? now - contact.sinceMs : before?.state === contact.state ? before.sinceAt : now;
  return { ...contact, sinceAt };
}

export function agentsShown(floor, { text, state, language }) {
  const words = text.trim().toLowerCase();
  return [...floor.agents.values()]
    .filter(agent => !words || `${agent.name} ${agent.agentId}`.toLowerCase().includes(words))
    .filter(agent => !state || agent.state === state)
    .filter(agent => !language || agent.languages.includes(language))
    .sort((a, b) => (a.name ?? a.agentId).localeCompare(b.name ?? b.agentId, undefined, { numeric: true }));
}

export function contactsShown(floor, now) {
  const order = ['talking', 'held', 'connecting', 'offered', 'waiting', 'wrap-up'];
  return [...floor.contacts.values()].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || (now - b.sinceAt) - (now - a.sinceAt));
}
