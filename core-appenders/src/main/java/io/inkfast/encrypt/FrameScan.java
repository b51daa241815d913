package io.inkfast.encrypt;

import io.inkfast.encrypt.LogFormat.FileHeader;
import io.inkfast.encrypt.LogFormat.FrameHeader;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/*
 * Where the bytes are no frame, the next place is looked for where one begins that is whole. If there is none, this is the
 * end, and what is left is either the beginning of a frame, as a crash leaves it, or damage.
 */
/** Walks over the frames of a file by their checksums, without a key, and over what is none. One thread. */
final class FrameScan {

    /** What {@link #next} found. */
    enum Found {
        /** A whole frame. */
        FRAME,
        /** Bytes that are no frame, with a frame behind them. */
        DAMAGE,
        /** No more frames. It may be asked again: the file may grow. */
        END
    }

    /** What is behind the last frame. */
    enum Rest {
        NOTHING,
        /** The beginning of a frame, or zeros. */
        CUT,
        /** Something else. */
        DAMAGE
    }

    private static final int BLOCK = 1 << 16;
    private static final int LEAST = LogFormat.FRAME_HEADER_BYTES + LogFormat.FRAME_FOOTER_BYTES;

    private final LogSource source;
    private final @Nullable FileHeader header;
    private final boolean begins;
    private byte[] bytes = new byte[BLOCK + 4096];
    private final byte[] search = new byte[BLOCK];
    private long position = LogFormat.HEADER_BYTES;
    private long start;
    private @Nullable FrameHeader frame;
    private Rest rest = Rest.NOTHING;

    FrameScan(LogSource source) throws IOException {
        this.source = source;
        boolean there = source.read(bytes, 0, LogFormat.HEADER_BYTES, 0);
        header = there ? FileHeader.read(bytes, 0) : null;
        begins = !there && FileHeader.begins(source);
    }

    /** Whether the file ends in the middle of its header. */
    boolean isCutInHeader() {
        return begins;
    }

    /** The file's header; null if it is damaged, or this is no such file. */
    @Nullable
    FileHeader header() {
        return header;
    }

    /** Where the frame or the damage begins. */
    long start() {
        return start;
    }

    /** Where it ends. */
    long position() {
        return position;
    }

    /** The header of the frame; also of one whose body is damaged; null where not even that can be told. */
    @Nullable
    FrameHeader frame() {
        return frame;
    }

    /** The frame: its header, from 0, its body and its footer. Used again by the next one. */
    byte[] bytes() {
        return bytes;
    }

    /** What is behind the last frame, after {@link Found#END}. */
    Rest rest() {
        return rest;
    }

    Found next() throws IOException {
        return next(header -> true);
    }

    /** As {@link #next()}; frames that are not wanted are passed over, and their bodies not read. */
    Found next(Predicate<FrameHeader> wanted) throws IOException {
        while (true) {
            long size = source.size();
            start = position;
            frame = null;
            rest = Rest.NOTHING;
            if (start >= size) {
                return Found.END;
            }
            FrameHeader found = size - start < LogFormat.FRAME_HEADER_BYTES ? null : headerAt(start);
            boolean inside = found != null && start + found.bytes() <= size;
            if (found != null && inside && !wanted.test(found)) {
                position = start + found.bytes();
                continue;
            }
            if (found != null && inside && bodyAt(start, found)) {
                frame = found;
                position = start + found.bytes();
                return Found.FRAME;
            }
            return damage(found, inside, size);
        }
    }

    /** The whole frame that begins there, without going there; null if there is none. Its bytes are {@link #bytes}. */
    @Nullable
    FrameHeader at(long offset) throws IOException {
        FrameHeader found = headerAt(offset);
        return found != null && bodyAt(offset, found) ? found : null;
    }

    private Found damage(@Nullable FrameHeader found, boolean inside, long size) throws IOException {
        frame = found;
        long behind = start + (found == null ? 1 : LogFormat.FRAME_HEADER_BYTES);
        if (found != null && inside && isHeader(start + found.bytes(), size)) {
            position = start + found.bytes();
            return Found.DAMAGE;
        }
        long next = search(behind, size);
        if (next >= 0) {
            position = next;
            return Found.DAMAGE;
        }
        rest = found != null && !inside ? Rest.CUT : found != null ? Rest.DAMAGE : restAt(start, size);
        return Found.END;
    }

    private boolean isHeader(long at, long size) throws IOException {
        return at + LEAST <= size && headerAt(at) != null;
    }

    private @Nullable FrameHeader headerAt(long at) throws IOException {
        return source.read(bytes, 0, LogFormat.FRAME_HEADER_BYTES, at) ? FrameHeader.read(bytes, 0) : null;
    }

    private boolean bodyAt(long at, FrameHeader found) throws IOException {
        if (bytes.length < found.bytes()) {
            bytes = Arrays.copyOf(bytes, found.bytes());
        }
        int header = LogFormat.FRAME_HEADER_BYTES;
        return source.read(bytes, header, found.bytes() - header, at + header)
                && LogFormat.isWhole(bytes, header, found.bodyBytes());
    }

    /* The first whole frame from there on; -1 if there is none. */
    private long search(long from, long size) throws IOException {
        for (long block = from; block + LEAST <= size; block += BLOCK - 3) {
            int length = (int) Math.min(BLOCK, size - block);
            source.read(search, 0, length, block);
            for (int i = 0; i + 4 <= length; i++) {
                if (search[i] == (byte) LogFormat.MARKER
                        && LogFormat.little(search).getInt(i) == LogFormat.MARKER) {
                    FrameHeader found = block + i + LEAST <= size ? headerAt(block + i) : null;
                    if (found != null && block + i + found.bytes() <= size && bodyAt(block + i, found)) {
                        return block + i;
                    }
                }
            }
        }
        return -1;
    }

    private Rest restAt(long at, long size) throws IOException {
        int length = (int) Math.min(size - at, LogFormat.FRAME_HEADER_BYTES);
        if (isZero(at, size)) {
            return Rest.CUT;
        }
        byte[] some = new byte[length];
        source.read(some, 0, length, at);
        byte[] marker = LogFormat.little(new byte[4]).putInt(LogFormat.MARKER).array();
        int begun = Math.min(length, marker.length);
        boolean begins = Arrays.equals(some, 0, begun, marker, 0, begun);
        return begins && size - at < LogFormat.FRAME_HEADER_BYTES ? Rest.CUT : Rest.DAMAGE;
    }

    private boolean isZero(long from, long size) throws IOException {
        for (long at = from; at < size; at += BLOCK) {
            int length = (int) Math.min(BLOCK, size - at);
            source.read(search, 0, length, at);
            for (int i = 0; i < length; i++) {
                if (search[i] != 0) {
                    return false;
                }
            }
        }
        return true;
    }
}
