package io.inkfast.net;

import java.io.IOException;
import java.util.function.UnaryOperator;

/**
 * Who we say we are: the value of the header {@code Authorization}, made anew for each request, so that a secret in a file
 * may be replaced at any time. Any thread; never printed.
 */
final class Credential {

    private final String scheme;
    private final Secret secret;
    private final UnaryOperator<String> form;

    Credential(String scheme, Secret secret, UnaryOperator<String> form) {
        this.scheme = scheme;
        this.secret = secret;
        this.form = form;
    }

    /** @throws IOException if the file with the secret cannot be read */
    String header() throws IOException {
        return scheme + form.apply(secret.value());
    }
}
