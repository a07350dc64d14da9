package org.helpline.benchmarks;

import java.util.Arrays;
import java.util.Collection;

/// One measured value: the median of the rounds, and the least and the greatest of them.
public record Figure(double value, double low, double high) {
    public Figure {
        if (!(low <= value && value <= high)) {
            throw new IllegalArgumentException(low + " <= " + value + " <= " + high + " does not hold");
        }
    }

    /// @param rounds one value a round, at least one; of an even number the mean of the middle two is taken
    public static Figure of(Collection<Double> rounds) {
        double[] sorted =
                rounds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) throw new IllegalArgumentException("no round was measured");
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Figure(median, sorted[0], sorted[sorted.length - 1]);
    }

    public static Figure once(double value) {
        return new Figure(value, value, value);
    }

    /// Nearest rank: the least value that at least `percent` of them do not exceed.
    ///
    /// @param percent over 0, up to 100
    public static double percentile(double[] values, double percent) {
        if (values.length == 0) throw new IllegalArgumentException("no values");
        if (!(percent > 0 && percent <= 100))
            throw new IllegalArgumentException("percent must be 0 to 100: " + percent);
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(percent / 100 * sorted.length) - 1];
    }
}
