package io.inkfast.encrypt;

import io.inkfast.encrypt.LogFormat.FrameHeader;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** The Merkle tree over the frames of a file (RFC 6962, section 2.1), as far as it is needed for its root. One thread. */
final class FrameTree {

    static final int BYTES = 32;

    private final MessageDigest digest = Sha256.digest();

    /* The roots of the whole trees of which it consists, the smallest first. */
    private final Deque<byte[]> roots = new ArrayDeque<>();
    private long frames;

    /** Adds a frame. The arrays have its header, and its body. */
    void add(FrameHeader header, byte[] headerBytes, int headerAt, byte[] body, int bodyAt) {
        int tail = header.isClear() ? header.bodyBytes() : Math.min(LogFormat.TAIL_BYTES, header.bodyBytes());
        digest.update((byte) 0);
        digest.update(headerBytes, headerAt, LogFormat.FRAME_HEADER_BYTES);
        digest.update(body, bodyAt + header.bodyBytes() - tail, tail);
        byte[] root = digest.digest();
        for (long rest = frames; (rest & 1) == 1; rest >>= 1) {
            root = node(roots.pop(), root);
        }
        roots.push(root);
        frames++;
    }

    long frames() {
        return frames;
    }

    byte[] root() {
        Iterator<byte[]> smallestFirst = roots.iterator();
        if (!smallestFirst.hasNext()) {
            return digest.digest();
        }
        byte[] root = smallestFirst.next();
        while (smallestFirst.hasNext()) {
            root = node(smallestFirst.next(), root);
        }
        return root.clone();
    }

    private byte[] node(byte[] left, byte[] right) {
        digest.update((byte) 1);
        digest.update(left);
        return digest.digest(right);
    }
}
