package org.helpline.gateway;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;

/// How abandoned contacts enter the service level. A figure without its variant means nothing: on the same
/// day these differ by points.
public enum ServiceLevelVariant {
    /// Left within the threshold: nobody could have answered in time, so it counts as met.
    ABANDONS_WITHIN_THRESHOLD_MET {
        @Override
        public OptionalDouble of(Counts c) {
            return share(c.answeredWithin + c.abandonedWithin, c.answered + c.abandoned);
        }
    },
    ABANDONS_IGNORED {
        @Override
        public OptionalDouble of(Counts c) {
            return share(c.answeredWithin, c.answered);
        }
    },
    ABANDONS_COUNT_AGAINST {
        @Override
        public OptionalDouble of(Counts c) {
            return share(c.answeredWithin, c.answered + c.abandoned);
        }
    },
    ABANDONS_WITHIN_THRESHOLD_LEFT_OUT {
        @Override
        public OptionalDouble of(Counts c) {
            return share(c.answeredWithin, c.answered + c.abandoned - c.abandonedWithin);
        }
    },
    /// Left almost at once: counts as met; everybody else who left counts against.
    ONLY_SHORT_ABANDONS_MET {
        @Override
        public OptionalDouble of(Counts c) {
            return share(c.answeredWithin + c.abandonedShort, c.answered + c.abandoned);
        }
    };

    /// Empty while there is nothing to measure.
    public abstract OptionalDouble of(Counts counts);

    /// As the configuration, the live figures and Prometheus name it.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static OptionalDouble share(long part, long whole) {
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
    }

    /// One day's contacts of one row.
    ///
    /// @param abandonedWithin of the abandoned ones, those who left within the threshold
    /// @param abandonedShort of the abandoned ones, those who left within the time of a short abandon
    public record Counts(
            long answered, long answeredWithin, long abandoned, long abandonedWithin, long abandonedShort) {
        public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

        /// One more that was answered after this wait.
        public Counts plusAnswered(Duration wait, ServiceLevel by) {
            return new Counts(
                    answered + 1, answeredWithin + one(by.met(wait)), abandoned, abandonedWithin, abandonedShort);
        }

        /// One more that left after this wait.
        public Counts plusAbandoned(Duration wait, ServiceLevel by) {
            return new Counts(
                    answered,
                    answeredWithin,
                    abandoned + 1,
                    abandonedWithin + one(by.met(wait)),
                    abandonedShort + one(by.shortAbandon(wait)));
        }

        private static int one(boolean counts) {
            return counts ? 1 : 0;
        }
    }
}
