package io.inkfast.mask;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives each name at the top of an event's object away once. The encoder's own names are its own, whether it writes them
 * this time or not; of the data, who comes first keeps the name, and the next gets {@code name_1}, {@code name_2}. One
 * thread.
 */
final class TopLevelNames {

    private static final int FEW = 16;

    private final Set<String> reserved;
    private final String[] few = new String[FEW];
    private final Map<String, Integer> many = new HashMap<>();
    private int count;
    private boolean data;

    /** @param reserved the names that the encoder writes itself */
    TopLevelNames(Set<String> reserved) {
        this.reserved = reserved;
    }

    /** To be called before each event. */
    void begin() {
        count = 0;
        data = false;
        if (!many.isEmpty()) {
            many.clear();
        }
    }

    /** Whether what is written from now on is data, and not the encoder's own. */
    void data(boolean isData) {
        data = isData;
    }

    /** The name to write instead of this one; the same instance if nobody has it. */
    String unique(String name) {
        if (!data || (!reserved.contains(name) && take(name))) {
            return name;
        }
        for (int number = many.getOrDefault(name, 0) + 1; ; number++) {
            String other = name + '_' + number;
            if (!reserved.contains(other) && take(other)) {
                many.put(name, number);
                return other;
            }
        }
    }

    /** The names of data so far; null if there are too many to tell. */
    String @Nullable [] taken() {
        return many.isEmpty() ? Arrays.copyOf(few, count) : null;
    }

    /* Few names are compared one by one, without garbage; a flood of them must not cost the square of its size. */
    private boolean take(String name) {
        int known = Math.min(count, FEW);
        for (int i = 0; i < known; i++) {
            if (few[i].equals(name)) {
                return false;
            }
        }
        if (count < FEW) {
            few[count++] = name;
            return true;
        }
        return many.putIfAbsent(name, 0) == null;
    }
}
