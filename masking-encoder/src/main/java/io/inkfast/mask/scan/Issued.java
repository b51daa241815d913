package io.inkfast.mask.scan;

/** Knows the pseudonyms that this policy put into texts before, and no others. Any thread. */
@FunctionalInterface
public interface Issued {

    /** Begins every pseudonym. */
    char OPEN = '\u2039';

    /** There are none. */
    Issued NONE = (text, at, limit) -> -1;

    /** The index behind a genuine pseudonym that begins at {@code at}; -1 if none does, or a forged one. */
    int end(char[] text, int at, int limit);
}
