// The browser as the desk's phone: registers at Helpline's carrier, answers the calls that its user has accepted, and
// says what becomes of them. No framework, no markup: a page listens for `change` and reads.
//
//   const phone = new Phone({ token: () => token });
//   phone.addEventListener('change', () => show(phone.state, phone.why, phone.call));
//   await phone.start();
//   phone.expect([contactId]);     // whose INVITE is answered by itself; any other rings until answer()
import { Registerer, RegistererState, SessionState, UserAgent, Web } from '/vendor/sip.js/lib/index.js';
import { openMicrophone } from './phone-audio.js';
import { addressOf, fetchTicket, pauseBefore } from './phone-link.js';
import { QualityMeter } from './phone-quality.js';

/// What `state` can be:
///   off         not started, stopped, or signed out
///   connecting  on the way to being registered, for the first time or again
///   registered  calls come here
///   failed      not registered, and not by a fault that passes: `why` says more
///   elsewhere   the same user opened a phone in another place; start() takes it back
///   none        there are no browser phones here: calls come to the desk phone
export const STATES = ['off', 'connecting', 'registered', 'failed', 'elsewhere', 'none'];

const CONTACT_HEADER = 'X-Helpline-Contact';
const CONNECT_WITHIN_S = 5;
const REGISTER_FOR_S = 120; // and so the time after which a vanished server is noticed
const GATHER_WITHIN_MS = 500;
const FEW_ATTEMPTS = 3; // of which nobody need be told

// Close codes of GET /v1/sip that no new attempt would change.
const FINAL_CODES = {
  4401: ['off', 'The sign-in has ended.'],
  4403: ['none', 'This user has no phone.'],
  4409: ['elsewhere', 'The phone was opened in another place.'],
};

export class Phone extends EventTarget {
  #token;
  #state = 'off';
  #why = '';
  #account = null;
  #agent = null;
  #registerer = null;
  #wanted = new Map(); // contact id -> the microphone, opened while the INVITE is on its way
  #ringing = new Map(); // contact id -> Invitation that is not wanted yet
  #call = null;
  #generation = 0;
  #attempts = 0;
  #retry = null;
  #closeCode = 0;
  #output = '';
  #input = '';
  #audio = new Audio();

  /// @param token of the signed-in user, or what gives it
  constructor({ token }) {
    super();
    this.#token = typeof token === 'function' ? token : () => token;
    this.#audio.autoplay = true;
    addEventListener('online', () => this.retryNow());
  }

  get state() {
    return this.#state;
  }

  /// For people: why it is in this state; often empty.
  get why() {
    return this.#why;
  }

  /// The call there is, `{contactId, state: 'connecting' | 'talking', since, muted}`, or null.
  get call() {
    if (!this.#call) return null;
    const { contactId, state, since, muted } = this.#call;
    return { contactId, state, since, muted };
  }

  /// Contacts whose INVITE waits for answer(): calls on a phone that is the desktop itself.
  get ringing() {
    return [...this.#ringing.keys()];
  }

  /// Resolves when the first attempt has come to something; later losses are mended by themselves.
  async start() {
    await this.stop();
    const generation = this.#generation;
    const settled = this.#settled();
    this.#connect(generation);
    // The first opening of a microphone takes seconds on some machines, and asks its user; not in the first call.
    this.#microphone().then(stopTracks, () => {});
    return settled;
  }

  /// Ends a call in good order and gives the registration up.
  async stop() {
    this.#generation++;
    this.#noRetry();
    this.expect([]);
    this.hangUp();
    const agent = this.#agent;
    const registerer = this.#registerer;
    this.#agent = this.#registerer = this.#account = null;
    this.#attempts = 0;
    this.#become('off');
    // What was asked for (BYE, the end of the registration) is sent before the socket is closed.
    if (agent) await endInOrder(agent, registerer);
  }

  /// Whose INVITE is to be answered from now on: the contacts that this user has accepted.
  expect(contactIds) {
    for (const contactId of [...this.#wanted.keys()].filter(id => !contactIds.includes(id))) {
      this.#wanted.get(contactId).then(stopTracks, () => {});
      this.#wanted.delete(contactId);
    }
    for (const contactId of contactIds) {
      if (this.#call?.contactId === contactId || this.#wanted.has(contactId)) continue;
      if (this.#ringing.has(contactId)) this.answer(contactId);
      else this.#wanted.set(contactId, this.#microphone());
    }
  }

  /// Answers a call that rings.
  answer(contactId) {
    const invitation = this.#ringing.get(contactId);
    if (invitation) this.#answer(invitation, contactId, this.#microphone());
  }

  setMuted(muted) {
    if (!this.#call) return;
    this.#call.muted = muted;
    this.#call.microphone?.getAudioTracks().forEach(track => { track.enabled = !muted; });
    this.#tell();
  }

  /// One of 0-9*#A-D, as RFC 4733 in the media. False when there is no call to send it in.
  sendDigit(key) {
    if (!/^[0-9*#A-D]$/.test(key)) throw new RangeError(`a key is one of 0-9 * # A-D, but is ${key}`);
    if (this.#call?.state !== 'talking') return false;
    return this.#call.session.sessionDescriptionHandler.sendDtmf(key, { duration: 120, interToneGap: 70 });
  }

  hangUp() {
    const session = this.#call?.session;
    if (session?.state === SessionState.Established) session.bye().catch(() => {});
    else session?.reject({ statusCode: 480 }).catch(() => {});
  }

  /// Does not wait any longer for the next attempt, if one is awaited.
  retryNow() {
    if (this.#retry === null) return;
    this.#noRetry();
    this.#attempts = 0;
    this.#connect(this.#generation);
  }

  /// How the call sounds: `{rttMs, jitterMs, lostPercent, level, packets, codec, mos}`; null without a call.
  async quality() {
    return this.#call?.meter ? this.#call.meter.read() : null;
  }

  /// Ends the connection as a bad network would; the phone mends it. For the device check, and for tests.
  dropConnection() {
    this.#agent?.transport.ws?.close(3000, 'dropped');
  }

  /// The call's own connection, for statistics that quality() does not give.
  get peerConnection() {
    return this.#call?.session.sessionDescriptionHandler?.peerConnection ?? null;
  }

  /// What the caller says, to be drawn or measured.
  get remoteStream() {
    return this.#audio.srcObject;
  }

  /// Which microphone; a call in progress changes over at once.
  async setInput(deviceId) {
    this.#input = deviceId;
    const call = this.#call;
    if (!call?.microphone) return;
    const stream = await this.#microphone();
    const [track] = stream.getAudioTracks();
    track.enabled = !call.muted;
    await this.peerConnection?.getSenders().find(sender => sender.track?.kind === 'audio')?.replaceTrack(track);
    stopTracks(call.microphone);
    call.microphone = stream;
  }

  /// Which loudspeaker or headset.
  async setOutput(deviceId) {
    this.#output = deviceId;
    await this.#audio.setSinkId?.(deviceId);
  }

  // ---- registering

  async #connect(generation) {
    this.#become('connecting', this.#why);
    try {
      const ticket = await fetchTicket(this.#token(), this.#account?.endpoint);
      if (generation !== this.#generation) return;
      const server = addressOf(ticket);
      if (this.#agent && this.#account.endpoint === ticket.sip.user && this.#account.password === ticket.sip.password) {
        // The transport reads its address at each attempt: a ticket is good for one.
        this.#agent.transport.configuration.server = server;
        await this.#agent.transport.connect();
      } else {
        this.#newAgent(ticket, server);
        await this.#agent.start();
      }
      if (generation === this.#generation) await this.#register(generation);
    } catch (failure) {
      if (generation === this.#generation) this.#failed(failure);
    }
  }

  #newAgent(ticket, server) {
    const former = this.#agent;
    const { user, password, domain } = ticket.sip;
    this.#account = { endpoint: user, password };
    const agent = new UserAgent({
      uri: UserAgent.makeURI(`sip:${user}@${domain}`),
      authorizationUsername: user,
      authorizationPassword: password,
      transportOptions: { server, connectionTimeout: CONNECT_WITHIN_S, traceSip: false },
      logLevel: 'error',
      // A page that is left says nothing: the call is to come back to it when it was only loaded again.
      autoStop: false,
      reconnectionAttempts: 0,
      noAnswerTimeout: 60,
      sessionDescriptionHandlerFactory: Web.defaultSessionDescriptionHandlerFactory(() => this.#call.opening),
      sessionDescriptionHandlerFactoryOptions: {
        iceGatheringTimeout: GATHER_WITHIN_MS,
        peerConnectionConfiguration: { bundlePolicy: 'max-bundle', iceServers: ticket.iceServers ?? [] },
      },
      delegate: {
        onInvite: invitation => this.#invited(invitation),
        onDisconnect: failure => this.#disconnected(agent, failure),
      },
    });
    const registerer = new Registerer(agent, { expires: REGISTER_FOR_S, refreshFrequency: 80 });
    this.#agent = agent;
    this.#registerer = registerer;
    former?.transport.disconnect().catch(() => {});
    agent.transport.stateChange.addListener(state => {
      // The code says whether another attempt makes sense; sip.js does not pass it on.
      if (state === 'Connected') agent.transport.ws.addEventListener('close', event => { this.#closeCode = event.code; });
    });
    registerer.stateChange.addListener(state => {
      // A renewal that was refused; what ends with the connection is told by that.
      if (this.#registerer !== registerer || this.#state !== 'registered' || !agent.isConnected()) return;
      if (state === RegistererState.Unregistered) this.#failed(new Error('the registration was refused'));
    });
  }

  async #register(generation) {
    const answered = new Promise((accepted, refused) => {
      this.#registerer.register({
        requestDelegate: {
          onAccept: accepted,
          onReject: ({ message }) => refused(new Error(`the registration was refused: ${message.statusCode}`)),
        },
      }).catch(refused);
    });
    await answered;
    if (generation !== this.#generation) return;
    this.#attempts = 0;
    this.#become('registered');
  }

  #disconnected(agent, failure) {
    if (this.#agent !== agent) return;
    const final = FINAL_CODES[this.#closeCode];
    this.#closeCode = 0;
    if (final) this.#giveUp(...final);
    else this.#failed(failure ?? new Error('the connection ended'));
  }

  #failed(failure) {
    if (failure.status === 401) this.#giveUp('off', failure.message);
    else if (failure.status === 403 || failure.reason === 'no-browser-phones') this.#giveUp('none', failure.message);
    else {
      this.#noRetry();
      const generation = this.#generation;
      this.#retry = setTimeout(() => {
        this.#retry = null;
        this.#connect(generation);
      }, pauseBefore(++this.#attempts));
      this.#become(this.#attempts > FEW_ATTEMPTS ? 'failed' : 'connecting', failure.message);
    }
  }

  #noRetry() {
    clearTimeout(this.#retry);
    this.#retry = null;
  }

  #giveUp(state, why) {
    this.#noRetry();
    this.#agent = this.#registerer = this.#account = null;
    this.#become(state, why);
  }

  #settled() {
    return new Promise(resolve => {
      const settle = () => {
        if (this.#state === 'connecting') return;
        this.removeEventListener('change', settle);
        resolve();
      };
      this.addEventListener('change', settle);
    });
  }

  #become(state, why = '') {
    if (this.#state === state && this.#why === why) return;
    this.#state = state;
    this.#why = why;
    this.#tell();
  }

  #tell() {
    this.dispatchEvent(new Event('change'));
  }

  // ---- calls

  #invited(invitation) {
    const contactId = invitation.request.getHeader(CONTACT_HEADER);
    if (!contactId) {
      invitation.reject({ statusCode: 403 });
      return;
    }
    const microphone = this.#wanted.get(contactId);
    if (microphone) {
      this.#wanted.delete(contactId);
      this.#answer(invitation, contactId, microphone);
      return;
    }
    // It may have crossed the news that its user accepted; if that does not come, it rings until the caller of it stops.
    this.#ringing.set(contactId, invitation);
    invitation.stateChange.addListener(() => {
      if (this.#ringing.get(contactId) === invitation) this.#ringing.delete(contactId);
      this.#tell();
    });
    this.#tell();
  }

  async #answer(session, contactId, opening) {
    this.#ringing.delete(contactId);
    // One call at a time; a former one that is still here was lost (its media ended without a BYE).
    if (this.#call) this.#over(this.#call);
    const call = { contactId, session, state: 'connecting', since: Date.now(), muted: false, opening };
    this.#call = call;
    this.#tell();
    session.stateChange.addListener(state => {
      if (state === SessionState.Terminated) this.#over(call);
    });
    try {
      call.microphone = await call.opening;
      await session.accept({ sessionDescriptionHandlerOptions: { constraints: { audio: true, video: false } } });
      if (this.#call !== call) return;
      this.#talking(call);
    } catch (failure) {
      this.#why = `The call could not be answered: ${failure.message}`;
      if (session.state === SessionState.Initial) session.reject({ statusCode: 480 }).catch(() => {});
      this.#over(call);
    }
  }

  #talking(call) {
    const { peerConnection, remoteMediaStream } = call.session.sessionDescriptionHandler;
    call.meter = new QualityMeter(peerConnection);
    this.#audio.srcObject = remoteMediaStream;
    if (this.#output) this.#audio.setSinkId?.(this.#output).catch(() => {});
    // After a reload nobody has clicked yet; browsers let a page that records be heard all the same.
    this.#audio.play().catch(failure => {
      this.#why = `The call is not heard: ${failure.message}`;
      this.#tell();
    });
    peerConnection.addEventListener('connectionstatechange', () => {
      // No BYE: that would be the user's hanging up. The carrier notices the silence, and the call comes back.
      if (peerConnection.connectionState === 'failed') this.#over(call);
    });
    call.state = 'talking';
    call.since = Date.now();
    if (call.muted) this.setMuted(true);
    this.#tell();
  }

  #over(call) {
    stopTracks(call.microphone);
    call.opening?.then(stopTracks, () => {});
    call.session.sessionDescriptionHandler?.close();
    if (this.#call !== call) return;
    this.#call = null;
    this.#audio.srcObject = null;
    this.#tell();
  }

  #microphone() {
    const opening = openMicrophone(this.#input);
    opening.catch(() => {}); // reported where it is used
    return opening;
  }
}

function stopTracks(stream) {
  stream?.getTracks().forEach(track => track.stop());
}

async function endInOrder(agent, registerer) {
  try {
    if (agent.isConnected()) await registerer.unregister();
  } catch {
    // The server is gone; it forgets the registration by itself.
  }
  await agent.transport.disconnect().catch(() => {});
}
