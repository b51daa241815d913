package io.inkfast.mask;

import io.inkfast.mask.text.Injection;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;

/**
 * Escapes, without loss, what JSON allows to stand raw and a log does not: {@link Injection}. Text in ASCII stays on
 * Jackson's fast path. One generator, one thread.
 */
final class JsonEscapes extends CharacterEscapes {

    private static final long serialVersionUID = 1L;

    private static final int[] ASCII = CharacterEscapes.standardAsciiEscapesForJSON();

    static {
        ASCII[0x7f] = ESCAPE_STANDARD;
    }

    /** Whether joiners are escaped too: where they stand decides, and only the writer of the text sees that. */
    private boolean joiners;

    /** Jackson asks for one UTF-16 unit after the other; the second half of a pair goes the way of the first. */
    private boolean halfEscaped;

    void escapeJoiners(boolean escape) {
        joiners = escape;
    }

    @Override
    public int[] getEscapeCodesForAscii() {
        return ASCII;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int c) {
        boolean secondHalf = halfEscaped && Character.isLowSurrogate((char) c);
        halfEscaped = false;
        if (Character.isSurrogate((char) c)) {
            halfEscaped = Character.isHighSurrogate((char) c) && leadsToHarm(c);
            return halfEscaped || secondHalf ? escape(c) : null;
        }
        boolean joiner = c == 0x200c || c == 0x200d;
        return joiner ? joiners ? escape(c) : null : Injection.alwaysHarmful(c) ? escape(c) : null;
    }

    /*
     * Of the tags and the variation supplement, and of the last 1,024 characters of each plane, which have the
     * noncharacters at their end and nothing else in use.
     */
    private static boolean leadsToHarm(int high) {
        return high == 0xdb40 || (high & 0x3f) == 0x3f;
    }

    private static SerializableString escape(int c) {
        StringBuilder text = new StringBuilder(6).append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            text.append(Character.toUpperCase(Character.forDigit(c >> shift & 15, 16)));
        }
        return new SerializedString(text.toString());
    }
}
