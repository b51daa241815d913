package io.inkfast.wal.event;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a journal keeps what opens its sealed records, beside the keyset: as {@code "seal":"<text>"} among what the owner says
 * about itself in each segment. See {@link io.inkfast.keys.RecordSeal}.
 */
public final class JournalSeal {

    /** What the records of a journal are sealed for. */
    public static final String PURPOSE = "journal";

    private static final Pattern SEAL = Pattern.compile("\"seal\":\"([\\w.-]+)\"");

    private JournalSeal() {}

    /** The text as a member of a JSON object. */
    public static String member(String text) {
        return "\"seal\":\"" + text + "\"";
    }

    /** The texts that are among what owners say. */
    public static Set<String> in(List<String> metas) {
        Set<String> texts = new LinkedHashSet<>();
        for (String meta : metas) {
            Matcher seal = SEAL.matcher(meta);
            if (seal.find()) {
                texts.add(seal.group(1));
            }
        }
        return texts;
    }
}
