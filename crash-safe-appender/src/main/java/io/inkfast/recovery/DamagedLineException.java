package io.inkfast.recovery;

import java.io.IOException;

/**
 * A record that is whole, and is no event of a known version.
 *
 * @since 0.1.0
 */
public final class DamagedLineException extends IOException {

    private static final long serialVersionUID = 1;

    DamagedLineException(String message, Throwable cause) {
        super(message, cause);
    }
}
