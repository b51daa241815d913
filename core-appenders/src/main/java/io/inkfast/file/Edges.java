package io.inkfast.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds the events of a file: header and footer of the encoder, what a format makes of them, and the end of a line
 * that somebody has left torn. One thread at a time.
 */
final class Edges {

    private static final byte[] NOTHING = {};
    private static final byte[] NEWLINE = {'\n'};

    private final Supplier<byte @Nullable []> header;
    private final Supplier<byte @Nullable []> footer;
    private final @Nullable FileFormat format;

    /* Whether the file ends in the middle of a line that nobody will complete. */
    private boolean torn;

    /**
     * @param header may give null, as {@code footer} may
     * @param format null if events are written as they are
     */
    Edges(Supplier<byte @Nullable []> header, Supplier<byte @Nullable []> footer, @Nullable FileFormat format) {
        this.header = header;
        this.footer = footer;
        this.format = format;
    }

    @Nullable
    FileFormat format() {
        return format;
    }

    /** The file that was opened ends so. Of a format that is the format's affair. */
    void torn(boolean inLine) {
        torn = inLine && format == null;
    }

    boolean isTorn() {
        return torn;
    }

    /**
     * What comes first in a file that was opened; null if it is to be opened once more.
     *
     * @param first whether nobody has written to it in this run
     */
    byte @Nullable [] beginning(Path file, long size, boolean first) throws IOException {
        if (format != null) {
            return format.begin(file, size, orNothing(header.get()));
        }
        return first ? onItsOwnLine(orNothing(header.get())) : NOTHING;
    }

    /** What comes last in it. */
    byte[] end(boolean rolled) throws IOException {
        byte[] bytes = orNothing(footer.get());
        return format == null ? onItsOwnLine(bytes) : format.end(rolled, bytes);
    }

    /** What comes though no event does. */
    byte[] idle() throws IOException {
        return format == null ? NOTHING : format.idle();
    }

    /**
     * What comes before events.
     *
     * @param last the last byte of those
     */
    byte[] before(byte last) {
        boolean completes = torn && last == '\n';
        torn = false;
        return completes ? NEWLINE : NOTHING;
    }

    private byte[] onItsOwnLine(byte[] bytes) {
        boolean line = bytes.length > 1 && bytes[bytes.length - 1] == '\n';
        boolean completes = torn && line;
        torn &= bytes.length == 0;
        if (!completes) {
            return bytes;
        }
        byte[] onItsOwn = new byte[bytes.length + 1];
        onItsOwn[0] = '\n';
        System.arraycopy(bytes, 0, onItsOwn, 1, bytes.length);
        return onItsOwn;
    }

    private static byte[] orNothing(byte @Nullable [] bytes) {
        return bytes == null ? NOTHING : bytes;
    }
}
