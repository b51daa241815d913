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

    /** Whether a new file is due before this event joins; asked once for each event. */
    boolean due(@Nullable E event);

    /** Whether the clock alone makes a new file due; asked a few times a second. */
    boolean dueByClock();

    /** Whether the file can be rolled now, because someone asks for it. */
    boolean forced();

    /** Whether {@link #due} looks at the event; else it may be null. */
    boolean wantsEvent();

    /** So many bytes join the file. */
    void added(long bytes);

    /** The file is another one now, or has been cut by someone else: it has this length. */
    void length(long bytes);

    /** Moves the closed file out of the way. */
    void roll();
}
