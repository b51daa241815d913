package io.inkfast.mask.scan;

import java.util.Arrays;

/**
 * Brings the findings of several searches into one order and makes one of those that overlap: of two that lie in each other
 * the outer one counts, of two that cross both together; and if one of them is masked, so is the whole.
 */
final class Overlaps {

    private Overlaps() {}

    static void resolve(Text text, Rules rules) {
        int n = text.count / 3;
        int[] spans = text.spans;
        long[] order = new long[n];
        for (int i = 0; i < n; i++) {
            order[i] = (long) spans[3 * i] << 32 | i;
        }
        Arrays.sort(order);
        int[] sorted = new int[spans.length];
        int count = 0;
        for (long entry : order) {
            int from = 3 * (int) entry;
            int start = spans[from];
            int end = spans[from + 1];
            int type = spans[from + 2];
            if (count > 0 && start < sorted[count - 2]) {
                int before = sorted[count - 1];
                if (end <= sorted[count - 2]) {
                    sorted[count - 1] = stricter(before, type, before, rules);
                } else {
                    int otherwise = start == sorted[count - 3] ? type : Types.KNOWN;
                    sorted[count - 1] = stricter(before, type, otherwise, rules);
                }
                sorted[count - 2] = Math.max(end, sorted[count - 2]);
            } else {
                sorted[count++] = start;
                sorted[count++] = end;
                sorted[count++] = type;
            }
        }
        text.spans = sorted;
        text.count = count;
    }

    private static int stricter(int one, int other, int otherwise, Rules rules) {
        if (one == other || rules.replacement(one) == Replacement.MASK) {
            return one;
        }
        return rules.replacement(other) == Replacement.MASK ? other : otherwise;
    }
}
