package io.inkfast.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * Who we say we are: the value of the header {@code Authorization}, made anew for each request, so that a secret in a file
 * may be replaced at any time. Any thread; never printed.
 */
final class Credential {

    /** Where the secret is. */
    @FunctionalInterface
    interface Source {
        String read() throws IOException;

        static Source of(String secret) {
            return () -> secret;
        }

        static Source of(Path file) {
            return () -> Files.readString(file).strip();
        }
    }

    private final String scheme;
    private final Source source;
    private final UnaryOperator<String> form;

    Credential(String scheme, Source source, UnaryOperator<String> form) {
        this.scheme = scheme;
        this.source = source;
        this.form = form;
    }

    /** @throws IOException if the file with the secret cannot be read */
    String header() throws IOException {
        return scheme + form.apply(source.read());
    }
}
