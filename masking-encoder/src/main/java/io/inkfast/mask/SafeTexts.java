package io.inkfast.mask;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * Logback gives all events between two changes of the MDC the same map, and a statement has the same template each time.
 */
/** What was decided about templates and maps of the MDC, which return. One thread. */
final class SafeTexts {

    private static final int TEMPLATES = 128;
    private static final int LONGEST = 512;
    private static final int MAPS = 8;

    private record Template(String text, String safe) {}

    private record Known(MapSnapshot before, Map<String, String> safe) {}

    private final Sanitizer sanitizer;
    private final @Nullable Template[] templates = new Template[TEMPLATES];
    private final @Nullable Known[] maps = new Known[MAPS];
    private int next;
    private int version;

    SafeTexts(Sanitizer sanitizer) {
        this.sanitizer = sanitizer;
    }

    /** To be called before each event: what was decided holds as long as this is the same. */
    void begin(int newVersion) {
        if (version != newVersion) {
            version = newVersion;
            Arrays.fill(templates, null);
            Arrays.fill(maps, null);
        }
    }

    String template(String text) {
        int slot = (text.hashCode() ^ (text.hashCode() >>> 16)) & (TEMPLATES - 1);
        Template known = templates[slot];
        if (known == null || !known.text.equals(text)) {
            known = new Template(text, sanitizer.text(text));
            if (text.length() <= LONGEST) {
                templates[slot] = known;
            }
        }
        return known.safe;
    }

    Map<String, String> map(Map<String, String> map) {
        int slot = next;
        for (int i = 0; i < MAPS; i++) {
            Known one = maps[i];
            if (one != null && one.before.isOf(map)) {
                if (one.before.isAsItWas()) {
                    return one.safe;
                }
                slot = i;
            }
        }
        Known known = new Known(new MapSnapshot(map), sanitizer.newMdc(map));
        maps[slot] = known;
        next = (next + 1) & (MAPS - 1);
        return known.safe;
    }
}
