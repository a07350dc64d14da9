// Microphone, level, speaker and registration, checked by the agent before the first call.
import { html, nothing } from '../lit.js';
import { icon } from '../icons.js';
import { openDialog } from '../dialog.js';
import { announce } from '../announcer.js';
import { stateOf } from '../words.js';
import { allowNotifications } from './attention.js';
import { phoneStates } from './phone-line.js';

const heardLevel = 0.02;

/// @param phone the PhoneLine of this tab
export function openDeviceCheck(phone) {
  const check = { microphone: 'asking', why: '', level: 0, heard: false, inputs: [], outputs: [], playing: false, played: false, notifications: 'Notification' in window ? Notification.permission : 'denied' };
  let stream = null;
  let audio = null;
  let frame = 0;
  let closed = false;

  const dialog = openDialog(
    close => ({
      title: 'Device check',
      body: html`<div class="stack loose">${microphonePart(check, phone, listen)}${speakerPart(check, phone, play)}${phonePart(phone)}${notificationPart(check, allow)}</div>`,
      footer: html`<button type="button" class="button primary" id="devices-done" @click=${close}>Done</button>`,
    }),
    {
      onClose: () => {
        closed = true;
        stop();
        phone.removeEventListener('change', dialog.update);
      },
    },
  );
  phone.addEventListener('change', dialog.update);
  listen(phone.devices.input);

  function stop() {
    cancelAnimationFrame(frame);
    for (const track of stream?.getTracks() ?? []) track.stop();
    audio?.close();
    stream = null;
    audio = null;
  }

  async function listen(deviceId) {
    stop();
    check.microphone = 'asking';
    dialog.update();
    try {
      if (!navigator.mediaDevices) throw new DOMException('This page has no secure connection.', 'SecurityError');
      const wanted = { audio: deviceId ? { deviceId: { ideal: deviceId } } : true };
      const given = await navigator.mediaDevices.getUserMedia(wanted);
      if (closed) {
        for (const track of given.getTracks()) track.stop();
        return;
      }
      stream = given;
      check.microphone = 'open';
      const devices = await navigator.mediaDevices.enumerateDevices();
      check.inputs = devices.filter(device => device.kind === 'audioinput');
      check.outputs = devices.filter(device => device.kind === 'audiooutput');
      meter();
    } catch (failure) {
      check.microphone = 'failed';
      check.why = whyNot(failure);
      announce(check.why);
    }
    if (!closed) dialog.update();
  }

  function meter() {
    audio = new AudioContext();
    const analyser = audio.createAnalyser();
    analyser.fftSize = 1024;
    audio.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const look = () => {
      if (closed) return;
      analyser.getFloatTimeDomainData(samples);
      const level = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
      check.level = Math.max(level, check.level * 0.9);
      if (!check.heard && check.level > heardLevel) {
        check.heard = true;
        announce('The microphone hears you.');
        dialog.update();
      }
      const bar = dialog.element.querySelector('meter');
      if (bar) bar.value = Math.min(1, check.level * 4);
      frame = requestAnimationFrame(look);
    };
    look();
  }

  /// A second of 440 Hz, by the speaker that was chosen.
  async function play() {
    check.playing = true;
    dialog.update();
    const tone = new AudioContext();
    const gain = tone.createGain();
    gain.gain.value = 0.15;
    const oscillator = tone.createOscillator();
    oscillator.frequency.value = 440;
    const out = tone.createMediaStreamDestination();
    oscillator.connect(gain).connect(out);
    const player = new Audio();
    player.srcObject = out.stream;
    try {
      if (phone.devices.output && player.setSinkId) await player.setSinkId(phone.devices.output);
      oscillator.start();
      await player.play();
      await new Promise(done => setTimeout(done, 1000));
    } catch {
      // A speaker that is gone: the choice below says which there are.
    } finally {
      player.pause();
      await tone.close();
      check.playing = false;
      check.played = true;
      if (!closed) dialog.update();
    }
  }

  async function allow() {
    check.notifications = await allowNotifications();
    if (!closed) dialog.update();
  }
}

function whyNot({ name, message }) {
  const words = {
    NotAllowedError: 'The browser does not allow the microphone. Allow it in the address bar, then check again.',
    NotFoundError: 'No microphone was found. Plug one in, then check again.',
    NotReadableError: 'The microphone is used by another program.',
    SecurityError: 'Browsers give the microphone to secure pages only (https, or this machine).',
  };
  return words[name] ?? `The microphone cannot be used: ${message}`;
}

function mark(hue, name, word) {
  return html`<span class="badge ${hue}">${icon(name)}${word}</span>`;
}

function microphonePart(check, phone, listen) {
  return html`<section class="stack" aria-labelledby="microphone-title">
    <div class="row spread"><h3 id="microphone-title">Microphone</h3>
      ${check.microphone === 'asking'
        ? mark('wait', 'clock', 'Asking the browser')
        : check.microphone === 'failed'
          ? mark('bad', 'bad', 'Not available')
          : check.heard
            ? mark('good', 'ready', 'Hears you')
            : mark('wait', 'mic', 'Say something')}</div>
    ${check.microphone === 'failed'
      ? html`<p>${check.why}</p><div><button type="button" class="button" @click=${() => listen(phone.devices.input)}>Check again</button></div>`
      : html`<label class="field"><span class="small">Level</span><meter min="0" max="1" low="0.1" optimum="0.5" value="0"></meter></label>
          ${deviceChoice('input', 'Microphone to use', check.inputs, phone.devices.input, id => {
            phone.useDevices({ input: id });
            listen(id);
          })}`}
  </section>`;
}

function speakerPart(check, phone, play) {
  return html`<section class="stack" aria-labelledby="speaker-title">
    <div class="row spread"><h3 id="speaker-title">Speaker</h3>${check.played ? mark('good', 'ready', 'Tone played') : nothing}</div>
    ${deviceChoice('output', 'Speaker to use', check.outputs, phone.devices.output, id => phone.useDevices({ output: id }))}
    <div><button type="button" class="button" id="test-tone" ?disabled=${check.playing} @click=${play}>${icon('speaker')} ${check.playing ? 'Playing …' : 'Play a test tone'}</button></div>
  </section>`;
}

function deviceChoice(id, label, devices, chosen, changed) {
  return html`<div class="field">
    <label for="device-${id}">${label}</label>
    <select id="device-${id}" ?disabled=${!devices.length} @change=${event => changed(event.target.value)}>
      ${devices.length
        ? devices.map((device, index) => html`<option value=${device.deviceId} ?selected=${device.deviceId === chosen}>${device.label || `Device ${index + 1}`}</option>`)
        : html`<option value="">As the system has it</option>`}
    </select>
  </div>`;
}

function phonePart(phone) {
  const look = stateOf(phoneStates, phone.state);
  return html`<section class="row spread" aria-labelledby="phone-check-title">
    <h3 id="phone-check-title">Connection of the phone</h3>
    <span class="badge ${look.hue}">${icon(look.icon)}${look.word}</span>
    ${phone.why ? html`<p class="small quiet">${phone.why}</p>` : nothing}
  </section>`;
}

function notificationPart(check, allow) {
  return html`<section class="row spread" aria-labelledby="notes-title">
    <h3 id="notes-title">Notifications of offers</h3>
    ${check.notifications === 'granted'
      ? mark('good', 'ready', 'Allowed')
      : check.notifications === 'denied'
        ? mark('', 'info', 'Not allowed in this browser')
        : html`<button type="button" class="button" @click=${allow}>${icon('bell')} Allow</button>`}
  </section>`;
}
