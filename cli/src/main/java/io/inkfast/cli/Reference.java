package io.inkfast.cli;

/** A keyset as one may name it at a prompt: a path needs no {@code file:}. */
final class Reference {

    private Reference() {}

    static String of(String text) {
        return text.startsWith("file:") || text.startsWith("env:") ? text : "file:" + text;
    }
}
