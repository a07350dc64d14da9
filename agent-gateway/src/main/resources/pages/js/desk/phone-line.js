// Which tab has the phone, and what the phone does. One tab of a browser owns it, by a lock that ends with the tab.
import * as session from '../session.js';

const lockName = 'helpline.phone';
const devicesKey = 'helpline.devices';

export class PhoneLine extends EventTarget {
  /// `starting`, `elsewhere` (another tab has it), `connecting`, `registered`, `failed` or `none` (no browser phone).
  state = 'starting';
  why = '';
  /// What another tab does with the phone: `idle` or `talking`.
  elsewhere = 'idle';

  #phone = null;
  #release = null;
  #channel = new BroadcastChannel(lockName);
  #devices = keptDevices();
  #expected = [];

  constructor() {
    super();
    this.#channel.addEventListener('message', ({ data }) => this.#heard(data));
  }

  get call() {
    return this.#phone?.call ?? null;
  }

  get devices() {
    return this.#devices;
  }

  /// Takes the phone when no other tab has it; waits for it otherwise.
  start() {
    if (!navigator.locks) {
      this.#own();
      return;
    }
    navigator.locks.request(lockName, { ifAvailable: true }, lock => {
      if (lock) return this.#hold();
      this.#becomes('elsewhere');
      this.#channel.postMessage({ ask: 'phone' });
      navigator.locks.request(lockName, () => this.#hold()).catch(() => {});
      return undefined;
    }).catch(() => this.#lose());
  }

  /// Takes the phone from the other tab.
  takeOver() {
    if (this.#phone) {
      // This tab has the browser's phone; it was another browser that took it.
      this.#phone.start();
      return;
    }
    navigator.locks.request(lockName, { steal: true }, () => this.#hold()).catch(() => this.#lose());
  }

  async stop() {
    this.#release?.();
    this.#release = null;
    await this.#phone?.stop?.();
    this.#phone = null;
  }

  /// Whose calls the phone answers by itself: those of contacts that the agent has accepted.
  expect(contactIds) {
    this.#expected = contactIds;
    this.#phone?.expect(contactIds);
  }

  /// The server is there again: the phone need not wait for its next attempt.
  retryNow() {
    this.#phone?.retryNow?.();
  }

  setMuted(muted) {
    this.#phone?.setMuted(muted);
    this.dispatchEvent(new Event('change'));
  }

  sendDigit(digit) {
    this.#phone?.sendDigit(digit);
  }

  useDevices(devices) {
    this.#devices = { ...this.#devices, ...devices };
    localStorage.setItem(devicesKey, JSON.stringify(this.#devices));
    this.#tellDevices();
    this.dispatchEvent(new Event('change'));
  }

  #hold() {
    this.#own();
    return new Promise(resolve => {
      this.#release = resolve;
    });
  }

  async #own() {
    if (this.#phone) return;
    this.#becomes('connecting');
    let module;
    try {
      module = await import('../phone.js');
    } catch {
      this.#becomes('none');
      return;
    }
    const phone = new module.Phone({ token: session.token });
    this.#phone = phone;
    phone.addEventListener('change', () => {
      if (this.#phone !== phone) return;
      this.why = phone.why ?? '';
      this.#becomes(phone.state);
      this.#tell();
    });
    this.#tellDevices();
    phone.expect(this.#expected);
    await phone.start();
  }

  /// Another tab took the phone.
  #lose() {
    this.#phone?.stop?.();
    this.#phone = null;
    this.#release = null;
    this.#becomes('elsewhere');
    navigator.locks.request(lockName, () => this.#hold()).catch(() => {});
  }

  #tellDevices() {
    if (this.#devices.input) this.#phone?.setInput?.(this.#devices.input);
    if (this.#devices.output) this.#phone?.setOutput?.(this.#devices.output);
  }

  #tell() {
    this.#channel.postMessage({ phone: this.call ? 'talking' : 'idle' });
  }

  #heard(data) {
    if (data?.ask === 'phone' && this.#phone) this.#tell();
    if (data?.phone && !this.#phone) {
      this.elsewhere = data.phone;
      this.dispatchEvent(new Event('change'));
    }
  }

  #becomes(state) {
    this.state = state;
    this.dispatchEvent(new Event('change'));
  }
}

function keptDevices() {
  try {
    return JSON.parse(localStorage.getItem(devicesKey)) ?? {};
  } catch {
    return {};
  }
}

export const phoneStates = {
  starting: { word: 'Starting', icon: 'clock', hue: '' },
  off: { word: 'Off', icon: 'phone', hue: '' },
  connecting: { word: 'Connecting', icon: 'clock', hue: 'wait' },
  registered: { word: 'Browser phone ready', icon: 'ready', hue: 'good' },
  failed: { word: 'Phone not connected', icon: 'bad', hue: 'bad' },
  elsewhere: { word: 'Phone is in another tab', icon: 'info', hue: 'wait' },
  none: { word: 'Desk phone', icon: 'phone', hue: '' },
};
