package io.inkfast.cli;

/** A keyset, or the key of a KMS, as one may name it at a prompt: a path needs no {@code file:}. */
final class Reference {

    private Reference() {}

    static String of(String text) {
        return text.startsWith("file:") || text.startsWith("env:") || text.startsWith("kms:") ? text : "file:" + text;
    }
}
