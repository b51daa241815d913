package io.inkfast.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;

/** Cuts what is written to it into lines. One thread. */
final class Lines extends OutputStream {

    /** Longer ones are passed on as far as here. */
    static final int LONGEST = 64 << 20;

    private final Reader reader;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    /** What gets the lines. */
    interface Reader {
        /** One line, without its end; not empty. */
        void line(byte[] bytes, int from, int length);
    }

    Lines(Reader reader) {
        this.reader = reader;
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        int start = offset;
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == '\n') {
                if (begun.size() == 0) {
                    line(bytes, start, i);
                } else {
                    begin(bytes, start, i);
                    end();
                }
                start = i + 1;
            }
        }
        begin(bytes, start, offset + length);
    }

    private void begin(byte[] bytes, int from, int to) {
        begun.write(bytes, from, Math.min(to - from, LONGEST - begun.size()));
    }

    /** Nothing more comes of this file: what is left is a line, too. */
    void end() {
        byte[] line = begun.toByteArray();
        begun.reset();
        line(line, 0, line.length);
    }

    private void line(byte[] bytes, int from, int to) {
        int end = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
        if (end > from) {
            reader.line(bytes, from, end - from);
        }
    }
}
