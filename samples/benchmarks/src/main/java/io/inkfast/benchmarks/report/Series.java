package io.inkfast.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The values of one figure over all rounds. */
final class Series {

    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
        Collections.sort(values);
    }

    double median() {
        int half = values.size() / 2;
        return values.size() % 2 == 1 ? values.get(half) : (values.get(half - 1) + values.get(half)) / 2;
    }

    double min() {
        return values.get(0);
    }

    double max() {
        return values.get(values.size() - 1);
    }

    double sum() {
        return values.stream().mapToDouble(Double::doubleValue).sum();
    }

    boolean single() {
        return values.size() == 1;
    }
}
