package io.inkfast.mask;

import io.inkfast.mask.Revealing.Spelling;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Copies a stream and reveals its tokens line by line. Every other byte stays as it is, also where it is not UTF-8. A line
 * longer than {@link #MAX_PIECE} is done in pieces, none of which ends within a token. One thread.
 */
final class RevealedLines {

    static final int MAX_PIECE = 1 << 20;

    /* What a token may need before it is whole: brackets of six characters each. */
    private static final int MAX_HELD = PseudonymFormat.MAX_LENGTH + 16;

    private final Revealing revealing;
    private final OutputStream out;

    private byte[] buffer = new byte[1 << 16];
    private int length;

    /* Of a line whose beginning has been written. */
    private boolean within;
    private boolean json;

    RevealedLines(Revealing revealing, OutputStream out) {
        this.revealing = revealing;
        this.out = out;
    }

    void copy(InputStream in) throws IOException {
        int searched = 0;
        for (int read = fill(in); read >= 0; read = fill(in)) {
            int end = endOfLines(searched);
            lines(end);
            keep(end);
            if (length >= MAX_PIECE) {
                int cut = cut();
                write(0, cut, false);
                within = true;
                keep(cut);
            }
            searched = length;
        }
        write(0, length, true);
        keep(length);
        within = false;
    }

    private int fill(InputStream in) throws IOException {
        if (length == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * length);
        }
        int read = in.read(buffer, length, buffer.length - length);
        length += Math.max(0, read);
        return read;
    }

    private void keep(int from) {
        System.arraycopy(buffer, from, buffer, 0, length - from);
        length -= from;
    }

    private int endOfLines(int searched) {
        int at = length;
        while (at > searched && buffer[at - 1] != '\n') {
            at--;
        }
        return at > searched ? at : 0;
    }

    private void lines(int end) throws IOException {
        if (!within && !Revealing.mayHold(text(0, end), Spelling.BYTES)) {
            out.write(buffer, 0, end);
            return;
        }
        int from = 0;
        for (int at = 0; at < end; at++) {
            if (buffer[at] == '\n') {
                write(from, at + 1, true);
                within = false;
                from = at + 1;
            }
        }
    }

    private void write(int from, int to, boolean whole) throws IOException {
        String piece = text(from, to);
        boolean holds = Revealing.mayHold(piece, Spelling.BYTES);
        if (!within) {
            json = whole
                    ? holds && Revealing.isJson(utf8(piece))
                    : piece.stripLeading().startsWith("{");
        }
        if (holds) {
            out.write(revealing.reveal(piece, Spelling.BYTES, json).getBytes(StandardCharsets.ISO_8859_1));
        } else {
            out.write(buffer, from, to - from);
        }
    }

    /* One character a byte: nothing is lost on the way there and back. */
    private String text(int from, int to) {
        return new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static String utf8(String piece) {
        return new String(piece.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /* Where a long line may be cut: before a token that has begun, or a bracket that has. */
    private int cut() {
        int from = Math.max(0, length - MAX_HELD);
        String tail = text(from, length);
        int open = Math.max(tail.lastIndexOf(Spelling.BYTES.open), tail.lastIndexOf(Revealing.ESCAPED_OPEN));
        if (open >= 0
                && tail.indexOf(Spelling.BYTES.close, open) < 0
                && tail.indexOf("\\u203", open + Revealing.ESCAPED_OPEN.length()) < 0) {
            return from + open;
        }
        for (int part = Revealing.ESCAPED_OPEN.length() - 1; part > 0; part--) {
            String end = tail.substring(tail.length() - part);
            if (Spelling.BYTES.open.startsWith(end) || Revealing.ESCAPED_OPEN.startsWith(end)) {
                return length - part;
            }
        }
        return length;
    }
}
