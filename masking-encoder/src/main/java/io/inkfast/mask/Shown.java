package io.inkfast.mask;

import io.inkfast.mask.text.Injection;

/**
 * Makes the output of a converter such that it cannot be mistaken for another line, or move the cursor. Any thread.
 */
final class Shown {

    /** What a line begins with that continues another one and has no indent. */
    private static final String CONTINUED = "| ";

    private static final char ESCAPE = '\u001b';

    private Shown() {}

    /**
     * Lines that the converter broke itself: each is neutralised but for its indent, and none but the first begins at the
     * margin.
     *
     * @param margin whether the first begins at the margin too
     */
    static String lines(String text, boolean margin) {
        StringBuilder out = new StringBuilder(text.length() + 64);
        int n = text.length();
        for (int start = 0; start < n; ) {
            int feed = text.indexOf('\n', start);
            int end = feed < 0 ? n : feed > start && text.charAt(feed - 1) == '\r' ? feed - 1 : feed;
            int from = start;
            while (from < end && text.charAt(from) == '\t') {
                from++;
            }
            out.append(text, start, from);
            if (from == start && end > start && (start > 0 || margin)) {
                out.append(CONTINUED);
            }
            out.append(Injection.neutralise(text.substring(from, end)));
            if (feed < 0) {
                break;
            }
            out.append(text, end, feed + 1);
            start = feed + 1;
        }
        return out.toString();
    }

    /** What a composite converter of somebody else made of text that was neutralised before: colours are its own. */
    static String composed(String in, String out) {
        int at = in.isEmpty() ? -1 : out.indexOf(in);
        if (at >= 0) {
            return coloured(out.substring(0, at)) + in + coloured(out.substring(at + in.length()));
        }
        return breaks(out) == breaks(in) ? linesAsTheyAre(out) : coloured(out);
    }

    private static long breaks(String text) {
        return text.chars().filter(c -> c == '\n').count();
    }

    private static String linesAsTheyAre(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        int start = 0;
        for (int feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', start)) {
            int end = feed > start && text.charAt(feed - 1) == '\r' ? feed - 1 : feed;
            out.append(indented(text.substring(start, end))).append(text, end, feed + 1);
            start = feed + 1;
        }
        return out.append(indented(text.substring(start))).toString();
    }

    private static String indented(String line) {
        int from = 0;
        while (from < line.length() && line.charAt(from) == '\t') {
            from++;
        }
        return line.substring(0, from) + coloured(line.substring(from));
    }

    /* Neutral but for ESC [ digits and semicolons m, which do nothing but colour. */
    private static String coloured(String text) {
        if (text.indexOf(ESCAPE) < 0) {
            return Injection.neutralise(text);
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        int copied = 0;
        for (int at = text.indexOf(ESCAPE); at >= 0; at = text.indexOf(ESCAPE, at + 1)) {
            int end = colourEnd(text, at);
            if (end > 0) {
                out.append(Injection.neutralise(text.substring(copied, at))).append(text, at, end);
                copied = end;
            }
        }
        return out.append(Injection.neutralise(text.substring(copied))).toString();
    }

    private static int colourEnd(String text, int escape) {
        int at = escape + 1;
        if (at >= text.length() || text.charAt(at) != '[') {
            return -1;
        }
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == 'm') {
                return at + 1;
            }
            if (c != ';' && (c < '0' || c > '9')) {
                return -1;
            }
        }
        return -1;
    }
}
