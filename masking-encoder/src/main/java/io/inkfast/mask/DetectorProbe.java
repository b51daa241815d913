package io.inkfast.mask;

import io.inkfast.mask.search.Probe;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Asks a detector that may fail. Any thread. */
final class DetectorProbe implements Probe {

    private static final int MOST_FAILURES = 3;

    private final Detector detector;
    private final Consumer<String> errors;
    private final AtomicInteger failures = new AtomicInteger();

    DetectorProbe(Detector detector, Consumer<String> errors) {
        this.detector = detector;
        this.errors = errors;
    }

    @Override
    public Result look(char[] text, int at, int from, int to, int[] span) {
        if (failures.get() >= MOST_FAILURES) {
            return Result.FAILED;
        }
        Span found = new Span();
        try {
            if (!detector.match(text, at, from, to, found)) {
                return Result.NOTHING;
            }
        } catch (Throwable e) {
            return failed(e.getClass().getName());
        }
        if (found.start() < from || found.end() > to || found.start() >= found.end()) {
            return failed("a span outside of the text");
        }
        span[0] = found.start();
        span[1] = found.end();
        return Result.FOUND;
    }

    private Result failed(String how) {
        if (failures.getAndIncrement() == 0) {
            errors.accept(
                    "<detector> [" + detector.getClass().getName() + "] failed [" + how + "]; the text was withheld."
                            + " From its third failure on, every text with one of its anchors is");
        }
        return Result.FAILED;
    }
}
