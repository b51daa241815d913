package io.inkfast.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** The values of one figure over all rounds, in the order of the rounds. */
final class Series {

    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    double median() {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    double min() {
        return Collections.min(values);
    }

    double max() {
        return Collections.max(values);
    }

    double sum() {
        return values.stream().mapToDouble(Double::doubleValue).sum();
    }

    boolean single() {
        return values.size() == 1;
    }

    /** Each value made into another one. */
    Series map(DoubleUnaryOperator change) {
        Series changed = new Series();
        values.forEach(value -> changed.add(change.applyAsDouble(value)));
        return changed;
    }

    /** How many times the other this is, round by round; by the medians, if one of the two has missed a round. */
    Series over(Series other) {
        Series ratios = new Series();
        if (values.size() != other.values.size()) {
            ratios.add(median() / other.median());
            return ratios;
        }
        for (int i = 0; i < values.size(); i++) {
            ratios.add(values.get(i) / other.values.get(i));
        }
        return ratios;
    }
}
