package io.inkfast.net.http;

import io.inkfast.net.Answer;
import io.inkfast.net.Batch;
import io.inkfast.net.HttpPeer;
import io.inkfast.net.Message;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Grafana Loki's push, as JSON: "Ingest logs", https://grafana.com/docs/loki/latest/reference/loki-http-api/#ingest-logs. A
 * stream for each set of labels, its lines in the order of their times, in nanoseconds since 1970 as a string:
 *
 * <pre>
 * {"streams":[{"stream":{"app":"checkout","level":"info"},"values":[["1700000000123456017","...",{"event_id":"run-17"}]]}]}
 * </pre>
 *
 * <p>The third element of a value, structured metadata, is there if that was configured. A line that stands at the same
 * nanosecond in the same stream already is dropped by Loki: so the last three digits of the time are those of the event's
 * number, the same each time it is sent, and what is sent twice is stored once.
 *
 * <p>The head of a message is its time and its level: {@code 1700000000123456017 info}. Status 204 acknowledges a request. One
 * with status 400 has stored what it did not refuse, and says in words what that was:
 *
 * <pre>
 * oldest acceptable timestamp is: 2026-11-26T10:00:00Z   what is older will never be taken
 * has timestamp too new                                  the server's clock is behind ours: tried again until it is not
 * anything else                                          found by halves
 * </pre>
 */
final class LokiFormat implements HttpFormat {

    private static final Pattern TOO_OLD =
            Pattern.compile("has timestamp too old: \\S+ oldest acceptable timestamp is: ([0-9TZ:.+-]+)");
    private static final Pattern TOO_FAR_BEHIND =
            Pattern.compile("entry too far behind,.{0,80}? ?oldest acceptable timestamp is: ([0-9TZ:.+-]+)");
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Map<String, String> labels;
    private final boolean levelLabel;
    private final boolean structuredMetadata;

    /** @param levelLabel whether the level is one of the labels */
    LokiFormat(Map<String, String> labels, boolean levelLabel, boolean structuredMetadata) {
        this.labels = labels;
        this.levelLabel = levelLabel;
        this.structuredMetadata = structuredMetadata;
    }

    @Override
    public String path() {
        return "/loki/api/v1/push";
    }

    @Override
    public String contentType() {
        return "application/json";
    }

    @Override
    public byte[] head(Instant time, String level, String id) {
        long micros = Math.floorDiv(time.getNano(), 1000);
        long nanos = time.getEpochSecond() * 1_000_000_000L + micros * 1000 + number(id);
        return (nanos + " " + level.toLowerCase(Locale.ROOT)).getBytes(StandardCharsets.UTF_8);
    }

    /* The last three digits of an id, which ends with a number. */
    private static int number(String id) {
        int from = id.length();
        while (from > 0 && id.length() - from < 3 && id.charAt(from - 1) >= '0' && id.charAt(from - 1) <= '9') {
            from--;
        }
        return from == id.length() ? 0 : Integer.parseInt(id, from, id.length(), 10);
    }

    private record Entry(Message message, long nanos, String level) {

        /* A dead letter of another protocol has another head. */
        static Entry of(Message message) {
            String[] head = new String(message.head(), StandardCharsets.UTF_8).split(" ", 2);
            try {
                return new Entry(message, Long.parseLong(head[0]), head.length < 2 ? "" : head[1]);
            } catch (NumberFormatException e) {
                return new Entry(message, message.millis() * NANOS_PER_MILLI, "");
            }
        }
    }

    @Override
    public byte[] body(Batch batch, int from, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ascii(out, "{\"streams\":");
        char before = '[';
        for (List<Entry> stream : streams(batch, from, to)) {
            out.write(before);
            before = ',';
            stream(out, stream);
        }
        ascii(out, "]}");
        return out.toByteArray();
    }

    private Iterable<List<Entry>> streams(Batch batch, int from, int to) {
        Map<String, List<Entry>> streams = new LinkedHashMap<>();
        for (int i = from; i < to; i++) {
            Entry entry = Entry.of(batch.message(i));
            streams.computeIfAbsent(levelLabel ? entry.level : "", level -> new ArrayList<>())
                    .add(entry);
        }
        streams.values().forEach(stream -> stream.sort(Comparator.comparingLong(Entry::nanos)));
        return streams.values();
    }

    private void stream(ByteArrayOutputStream out, List<Entry> entries) {
        ascii(out, "{\"stream\":");
        char before = '{';
        for (Map.Entry<String, String> label : labels.entrySet()) {
            out.write(before);
            before = ',';
            label(out, label.getKey(), label.getValue());
        }
        String level = entries.get(0).level;
        if (levelLabel && !level.isEmpty()) {
            out.write(before);
            before = ',';
            label(out, "level", level);
        }
        ascii(out, before == '{' ? "{}" : "}");
        ascii(out, ",\"values\":");
        before = '[';
        for (Entry each : entries) {
            out.write(before);
            before = ',';
            ascii(out, "[\"" + each.nanos + "\",");
            JsonText.writeString(out, new String(each.message.body(), StandardCharsets.UTF_8));
            if (structuredMetadata) {
                ascii(out, ",{");
                label(out, "event_id", each.message.id());
                out.write('}');
            }
            out.write(']');
        }
        ascii(out, "]}");
    }

    private static void label(ByteArrayOutputStream out, String name, String value) {
        JsonText.writeString(out, name);
        out.write(':');
        JsonText.writeString(out, value);
    }

    private static void ascii(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public Answer read(HttpResponse<byte[]> response, Batch batch) {
        int status = response.statusCode();
        if (status == 204) {
            batch.acceptedUpTo(batch.size());
            return Answer.EACH;
        }
        if (status >= 200 && status < 300) {
            // 260 is what Loki says when it is told to take nothing, so that senders throw it away.
            return Answer.denied("HTTP " + status + " where a push is answered with 204");
        }
        if (status == 400) {
            String text = new String(response.body(), StandardCharsets.UTF_8);
            if (text.contains("has timestamp too new")) {
                return Answer.denied("HTTP 400, its clock is behind ours");
            }
            if (refusesOld(text, batch)) {
                return Answer.EACH;
            }
        }
        return HttpPeer.refusal(response);
    }

    /* Of one that is alone it is clear which it was. How far behind an entry may be is told of one stream only. */
    private boolean refusesOld(String text, Batch batch) {
        Instant everywhere = oldest(TOO_OLD, text);
        Instant oldest = everywhere == null ? oldest(TOO_FAR_BEHIND, text) : everywhere;
        if (oldest == null) {
            return false;
        }
        boolean isAlone = batch.size() == 1;
        boolean isForAll = everywhere != null || isOneStream(batch);
        boolean any = false;
        for (int i = 0; i < batch.size(); i++) {
            if (isAlone || (isForAll && batch.message(i).millis() < oldest.toEpochMilli())) {
                batch.refused(i, "HTTP 400, older than [" + oldest + "], the oldest that it takes");
                any = true;
            }
        }
        return any;
    }

    private boolean isOneStream(Batch batch) {
        String level = Entry.of(batch.message(0)).level;
        for (int i = 1; levelLabel && i < batch.size(); i++) {
            if (!Entry.of(batch.message(i)).level.equals(level)) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Instant oldest(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        try {
            return matcher.find()
                    ? java.time.OffsetDateTime.parse(matcher.group(1)).toInstant()
                    : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
