package org.helpline.telephony.sip;

/// G.711 µ-law.
final class Ulaw {
    private static final int BIAS = 0x84;
    private static final int CLIP = 32635;

    private Ulaw() {}

    static byte encode(short sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(Math.abs((int) sample), CLIP) + BIAS;
        int exponent = 31 - Integer.numberOfLeadingZeros(magnitude) - 7;
        int mantissa = (magnitude >> (exponent + 3)) & 0x0f;
        return (byte) ~(sign | (exponent << 4) | mantissa);
    }

    static short decode(byte code) {
        int bits = ~code & 0xff;
        int magnitude = (((bits & 0x0f) << 3) + BIAS) << ((bits >> 4) & 7);
        int value = magnitude - BIAS;
        return (short) ((bits & 0x80) == 0 ? value : -value);
    }
}
