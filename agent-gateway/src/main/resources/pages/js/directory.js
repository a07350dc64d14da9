// What the deployment has: queues, agents, languages, inquiries. Asked for after the sign-in and before transfers.
import * as session from './session.js';
import { learnLanguages, learnNames } from './words.js';

const usualReasons = ['break', 'lunch', 'training', 'meeting', 'paperwork', 'technical problem'];

export function emptyDirectory() {
  return { name: '', roles: [], queues: [], agents: [], languages: [], skills: [], numbers: [], places: [], reasons: usualReasons };
}

/// The directory, or the one there was when the server does not give any.
export async function loadDirectory(before = emptyDirectory()) {
  const { ok, body } = await session.ask('/v1/directory');
  if (!ok || !body) return before;
  const languages = entries(body.languages, 'language');
  const skills = entries(body.skills, 'skill');
  learnLanguages(Object.fromEntries(languages.map(({ id, name }) => [id, name])));
  learnNames('skill', Object.fromEntries(skills.map(({ id, name }) => [id, name])));
  learnNames('helpline', Object.fromEntries(entries(body.helplines, 'helpline').map(({ id, name }) => [id, name])));
  learnNames('queue', Object.fromEntries((body.queues ?? []).filter(queue => queue.name).map(queue => [queue.queue, queue.name])));
  return {
    name: body.name ?? '',
    roles: body.roles ?? [],
    queues: body.queues ?? [],
    agents: body.agents ?? [],
    languages,
    skills,
    numbers: body.numbers ?? [],
    places: body.places ?? [],
    reasons: body.notReadyReasons?.length ? body.notReadyReasons : usualReasons,
  };
}

/// `{id: name}` and `[{language: id, name}]` alike.
function entries(table, key) {
  if (Array.isArray(table)) return table.map(row => (typeof row === 'string' ? { id: row, name: row } : { id: row[key] ?? row.id, name: row.name ?? row[key] ?? row.id }));
  return Object.entries(table ?? {}).map(([id, name]) => ({ id, name }));
}

export const noLists = { inquiries: [], referrals: [], escalations: [] };

/// What a wrap-up chooses from, as `{value, name, group}` each; null when it cannot be had. A list that is empty is not
/// configured: any word is taken then.
export async function loadLists() {
  const { ok, body } = await session.ask('/v1/inquiries');
  if (!ok || !body) return null;
  return {
    inquiries: (body.inquiries ?? [])
      .filter(({ active }) => active !== false)
      .map(({ id, name, programme }) => ({ value: id, name, group: programme })),
    referrals: places(body.referrals),
    escalations: places(body.escalations),
  };
}

const places = list => (list ?? []).map(({ id, name }) => ({ value: id, name }));
