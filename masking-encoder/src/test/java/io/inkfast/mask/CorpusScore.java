package io.inkfast.mask;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Passed and all cases, by class and profile. */
final class CorpusScore {

    private final Map<String, int[]> counts = new LinkedHashMap<>();
    private final List<String> unavailable = new ArrayList<>();

    void add(CorpusCase one, boolean passed) {
        int[] count = counts.computeIfAbsent(one.kind() + " " + one.profile(), key -> new int[2]);
        count[0] += passed ? 1 : 0;
        count[1]++;
    }

    void unavailable(String profile) {
        unavailable.add(profile);
    }

    /** Of all classes whose name begins so; rounded down to a tenth, so that 100 is all of them. */
    double percent(String kind) {
        int passed = 0;
        int all = 0;
        for (Map.Entry<String, int[]> entry : counts.entrySet()) {
            if (entry.getKey().startsWith(kind)) {
                passed += entry.getValue()[0];
                all += entry.getValue()[1];
            }
        }
        return all == 0 ? 0 : percent(passed, all);
    }

    private static double percent(int passed, int all) {
        return passed * 1000L / all / 10.0;
    }

    @Override
    public String toString() {
        StringBuilder table =
                new StringBuilder("%-18s %-8s %7s %6s %8s%n".formatted("class", "profile", "passed", "of", "%"));
        counts.forEach((key, count) -> {
            String[] names = key.split(" ", -1);
            table.append("%-18s %-8s %7d %6d %8.1f%n"
                    .formatted(names[0], names[1], count[0], count[1], percent(count[0], count[1])));
        });
        for (String kind : List.of("plain", "awkward", "exotic", "lookalike", "injection")) {
            table.append("%-18s %-8s %7s %6s %8.1f%n".formatted(kind, "all", "", "", percent(kind)));
        }
        unavailable.forEach(profile -> table.append("profile " + profile + ": not available\n"));
        return table.toString();
    }
}
