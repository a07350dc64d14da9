package org.helpline.gateway;

import java.util.Locale;
import java.util.OptionalDouble;

/// How abandoned contacts enter the service level. A figure without its variant means nothing: on the same
/// day these differ by points.
public enum ServiceLevelVariant {
    /// Left within the threshold: nobody could have answered in time, so it counts as met.
    ABANDONS_WITHIN_THRESHOLD_MET {
        @Override
        OptionalDouble of(Counts c) {
            return share(c.answeredWithin + c.abandonedWithin, c.answered + c.abandoned);
        }
    },
    ABANDONS_IGNORED {
        @Override
        OptionalDouble of(Counts c) {
            return share(c.answeredWithin, c.answered);
        }
    },
    ABANDONS_COUNT_AGAINST {
        @Override
        OptionalDouble of(Counts c) {
            return share(c.answeredWithin, c.answered + c.abandoned);
        }
    },
    ABANDONS_WITHIN_THRESHOLD_LEFT_OUT {
        @Override
        OptionalDouble of(Counts c) {
            return share(c.answeredWithin, c.answered + c.abandoned - c.abandonedWithin);
        }
    };

    /// Empty while there is nothing to measure.
    abstract OptionalDouble of(Counts counts);

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static OptionalDouble share(long part, long whole) {
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
    }

    /// One day's contacts of one row.
    record Counts(long answered, long answeredWithin, long abandoned, long abandonedWithin) {
        static final Counts NONE = new Counts(0, 0, 0, 0);

        Counts plusAnswered(boolean within) {
            return new Counts(answered + 1, answeredWithin + (within ? 1 : 0), abandoned, abandonedWithin);
        }

        Counts plusAbandoned(boolean within) {
            return new Counts(answered, answeredWithin, abandoned + 1, abandonedWithin + (within ? 1 : 0));
        }
    }
}
