package io.inkfast.file;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * When and how the file changes. Called under the lock of the file; throws nothing.
 *
 * @param <E> the event
 */
interface Roller<E> {

    /** The file to write to now. */
    Path file();

    /** Whether a new file is due before this event joins; asked once for each event. Null on a tick of the clock. */
    boolean due(@Nullable E event);

    /** Whether the file can be rolled now, because someone asks for it. */
    boolean forced();

    /** Whether the clock alone may make it due, so that it can be asked without an event. */
    boolean ticks();

    /** Whether {@link #due} looks at the event. */
    boolean wantsEvent();

    /** So many bytes join the file. */
    void added(long bytes);

    /** The file is another one now, or has been cut by someone else: it has this length. */
    void length(long bytes);

    /** Moves the closed file out of the way. */
    void roll();
}
