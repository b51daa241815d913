package io.inkfast.cli;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A stream in memory, that outlives who reads it. */
final class MemoryStream implements StreamSource {

    private final NavigableMap<StreamId, StreamEntry> entries = new TreeMap<>();
    private final Steps steps;
    Instant now = Instant.parse("2026-11-28T10:00:00Z");
    int largestPage;

    MemoryStream(Steps steps) {
        this.steps = steps;
    }

    void add(String time, int sequence, String... fields) {
        StreamId id = new StreamId(Instant.parse(time).toEpochMilli(), sequence);
        List<byte[]> bytes = new ArrayList<>();
        for (String field : fields) {
            bytes.add(field.getBytes(StandardCharsets.UTF_8));
        }
        entries.put(id, new StreamEntry(id, bytes));
    }

    List<String> ids() {
        return entries.keySet().stream().map(StreamId::toString).toList();
    }

    void clear() {
        entries.clear();
    }

    @Override
    public Instant now() {
        steps.next();
        return now;
    }

    @Override
    public boolean exists() {
        steps.next();
        return true;
    }

    @Override
    public List<StreamEntry> read(StreamId from, StreamId to, int count) {
        steps.next();
        List<StreamEntry> page = entries.subMap(from, true, to, true).values().stream()
                .limit(count)
                .toList();
        largestPage = Math.max(largestPage, page.size());
        return page;
    }

    @Override
    public long trim(StreamId before) {
        // Killed before it was done, or before anybody heard of it.
        steps.next();
        int size = entries.size();
        entries.headMap(before).clear();
        steps.next();
        return size - entries.size();
    }

    @Override
    public void close() {}
}
