package io.inkfast.net;

import java.io.IOException;

/** What a fault is called in a message: nothing of an event. */
final class Words {

    private Words() {}

    /* The text of an I/O error is the operating system's, or the library's that speaks with the peer. */
    static String of(Throwable cause) {
        String text = cause instanceof IOException ? cause.getMessage() : null;
        return cause.getClass().getName() + (text == null ? "" : " (" + text + ")");
    }
}
