// Who is signed in, in this tab. The token lives as long as the tab; other tabs of the same browser may borrow it.

const key = 'helpline.session';
const channel = new BroadcastChannel('helpline.session');
const borrowingMs = 250;

let current = read();

function read() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key));
    return kept && Date.parse(kept.expiresAt) > Date.now() ? kept : null;
  } catch {
    return null;
  }
}

function keep(session) {
  current = session;
  if (session) sessionStorage.setItem(key, JSON.stringify(session));
  else sessionStorage.removeItem(key);
}

channel.addEventListener('message', ({ data }) => {
  if (data?.ask === 'session' && current) channel.postMessage({ session: current });
});

export const user = () => current?.user;
export const token = () => current?.token;

/// The session of this tab or of another one that is open; null when nobody is signed in.
export async function resume() {
  if (current) return current;
  const borrowed = await new Promise(resolve => {
    const heard = ({ data }) => data?.session && end(data.session);
    const timer = setTimeout(() => end(null), borrowingMs);
    function end(session) {
      clearTimeout(timer);
      channel.removeEventListener('message', heard);
      resolve(session);
    }
    channel.addEventListener('message', heard);
    channel.postMessage({ ask: 'session' });
  });
  if (borrowed && !current) keep(borrowed);
  return current;
}

/// Null when it worked, else what to tell the person.
export async function signIn(name, password) {
  let answer;
  try {
    answer = await fetch('/v1/login', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ user: name, password }),
    });
  } catch {
    return { title: 'Helpline cannot be reached', detail: 'Check the network and try again.' };
  }
  const body = await answer.json().catch(() => ({}));
  if (answer.ok) {
    keep({ user: name, token: body.token, expiresAt: body.expiresAt });
    return null;
  }
  const retryAfterMs = Number(answer.headers.get('Retry-After') ?? 0) * 1000;
  if (answer.status === 401) return { title: 'User or password is wrong', detail: 'Nothing else was checked.', field: true };
  if (answer.status === 429) {
    return {
      title: 'Too many failed attempts',
      detail: 'To protect this account nobody can sign in to it from here for now, whatever the password.',
      retryAfterMs,
    };
  }
  return { title: body.title ?? 'Sign-in failed', detail: body.detail ?? `The server answered ${answer.status}.`, retryAfterMs };
}

export function forget() {
  keep(null);
}

export async function signOut() {
  const held = current;
  keep(null);
  if (!held) return;
  await fetch('/v1/logout', { method: 'POST', headers: { Authorization: `Bearer ${held.token}` } }).catch(() => {});
}

/// Asks the server with this tab's token. Gives `{ok, status, body}`; status 0 when it cannot be reached.
export async function ask(path) {
  try {
    const answer = await fetch(path, { headers: { Authorization: `Bearer ${current?.token ?? ''}` } });
    const body = await answer.json().catch(() => null);
    return { ok: answer.ok, status: answer.status, body };
  } catch {
    return { ok: false, status: 0, body: null };
  }
}
