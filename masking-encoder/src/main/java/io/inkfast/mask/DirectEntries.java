package io.inkfast.mask;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/*
 * Of many names the value is one of a few. What was written for a name and a value is kept when they come for the second
 * time; values that do not return leave only a number behind.
 */
/** Texts under names, as members of the line's object. One thread. */
final class DirectEntries {

    private static final int SLOTS = 256;
    private static final int MOST_BYTES = 256;

    private final @Nullable Entry[] entries = new Entry[SLOTS];
    private final int[] seen = new int[SLOTS];
    private int version;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Entry(String key, String value, byte[] json) {}

    /** False if Jackson must write it; the name need not be free. */
    boolean write(String key, String value, DirectWriter to) {
        if (version != to.version()) {
            version = to.version();
            Arrays.fill(entries, null);
        }
        int hash = key.hashCode() * 31 + value.hashCode();
        int slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
        Entry entry = entries[slot];
        if (entry != null && entry.value.equals(value) && entry.key.equals(key)) {
            to.line.members(entry.json);
            return true;
        }
        DirectName name = to.name(key);
        byte[] json = name.json();
        if (json == null) {
            return false;
        }
        int start = to.line.size();
        int notes = to.notes();
        to.line.name(json);
        if (!to.string(name, value)) {
            return false;
        }
        if (seen[slot] != hash) {
            seen[slot] = hash;
        } else if (to.notes() == notes && to.line.size() - start <= MOST_BYTES) {
            entries[slot] = new Entry(key, value, to.line.members(start));
        }
        return true;
    }
}
