package io.inkfast.recorder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Rings in memory, as the tests want them. */
final class Rings {

    static final UUID ID = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");

    private Rings() {}

    static RingHeader header(int blocks) {
        return new RingHeader(
                ID,
                7,
                4711,
                1_700_000_000_123L,
                UUID.fromString("ffeeddcc-bbaa-9988-7766-554433221100"),
                blocks,
                1_700_000_001_000_000L,
                RingHeader.ACTIVE,
                "{\"appender\":\"RECORDER\"}");
    }

    /** The memory of a ring, which has nothing but its header. */
    static ByteBuffer memory(RingHeader header) {
        ByteBuffer memory = ByteBuffer.allocateDirect(header.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        return memory.put(0, HeaderFormat.write(header));
    }

    /** A ring over memory that never fails. */
    static Ring ring(ByteBuffer memory, RingHeader header) {
        return new Ring(memory, header, fault -> {
            throw new AssertionError(fault);
        });
    }

    static long append(Ring ring, RecordBuffer buffer, String content, long micros, int key, int level) {
        buffer.begin(ring.ringId());
        buffer.bytes.write(content.getBytes(StandardCharsets.UTF_8));
        return ring.append(buffer, micros, key, level, 0);
    }

    static long append(Ring ring, RecordBuffer buffer, String content) {
        return append(ring, buffer, content, 1_700_000_002_000_000L, 0, 4);
    }

    /** What a reader finds, as "number content". */
    static List<String> read(ByteBuffer memory, RingHeader header) {
        return read(new RingScan(RingSource.of(memory), header));
    }

    static List<String> read(RingScan scan) {
        try {
            List<String> read = new ArrayList<>();
            for (RingScan.Found found : scan.last(Integer.MAX_VALUE, any -> true)) {
                byte[] record = scan.read(found);
                if (record != null) {
                    FlightEvent event = new FlightEvent(record);
                    read.add(event.number() + " " + event.text());
                }
            }
            return read;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static ByteBuffer copy(ByteBuffer memory) {
        ByteBuffer copy = ByteBuffer.allocateDirect(memory.capacity()).order(ByteOrder.LITTLE_ENDIAN);
        return copy.put(0, memory, 0, memory.capacity());
    }
}
