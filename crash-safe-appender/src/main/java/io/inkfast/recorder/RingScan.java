package io.inkfast.recorder;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/*
 * A block may have been entered anew, and its header not yet written, or never by a process that died: so the newest block is
 * that of the newest header or record, and records are tried with the number in their block's header, with those of the laps
 * before and after, and with those that the newest block makes likely. Only one can pass.
 */
/** Finds the records of a ring, whoever writes to it meanwhile. One thread. */
final class RingScan {

    /**
     * A record that was whole when it was looked at.
     *
     * @param position of its block in the file
     */
    record Found(long event, long block, int position, int offset, int content, int key) {}

    private final RingSource source;
    private final byte[] ringId;
    private final int blocks;
    private final byte[] bytes = new byte[RingFormat.BLOCK];
    private final NavigableMap<Long, Long> firstEvents = new TreeMap<>();
    private long missing;

    RingScan(RingSource source, RingHeader header) {
        this.source = source;
        this.ringId = HeaderFormat.bytes(header.ringId());
        this.blocks = header.blocks();
    }

    /** The last records that are wanted, at most so many, in the order of their events. */
    List<Found> last(int most, Predicate<Found> wanted) throws IOException {
        long[] numbers = numbers();
        PriorityQueue<Found> kept = new PriorityQueue<>(Comparator.comparingLong(Found::event));
        List<long[]> events = new ArrayList<>();
        long newest = 0;
        long newestBlock = firstEvents.isEmpty() ? 0 : firstEvents.lastKey();
        for (int index = 0; index < blocks; index++) {
            List<Found> records = block(index, numbers[index]);
            events.add(records.stream().mapToLong(Found::event).toArray());
            for (Found found : records) {
                newest = Math.max(newest, found.event());
                newestBlock = Math.max(newestBlock, found.block());
                if (wanted.test(found)) {
                    kept.add(found);
                    if (kept.size() > most) {
                        kept.poll();
                    }
                }
            }
        }
        long oldest = firstFrom(newestBlock - blocks + 1, 1);
        // The oldest block may be about to be overwritten: what is not in it need not be missing.
        long certain = firstFrom(newestBlock - blocks + 2, newest + 1);
        long there = events.stream()
                .flatMapToLong(Arrays::stream)
                .filter(event -> event >= certain)
                .count();
        missing = Math.max(0, newest - certain + 1 - there);
        kept.removeIf(found -> found.event() < oldest);
        List<Found> sorted = new ArrayList<>(kept);
        sorted.sort(Comparator.comparingLong(Found::event));
        return sorted;
    }

    /** How many events that ought to be there were not found by the last scan: half written, or damaged. */
    long missing() {
        return missing;
    }

    /* The numbers in the headers; where there is none, that of the block's first lap is a start. */
    private long[] numbers() throws IOException {
        long[] numbers = new long[blocks];
        firstEvents.clear();
        byte[] header = new byte[RingFormat.BLOCK_HEADER];
        for (int index = 0; index < blocks; index++) {
            source.read(header, RingFormat.position(index, blocks, 0));
            numbers[index] = RingFormat.blockNumber(ringId, header);
            if (numbers[index] % blocks == index) {
                firstEvents.put(numbers[index], RingFormat.firstEvent(header));
            } else {
                numbers[index] = -1;
            }
        }
        return numbers;
    }

    /*
     * The first event of this block, or of the first one after it that has a header. Of those before it a few are left at the
     * ends of blocks.
     */
    private long firstFrom(long block, long none) {
        if (firstEvents.isEmpty() || block <= 0) {
            return 1;
        }
        Map.Entry<Long, Long> first = firstEvents.ceilingEntry(block);
        return first == null ? none : first.getValue();
    }

    private List<Found> block(int index, long number) throws IOException {
        int position = RingFormat.position(index, blocks, 0);
        source.read(bytes, position);
        long[] candidates = candidates(index, number);
        List<Found> found = new ArrayList<>();
        int offset = RingFormat.BLOCK_HEADER;
        while (offset < RingFormat.BLOCK) {
            Found record = at(position, offset, candidates);
            if (record == null) {
                offset += 8;
            } else {
                found.add(record);
                offset += RingFormat.size(record.content());
            }
        }
        return found;
    }

    private @Nullable Found at(int position, int offset, long[] candidates) {
        for (long block : candidates) {
            int content = RingFormat.contentAt(bytes, offset, ringId, block);
            if (content > 0) {
                return new Found(
                        RingFormat.event(bytes, offset),
                        block,
                        position,
                        offset,
                        content,
                        RingFormat.key(bytes, offset));
            }
        }
        return null;
    }

    private long[] candidates(int index, long number) {
        long newest = firstEvents.isEmpty() ? 0 : firstEvents.lastKey();
        long likely = newest - Math.floorMod(newest - index, (long) blocks);
        long[] all = {number, number + blocks, number - blocks, likely, likely + blocks, likely - blocks};
        return Arrays.stream(all)
                .skip(number < 0 ? 3 : 0)
                .filter(block -> block >= 0 && block % blocks == index)
                .distinct()
                .toArray();
    }

    /** The bytes of a record from its start, if it is still there; else null. */
    byte @Nullable [] read(Found found) throws IOException {
        byte[] record = new byte[RingFormat.RECORD_HEADER + found.content()];
        source.read(record, found.position() + found.offset());
        return RingFormat.contentAt(record, 0, ringId, found.block()) == found.content()
                        && RingFormat.event(record, 0) == found.event()
                ? record
                : null;
    }
}
