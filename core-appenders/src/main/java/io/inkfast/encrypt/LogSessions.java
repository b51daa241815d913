package io.inkfast.encrypt;

import io.inkfast.encrypt.LogFormat.FrameHeader;
import io.inkfast.keys.EncryptionKeyset;
import io.inkfast.keys.KeysetException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/*
 * A session's key is in the file twice. Where the two differ, the one that opens the session's frames is genuine.
 */
/** The sessions of a file that is read, and their keys. One thread. */
final class LogSessions {

    /** What became of a frame that is encrypted. */
    enum Outcome {
        OPENED,
        /** There is no keyset, or it does not open the session. */
        LOCKED,
        /** It is not genuine. */
        FORGED
    }

    private static final class Candidate {
        final long frame;
        final byte[] keyFrame;
        final @Nullable OpenedSession session;

        Candidate(long frame, byte[] keyFrame, @Nullable OpenedSession session) {
            this.frame = frame;
            this.keyFrame = keyFrame;
            this.session = session;
        }
    }

    private final @Nullable EncryptionKeyset keyset;
    private final Rewrapped rewrapped;
    private final Map<Integer, List<Candidate>> candidates = new HashMap<>();
    private @Nullable OpenedSession used;
    private byte @Nullable [] plain;

    LogSessions(@Nullable EncryptionKeyset keyset, Rewrapped rewrapped) {
        this.keyset = keyset;
        this.rewrapped = rewrapped;
    }

    /**
     * A KEY frame, or the copy of one.
     *
     * @param number   of the frame it was found in
     * @param keyFrame the whole KEY frame
     * @return whether the session can be opened with it, or has been seen already; always so without a keyset
     */
    boolean add(int session, long number, byte[] keyFrame, KeyBody body) throws KeysetException {
        List<Candidate> known = candidates.computeIfAbsent(session, any -> new ArrayList<>());
        for (Candidate each : known) {
            if (Arrays.equals(each.keyFrame, keyFrame)) {
                return true;
            }
        }
        OpenedSession opened = open(body, session, keyFrame);
        known.add(new Candidate(number, keyFrame, opened));
        return keyset == null || opened != null;
    }

    private @Nullable OpenedSession open(KeyBody body, int session, byte[] keyFrame) throws KeysetException {
        if (keyset == null) {
            return null;
        }
        byte[] secret = rewrapped.unwrap(keyset, body, session);
        if (secret == null) {
            return null;
        }
        try {
            return new OpenedSession(body, keyFrame, secret);
        } catch (GeneralSecurityException e) {
            return null;
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    boolean isKnown(int session) {
        return candidates.containsKey(session);
    }

    /** Decrypts a frame. */
    Outcome open(FrameHeader header, byte[] frame) {
        boolean tried = false;
        List<Candidate> known = candidates.getOrDefault(header.session(), List.of());
        for (Candidate each : known) {
            OpenedSession session = each.session;
            if (session != null) {
                tried = true;
                plain = session.open(header, frame);
                if (plain != null) {
                    used = session;
                    return Outcome.OPENED;
                }
            }
        }
        return tried || known.isEmpty() ? Outcome.FORGED : Outcome.LOCKED;
    }

    /** Frames in which a KEY frame stood that is not the one of the session, which has just opened a frame. */
    List<Long> refuted(int session) {
        List<Candidate> known = candidates.getOrDefault(session, List.of());
        List<Long> wrong = new ArrayList<>();
        for (Candidate each : List.copyOf(known)) {
            if (each.session != used) {
                wrong.add(each.frame);
                known.remove(each);
            }
        }
        return wrong;
    }

    /** What was decrypted last. */
    byte @Nullable [] plain() {
        return plain;
    }

    /** The session it belongs to. */
    @Nullable
    OpenedSession used() {
        return used;
    }
}
