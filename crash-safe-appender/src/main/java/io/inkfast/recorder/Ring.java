package io.inkfast.recorder;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/*
 * A place is claimed by one addition to a counter of bytes. A claim that would cross the end of a block, or touch a block's
 * header, is given up and another made; the one that contains the first byte of a block writes that block's header. Then
 * the bytes are copied, and the commit word comes last. Nothing needs to be cleared: what is left of earlier laps fails its
 * checksum. When the process dies, the kernel keeps the pages.
 *
 * Where the file has become shorter, or its disk fails, a store is lost, and HotSpot throws an InternalError, some time
 * later, into whatever this thread then does. So each page of a record is looked at, and where it does not hold what was
 * written, the error is made to come here.
 */
/** The ring: takes records from any thread, without lock, allocation or system call; throws nothing of its own. */
final class Ring {

    private static final int BLOCK_BITS = 16;
    private static final int PAGE = 4096;

    /* More than the records that fit into two blocks. */
    private static final int TRIES = 4096;

    private final ByteBuffer map;
    private final int blocks;
    private final byte[] ringId;
    private final Pins pins;
    private final Consumer<Throwable> fault;
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong claimed = new AtomicLong();
    private volatile boolean off;

    /**
     * @param map   the whole file; zeros behind the header
     * @param fault called once, when the memory has failed; from then on nothing is taken
     */
    Ring(ByteBuffer map, RingHeader header, Consumer<Throwable> fault) {
        this.map = map;
        this.fault = fault;
        blocks = header.blocks();
        ringId = HeaderFormat.bytes(header.ringId());
        pins = new Pins(blocks);
    }

    byte[] ringId() {
        return ringId;
    }

    boolean isOff() {
        return off;
    }

    /** The number of the last event. */
    long lastEvent() {
        return events.get();
    }

    /**
     * Adds a record.
     *
     * @param record its content, behind the prefix
     * @return the event's number; 0 if the ring is off
     */
    long append(RecordBuffer record, long micros, int key, int level, int flags) {
        if (off) {
            return 0;
        }
        int content = record.content();
        int size = RingFormat.size(content);
        long event = events.incrementAndGet();
        try {
            for (int i = 0; i < TRIES; i++) {
                long at = claimed.getAndAdd(size);
                long block = at >>> BLOCK_BITS;
                long last = (at + size - 1) >>> BLOCK_BITS;
                int offset = (int) at & (RingFormat.BLOCK - 1);
                if (block != last || offset == 0) {
                    begin(last, record, micros);
                } else if (offset >= RingFormat.BLOCK_HEADER && pins.enter(block)) {
                    boolean kept;
                    try {
                        byte[] bytes = record.bytes.array();
                        int crc = RingFormat.seal(bytes, content, block, event, micros, key, level, flags, record.crc);
                        kept = write(bytes, content, crc, block, RingFormat.position(block, blocks, offset));
                    } finally {
                        pins.leave(block);
                    }
                    return kept ? event : 0;
                }
            }
        } catch (InternalError e) {
            fail(e);
        }
        return 0;
    }

    private boolean write(byte[] record, int content, int crc, long block, int position) {
        int word = RingFormat.commitWord(block, content);
        int bytes = RingFormat.RECORD_HEADER - 8 + content;
        map.put(position + 8, record, RingFormat.PREFIX_FIELDS, bytes);
        map.putInt(position + 4, crc);
        RingFormat.commit(map, position, word);
        boolean kept = RingFormat.committed(map, position) == word;
        int end = position + 8 + bytes - 1;
        for (int page = (position | (PAGE - 1)) + 1; page <= end; page += PAGE) {
            kept &= map.get(page) == record[RingFormat.PREFIX_FIELDS + page - position - 8];
        }
        kept &= map.get(end) == record[RingFormat.PREFIX_FIELDS + bytes - 1];
        if (!kept) {
            fail(new InternalError("the memory does not hold what was written"));
        }
        return kept;
    }

    /* Whoever stored last into the block must be gone, as for a record; else the header stays what it was. */
    private void begin(long block, RecordBuffer record, long micros) {
        if (pins.enter(block)) {
            try {
                int position = RingFormat.position(block, blocks, 0);
                RingFormat.beginBlock(
                        map, position, ringId, block, events.get() + 1, micros, record.scratch, record.crc);
            } finally {
                pins.leave(block);
            }
        }
    }

    /** Takes nothing more. */
    void fail(InternalError cause) {
        synchronized (this) {
            if (off) {
                return;
            }
            off = true;
        }
        fault.accept(cause);
    }
}
