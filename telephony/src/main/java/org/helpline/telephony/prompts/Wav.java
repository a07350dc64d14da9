package org.helpline.telephony.prompts;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Mono samples of 16 bits, and their way into and out of a RIFF WAVE file.
final class Wav {
    static final int TELEPHONE_RATE = 8000;
    private static final int HEADER_BYTES = 44;
    private static final int PCM = 1;
    private static final int EXTENSIBLE = 0xFFFE;

    /// Zero crossings of the low-pass filter on each side: enough to keep what folds back 50 dB down.
    private static final int LOBES = 16;

    private final int rate;
    private final short[] samples;

    Wav(int rate, short[] samples) {
        this.rate = rate;
        this.samples = samples;
    }

    int rate() {
        return rate;
    }

    int length() {
        return samples.length;
    }

    short at(int index) {
        return samples[index];
    }

    /// @throws IOException when it is not uncompressed 16-bit audio
    static Wav parse(byte[] file) throws IOException {
        ByteBuffer data = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < 12 || !text(data, 0).equals("RIFF") || !text(data, 8).equals("WAVE")) {
            throw new IOException("it is no WAV file");
        }
        int channels = 0;
        int rate = 0;
        for (int at = 12; at + 8 <= file.length; ) {
            String chunk = text(data, at);
            int size = Math.clamp(data.getInt(at + 4) & 0xffffffffL, 0, file.length - at - 8);
            if (chunk.equals("fmt ") && size >= 16) {
                int coding = data.getShort(at + 8) & 0xffff;
                channels = data.getShort(at + 10);
                rate = data.getInt(at + 12);
                int bits = data.getShort(at + 22);
                if ((coding != PCM && coding != EXTENSIBLE) || bits != 16 || channels < 1 || rate < TELEPHONE_RATE) {
                    throw new IOException("it must be 16-bit PCM of 8000 Hz or more, but is coding " + coding + ", "
                            + bits + " bits, " + rate + " Hz");
                }
            } else if (chunk.equals("data") && channels > 0) {
                return new Wav(rate, mono(data.slice(at + 8, size).order(ByteOrder.LITTLE_ENDIAN), channels));
            }
            at += 8 + size + (size & 1);
        }
        throw new IOException("it holds no audio");
    }

    private static String text(ByteBuffer data, int at) {
        byte[] four = new byte[4];
        data.get(at, four);
        return new String(four, StandardCharsets.US_ASCII);
    }

    private static short[] mono(ByteBuffer frames, int channels) {
        short[] samples = new short[frames.remaining() / (2 * channels)];
        for (int i = 0; i < samples.length; i++) {
            int sum = 0;
            for (int channel = 0; channel < channels; channel++) {
                sum += frames.getShort();
            }
            samples[i] = (short) (sum / channels);
        }
        return samples;
    }

    /// At 8 kHz, with everything above half of that filtered out first: a windowed sinc evaluated at each
    /// new sample.
    Wav forTelephone() {
        if (rate == TELEPHONE_RATE) {
            return this;
        }
        double step = (double) rate / TELEPHONE_RATE;
        int reach = (int) Math.ceil(LOBES * step);
        short[] resampled = new short[(int) Math.round(samples.length / step)];
        for (int i = 0; i < resampled.length; i++) {
            double centre = i * step;
            int first = Math.max(0, (int) Math.ceil(centre) - reach);
            int last = Math.min(samples.length - 1, (int) Math.floor(centre) + reach);
            double sum = 0;
            double weights = 0;
            for (int j = first; j <= last; j++) {
                double weight = weight((j - centre) / step);
                sum += weight * samples[j];
                weights += weight;
            }
            resampled[i] = (short) Math.clamp(Math.round(sum / weights), Short.MIN_VALUE, Short.MAX_VALUE);
        }
        return new Wav(TELEPHONE_RATE, resampled);
    }

    private static double weight(double x) {
        if (Math.abs(x) >= LOBES) {
            return 0;
        }
        double sinc = x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
        return sinc * (0.5 + 0.5 * Math.cos(Math.PI * x / LOBES));
    }

    byte[] encode() {
        int bytes = 2 * samples.length;
        ByteBuffer file = ByteBuffer.allocate(HEADER_BYTES + bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(HEADER_BYTES - 8 + bytes)
                .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) PCM)
                .putShort((short) 1)
                .putInt(rate)
                .putInt(2 * rate)
                .putShort((short) 2)
                .putShort((short) 16)
                .put("data".getBytes(StandardCharsets.US_ASCII))
                .putInt(bytes);
        for (short sample : samples) {
            file.putShort(sample);
        }
        return file.array();
    }
}
