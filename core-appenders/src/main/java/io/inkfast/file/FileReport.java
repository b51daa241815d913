package io.inkfast.file;

import java.nio.file.Path;

/** What the file engine tells. Called under the lock of the file; throws nothing. */
interface FileReport {

    /** So many events are in the file. */
    void written(int events);

    /** A try failed; what is unwritten is kept. */
    void failed(Path file, Throwable cause);

    /** Writing works again. */
    void recovered(Path file);

    /** The file was moved or deleted by someone else; another one was made. */
    void replaced(Path file);
}
