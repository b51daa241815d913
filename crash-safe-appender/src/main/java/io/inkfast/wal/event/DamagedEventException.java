package io.inkfast.wal.event;

/** Bytes are not a record of an event. The message says why, and nothing of their content. */
public final class DamagedEventException extends Exception {

    private static final long serialVersionUID = 1L;

    public DamagedEventException(String reason) {
        super(reason, null, false, false);
    }
}
