package io.inkfast.net.syslog;

import io.inkfast.net.Replies;
import io.inkfast.net.SocketPeer;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Makes frames of the bytes that come, see {@link RelpFormat}. The reading thread. */
final class RelpReader implements SocketPeer.Reader {

    /* "rsp" to an "open" has some lines; nothing else is long. */
    private static final int MOST_DATA = 64 << 10;
    private static final int MOST_HEADER = 9 + 1 + 32 + 1 + 9;

    private enum Part {
        HEADER,
        DATA,
        END
    }

    private final Replies<RelpFormat.Frame> replies;
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private Part part = Part.HEADER;
    private String[] header = {};
    private int length;

    RelpReader(Replies<RelpFormat.Frame> replies) {
        this.replies = replies;
    }

    @Override
    public void read(byte[] bytes, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            step(bytes[i]);
        }
    }

    private void step(byte next) throws IOException {
        switch (part) {
            case HEADER -> inHeader(next);
            case DATA -> {
                collected.write(next);
                if (collected.size() == length) {
                    part = Part.END;
                }
            }
            case END -> {
                if (next != '\n') {
                    throw wrong();
                }
                frame(take());
            }
        }
    }

    private void inHeader(byte next) throws IOException {
        boolean ends = next == '\n';
        if (ends || (next == ' ' && spaces() == 2)) {
            header = take().split(" ", -1);
            length = header.length == 3 && header[2].matches("\\d{1,9}") ? Integer.parseInt(header[2]) : -1;
            if (length < 0 || length > MOST_DATA || ends != (length == 0) || !header[0].matches("\\d{1,9}")) {
                throw wrong();
            }
            part = Part.DATA;
            if (ends) {
                frame("");
            }
            return;
        }
        collected.write(next);
        if (collected.size() > MOST_HEADER) {
            throw wrong();
        }
    }

    private int spaces() {
        int spaces = 0;
        for (byte each : collected.toByteArray()) {
            if (each == ' ') {
                spaces++;
            }
        }
        return spaces;
    }

    private String take() {
        String text = collected.toString(StandardCharsets.ISO_8859_1);
        collected.reset();
        return text;
    }

    private void frame(String data) throws IOException {
        part = Part.HEADER;
        if (header[1].equals("serverclose")) {
            throw new EOFException("the peer ends the session");
        }
        replies.add(new RelpFormat.Frame(Integer.parseInt(header[0]), header[1], data));
    }

    private static IOException wrong() {
        return new IOException("the peer does not speak RELP");
    }

    @Override
    public void ended(IOException why) {
        replies.ended(why);
    }
}
