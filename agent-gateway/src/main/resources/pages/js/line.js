// A WebSocket that comes back. It numbers what it has seen, asks for what it missed and answers each command once.
import * as session from './session.js';

const firstPauseMs = 500;
// Well within the 15 s for which offers and ready agents wait after a restart of the server.
const longestPauseMs = 8_000;
const answerMs = 15_000;

export class Line extends EventTarget {
  #path;
  #resumes;
  #socket = null;
  #timer = 0;
  #failures = 0;
  #seq = null;
  #commands = 0;
  #pending = new Map();
  #over = false;
  #online = () => this.retryNow();

  /// `connecting`, `open`, `lost` (it will be tried again at `retryAt`) or `over`.
  state = 'connecting';
  retryAt = 0;
  lostAt = 0;

  /// @param resumes whether the server's messages are numbered and can be asked for again
  constructor(path, { resumes = false } = {}) {
    super();
    this.#path = path;
    this.#resumes = resumes;
    addEventListener('online', this.#online);
  }

  open() {
    if (this.#over) return;
    clearTimeout(this.#timer);
    const after = this.#resumes && this.#seq !== null ? `?after=${this.#seq}` : '';
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${location.host}${this.#path}${after}`, ['helpline.v1', `token.${session.token()}`]);
    this.#socket = socket;
    let opened = false;
    socket.addEventListener('open', () => {
      opened = true;
      this.#failures = 0;
      this.#becomes('open');
    });
    socket.addEventListener('message', event => this.#heard(JSON.parse(event.data)));
    socket.addEventListener('close', event => socket === this.#socket && this.#closed(event, opened));
  }

  /// Fulfilled when the server has done it; rejected with `{reason, message}`.
  command(type, fields = {}) {
    if (this.state !== 'open') {
      return Promise.reject({ reason: 'offline', message: 'There is no connection now. Nothing was sent.' });
    }
    const id = `c${++this.#commands}`;
    return new Promise((done, refused) => {
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        refused({ reason: 'no-answer', message: 'The server has not answered.' });
      }, answerMs);
      this.#pending.set(id, { done, refused, timer });
      this.#socket.send(JSON.stringify({ id, type, ...fields }));
    });
  }

  close() {
    this.#end('closed');
    this.#socket?.close(1000);
  }

  retryNow() {
    if (this.state === 'lost') this.open();
  }

  #heard(message) {
    if (message.type === 'done' || message.type === 'refused') {
      const waiting = this.#pending.get(message.id);
      if (!waiting) return;
      clearTimeout(waiting.timer);
      this.#pending.delete(message.id);
      if (message.type === 'done') waiting.done(message);
      else waiting.refused(message);
      return;
    }
    if (typeof message.seq === 'number') this.#seq = message.seq;
    this.dispatchEvent(new CustomEvent('message', { detail: message }));
  }

  async #closed(event, opened) {
    for (const { refused, timer } of this.#pending.values()) {
      clearTimeout(timer);
      refused({ reason: 'offline', message: 'The connection was lost before the answer came.' });
    }
    this.#pending.clear();
    if (this.#over) return;
    if (event.code === 1000 || event.code === 4401 || event.code === 4403) {
      this.#end(event.code === 1000 ? 'signed-out' : event.code === 4401 ? 'token-void' : 'forbidden');
      return;
    }
    if (!opened) {
      // A refused handshake tells a page nothing. An ordinary request for the same is refused for the same reason.
      const { status } = await session.ask(this.#path);
      if (this.#over) return;
      if (status === 401 || status === 403) {
        this.#end(status === 401 ? 'token-void' : 'forbidden');
        return;
      }
    }
    if (this.state !== 'lost') this.lostAt = Date.now();
    const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** this.#failures++) * (0.75 + Math.random() / 2);
    this.retryAt = Date.now() + pause;
    this.#timer = setTimeout(() => this.open(), pause);
    this.#becomes('lost');
  }

  #end(why) {
    this.#over = true;
    clearTimeout(this.#timer);
    removeEventListener('online', this.#online);
    this.why = why;
    this.#becomes('over');
  }

  #becomes(state) {
    this.state = state;
    this.dispatchEvent(new CustomEvent('state', { detail: state }));
  }
}
