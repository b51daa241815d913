package io.inkfast.mask.search;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** RE2/J, which matches in linear time. Only to be touched where a {@link LinkageError} is caught: it may not be there. */
final class Re2 implements Regex {

    private final Pattern pattern;
    private final @Nullable String group;

    private Re2(Pattern pattern, @Nullable String group) {
        this.pattern = pattern;
        this.group = group;
    }

    /** Null if RE2/J does not know all of this syntax. */
    static @Nullable Regex compile(String regex, @Nullable String group) {
        try {
            Pattern pattern = Pattern.compile(regex);
            return group == null || pattern.namedGroups().containsKey(group) ? new Re2(pattern, group) : null;
        } catch (PatternSyntaxException e) {
            return null;
        }
    }

    @Override
    public Finder newFinder() {
        return new Re2Finder(pattern, group);
    }

    /** Sees only the part that it searches. */
    private static final class Re2Finder implements Finder {

        private final @Nullable String group;
        private CountedText text = new CountedText();
        private int length;
        private Matcher matcher;
        private int offset;
        private int to;

        Re2Finder(Pattern pattern, @Nullable String group) {
            this.group = group;
            this.matcher = pattern.matcher("");
        }

        @Override
        public void load(CountedText newText, int newLength) {
            text = newText;
            length = newLength;
        }

        @Override
        public boolean find(int from, int newTo) {
            offset = from;
            to = newTo;
            text.window(from, to);
            matcher = matcher.reset(text);
            return matcher.find();
        }

        @Override
        public int start() {
            return offset + matcher.start();
        }

        @Override
        public int end() {
            return offset + matcher.end();
        }

        @Override
        public boolean open() {
            return end() == to && to < length;
        }

        @Override
        public int groupStart() {
            int start = group == null ? -1 : matcher.start(group);
            return start < 0 ? -1 : offset + start;
        }

        @Override
        public int groupEnd() {
            int end = group == null ? -1 : matcher.end(group);
            return end < 0 ? -1 : offset + end;
        }
    }
}
