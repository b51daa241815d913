package io.inkfast.encrypt;

import io.inkfast.encrypt.LogFormat.FileHeader;
import io.inkfast.encrypt.LogFormat.FrameHeader;

/** A file that frames are made for: how many there are, and the digest over them. One thread at a time. */
final class FrameFile {

    private final FileHeader header;
    private final FrameTree tree;
    private int session;
    private long events;
    private long bytes;
    private byte end;

    /** A new one. */
    FrameFile(FileHeader header) {
        this.header = header;
        tree = new FrameTree();
        session = -1;
    }

    /** One that is there. */
    FrameFile(FileHeader header, ExistingLog found) {
        this.header = header;
        tree = found.tree();
        session = found.session();
        events = found.events();
        bytes = found.bytes();
    }

    FileHeader header() {
        return header;
    }

    /** How many there are, which is the number of the next one. */
    long frames() {
        return tree.frames();
    }

    byte[] digest() {
        return tree.root();
    }

    /** Whether an anchor is of this file. */
    boolean is(LogAnchor anchor) {
        return anchor.file().equals(LogSummary.name(header.file()));
    }

    int session() {
        return session;
    }

    int nextSession() {
        return ++session;
    }

    void add(FrameHeader frame, byte[] frameBytes, int at) {
        tree.add(frame, frameBytes, at, frameBytes, at + LogFormat.FRAME_HEADER_BYTES);
        if (frame.type() == LogFormat.DATA) {
            events += frame.events();
            bytes += frame.plainBytes();
        }
    }

    void ended(byte reason) {
        end = reason;
    }

    Totals totals(byte reason, java.util.UUID next) {
        return new Totals(tree.frames(), events, bytes, tree.root(), reason, next);
    }

    /** For the file that comes after it. */
    KeyBody.Before asBefore() {
        return new KeyBody.Before(header.file(), header.sequence(), tree.frames(), tree.root(), end);
    }
}
