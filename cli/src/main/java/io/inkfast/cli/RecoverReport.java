package io.inkfast.cli;

import io.inkfast.cli.Leftover.Found;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What {@code inkfast recover} has done.
 *
 * @param found what is in the file
 * @param kept  of that, what was to be deleted: null if it was, else why not
 */
record RecoverReport(Path out, Map<Leftover, Found> found, Map<Leftover, @Nullable String> kept) {

    /** Whether nothing is missing, and everything was deleted that was to be. */
    boolean isComplete() {
        return sum(Found::missing) == 0
                && sum(Found::unreadable) == 0
                && kept.values().stream().allMatch(reason -> reason == null);
    }

    String sentence() {
        return sum(Found::events) + " events of " + count(false) + " rings and " + count(true) + " journals in [" + out
                + "], " + sum(Found::missing) + " missing, " + sum(Found::unreadable) + " files unreadable, "
                + deleted() + " deleted";
    }

    String json() {
        return "{\"out\":" + Json.quoted(out.toString()) + ",\"events\":" + sum(Found::events) + ",\"missing\":"
                + sum(Found::missing) + ",\"unreadable\":" + sum(Found::unreadable) + ",\"deleted\":" + deleted()
                + ",\"rings\":" + array(false) + ",\"journals\":" + array(true) + "}";
    }

    private String array(boolean journals) {
        StringBuilder array = new StringBuilder("[");
        found.forEach((each, what) -> {
            if (each.isJournal() == journals) {
                array.append(array.length() == 1 ? "" : ",").append(object(each, what));
            }
        });
        return array.append(']').toString();
    }

    private String object(Leftover each, Found what) {
        String reason = kept.get(each);
        return "{\"" + (each.isJournal() ? "directory" : "file") + "\":" + Json.quoted(each.name()) + ",\"state\":\""
                + what.state() + "\",\"events\":" + what.events() + ",\"missing\":" + what.missing()
                + ",\"unreadable\":" + what.unreadable() + ",\"deleted\":" + isDeleted(each) + ",\"kept\":"
                + (reason == null ? "null" : Json.quoted(reason)) + "}";
    }

    private boolean isDeleted(Leftover each) {
        return kept.containsKey(each) && kept.get(each) == null;
    }

    private long deleted() {
        return kept.keySet().stream().filter(this::isDeleted).count();
    }

    private long count(boolean journals) {
        return found.entrySet().stream()
                .filter(each -> each.getKey().isJournal() == journals
                        && (journals || each.getValue().unreadable() == 0))
                .count();
    }

    private long sum(ToLongFunction<Found> part) {
        return found.values().stream().mapToLong(part).sum();
    }
}
