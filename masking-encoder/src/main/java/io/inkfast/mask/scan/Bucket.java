package io.inkfast.mask.scan;

import io.inkfast.mask.scan.Anchors.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/*
 * The cost of a bucket is the chance that four neighbours in a log line match it: the product of how often characters of
 * its four sets stand in logs. Windows go where they add least to the sum, the widest first, and are then moved about
 * until that does not help any more.
 */
/** Windows that are searched for together: four sets that are the unions of the windows' sets. One thread. */
final class Bucket {

    private static final String BY_FREQUENCY = "eaortdcsnilmbpufhvkgwyxqjz";
    private static final double[] WEIGHTS = new double[Anchors.CHARACTERS];
    private static final int ROUNDS = 3;
    private static final int SHUFFLES = 4;
    private static final long SEED = 17; // the same arrangement each time

    static {
        for (int c = 0; c < Anchors.CHARACTERS; c++) {
            WEIGHTS[c] = weight((char) c);
        }
    }

    private final int[][] counts = new int[Anchors.LENGTH][Anchors.CHARACTERS];
    private final double[] sums = new double[Anchors.LENGTH];
    private final List<Window> windows = new ArrayList<>();

    /** At most sixteen buckets that hold these windows: the best of several arrangements. */
    static List<Bucket> sort(List<Window> windows) {
        List<Window> widestFirst = new ArrayList<>(windows);
        widestFirst.sort(
                Comparator.comparingDouble((Window window) -> cost(window)).reversed());
        List<Bucket> best = arranged(widestFirst);
        Random random = new Random(SEED);
        for (int i = 0; i < SHUFFLES && windows.size() > 1; i++) {
            List<Window> shuffled = new ArrayList<>(widestFirst);
            Collections.shuffle(shuffled, random);
            List<Bucket> buckets = arranged(shuffled);
            best = sum(buckets) < sum(best) ? buckets : best;
        }
        return best;
    }

    private static List<Bucket> arranged(List<Window> windows) {
        List<Bucket> buckets = new ArrayList<>();
        for (int b = 0; b < Anchors.BUCKETS; b++) {
            buckets.add(new Bucket());
        }
        for (Window window : windows) {
            cheapest(buckets, window).add(window);
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (Bucket bucket : buckets) {
                for (Window window : List.copyOf(bucket.windows)) {
                    bucket.remove(window);
                    cheapest(buckets, window).add(window);
                }
            }
        }
        buckets.removeIf(bucket -> bucket.windows.isEmpty());
        return buckets;
    }

    private static double sum(List<Bucket> buckets) {
        return buckets.stream().mapToDouble(Bucket::cost).sum();
    }

    private static Bucket cheapest(List<Bucket> buckets, Window window) {
        Bucket cheapest = buckets.get(0);
        double least = Double.MAX_VALUE;
        for (Bucket bucket : buckets) {
            double more = bucket.with(window) - bucket.cost();
            if (more < least) {
                least = more;
                cheapest = bucket;
            }
        }
        return cheapest;
    }

    List<Window> windows() {
        return windows;
    }

    boolean admits(int position, int character) {
        return counts[position][character] > 0;
    }

    /** All handlers of the windows, one bit each. */
    int handlers() {
        int all = 0;
        for (Window window : windows) {
            all |= window.handlers;
        }
        return all;
    }

    private void add(Window window) {
        windows.add(window);
        for (int k = 0; k < Anchors.LENGTH; k++) {
            for (int c : window.sets[k]) {
                if (counts[k][c]++ == 0) {
                    sums[k] += WEIGHTS[c];
                }
            }
        }
    }

    private void remove(Window window) {
        windows.remove(window);
        for (int k = 0; k < Anchors.LENGTH; k++) {
            for (int c : window.sets[k]) {
                if (--counts[k][c] == 0) {
                    sums[k] -= WEIGHTS[c];
                }
            }
        }
    }

    private double cost() {
        return sums[0] * sums[1] * sums[2] * sums[3];
    }

    private double with(Window window) {
        double product = 1;
        for (int k = 0; k < Anchors.LENGTH; k++) {
            double sum = sums[k];
            for (int c : window.sets[k]) {
                if (counts[k][c] == 0) {
                    sum += WEIGHTS[c];
                }
            }
            product *= sum;
        }
        return product;
    }

    private static double cost(Window window) {
        return new Bucket().with(window);
    }

    /* How often a character stands in log lines, roughly. */
    private static double weight(char c) {
        if (c < Anchors.OTHER && Chars.letter(c)) {
            int rank = BY_FREQUENCY.indexOf(Chars.toLower(c));
            return (Chars.upper(c) ? 0.1 : 1.0) * 0.05 / (1 + rank * 0.2);
        }
        if (c < Anchors.OTHER && Chars.digit(c)) {
            return 0.03;
        }
        return switch (c) {
            case ' ' -> 0.09;
            case '.', ':', '-' -> 0.025;
            case '/', '_', '=', '[', ']', ',' -> 0.008;
            default -> 0.002;
        };
    }
}
