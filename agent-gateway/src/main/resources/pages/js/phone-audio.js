// Microphones, loudspeakers, and whether they work: for the device check before the first call.

// Opens the microphone, or the one that was chosen; when that is gone, whatever there is.
export async function openMicrophone(deviceId = '') {
  const audio = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  if (deviceId) {
    try {
      return await navigator.mediaDevices.getUserMedia({ audio: { ...audio, deviceId: { exact: deviceId } } });
    } catch (failure) {
      if (failure.name !== 'OverconstrainedError' && failure.name !== 'NotFoundError') throw failure;
    }
  }
  return navigator.mediaDevices.getUserMedia({ audio });
}

// { inputs, outputs } as [{ id, name }]. Names are known once the microphone was allowed.
export async function audioDevices() {
  const devices = await navigator.mediaDevices.enumerateDevices();
  const named = kind => devices.filter(device => device.kind === kind).map(({ deviceId, label }) => ({ id: deviceId, name: label }));
  return { inputs: named('audioinput'), outputs: named('audiooutput') };
}

// Whether pages may use the microphone: granted, prompt, denied; unknown where a browser does not say.
export async function microphonePermission() {
  try {
    return (await navigator.permissions.query({ name: 'microphone' })).state;
  } catch {
    return 'unknown';
  }
}

// The level of a stream, 0 to 1, as often as read() is called. close() gives its resources back.
export class LevelMeter {
  #context = new AudioContext();
  #analyser = this.#context.createAnalyser();
  #samples;

  constructor(stream) {
    this.#analyser.fftSize = 1024;
    this.#samples = new Float32Array(this.#analyser.fftSize);
    this.#context.createMediaStreamSource(stream).connect(this.#analyser);
    this.#context.resume().catch(() => {});
  }

  read() {
    this.#analyser.getFloatTimeDomainData(this.#samples);
    const power = this.#samples.reduce((sum, sample) => sum + sample * sample, 0) / this.#samples.length;
    return Math.min(1, Math.sqrt(power) * Math.SQRT2);
  }

  close() {
    return this.#context.close();
  }
}

// Plays a short tone to the chosen output, so that its user can tell whether it is the right one.
export async function playTestTone(deviceId = '', milliseconds = 700) {
  const context = new AudioContext(deviceId ? { sinkId: deviceId } : {});
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = 440;
  volume.gain.value = 0.2;
  tone.connect(volume).connect(context.destination);
  await new Promise(ended => {
    tone.onended = ended;
    tone.start();
    tone.stop(context.currentTime + milliseconds / 1000);
  });
  await context.close();
}
