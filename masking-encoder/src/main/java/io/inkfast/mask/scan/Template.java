package io.inkfast.mask.scan;

import java.util.Arrays;

/*
 * Whether a window ends at a place depends on the four characters up to there. So of a fixed text it is known at which of
 * its places none does, whatever stands around it. That the fixed texts are there is looked up in every message: no rule of
 * formatting has to be understood for that.
 */
/** What need not be searched of messages that a template was made into, at their start and end. Immutable; any thread. */
public final class Template {

    /** Of a text that was made from no template. */
    public static final Template UNKNOWN = new Template(Stretch.NONE, Stretch.NONE);

    private static final int LONGEST = 1024;

    private final Stretch first;
    private final Stretch last;

    private Template(Stretch first, Stretch last) {
        this.first = first;
        this.last = last;
    }

    static Template of(String template, Anchors anchors) {
        int placeholder = template.indexOf("{}");
        if (template.length() > LONGEST || !template.chars().allMatch(c -> c < Anchors.OTHER)) {
            return UNKNOWN;
        }
        if (placeholder < 0) {
            return new Template(Stretch.longest(template, 0, anchors), Stretch.NONE);
        }
        String behind = template.substring(template.lastIndexOf("{}") + 2);
        return new Template(
                Stretch.longest(template.substring(0, placeholder), 0, anchors),
                Stretch.longest(behind, Anchors.LENGTH - 1, anchors));
    }

    /** Marks what need not be searched of a message. */
    void mark(Text message) {
        if (first.isAt(message, first.start)) {
            message.quiet(first.start, first.end);
        }
        int start = message.length - last.behind;
        if (start >= first.end && last.isAt(message, start)) {
            message.quiet(start, start + last.end - last.start);
        }
    }

    /** A part of a fixed text in which no window ends. */
    private static final class Stretch {

        static final Stretch NONE = new Stretch("", 0, 0);

        /** It takes as long to leave out a shorter one. */
        private static final int SHORTEST = 12;

        final int start;
        final int end;
        /** How many characters there are from its start on. */
        final int behind;
        /** The stretch, and what else of its windows is before it. */
        private final char[] chars;

        private Stretch(String text, int start, int end) {
            this.chars = text.substring(Math.max(0, start - (Anchors.LENGTH - 1)), end)
                    .toCharArray();
            this.start = start;
            this.end = end;
            this.behind = text.length() - start;
        }

        /** The longest from {@code known} on, where windows are in the text as a whole; none if it is short. */
        static Stretch longest(String text, int known, Anchors anchors) {
            char[] c = text.toCharArray();
            int from = known;
            int start = 0;
            int end = 0;
            for (int at = known; at <= c.length; at++) {
                if (at == c.length || anchors.asked(c, at) != 0) {
                    if (at - from > end - start) {
                        start = from;
                        end = at;
                    }
                    from = at + 1;
                }
            }
            return end - start < SHORTEST ? NONE : new Stretch(text, start, end);
        }

        boolean isAt(Text message, int place) {
            int to = place + end - start;
            int from = to - chars.length;
            return end > 0
                    && from >= 0
                    && to <= message.length
                    && Arrays.equals(message.chars, from, to, chars, 0, chars.length);
        }
    }
}
