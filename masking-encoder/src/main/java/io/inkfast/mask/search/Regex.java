package io.inkfast.mask.search;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A compiled expression. Immutable; any thread. */
interface Regex {

    Finder newFinder();

    /** Finds matches in a text. One thread. */
    interface Finder {

        void load(CountedText text, int length);

        /** The first match within these characters. */
        boolean find(int from, int to);

        int start();

        int end();

        /** Whether more characters behind those searched might have made the match another. */
        boolean open();

        /** Where the named group begins; -1 if it did not take part. */
        int groupStart();

        int groupEnd();
    }

    /** Of the JDK. */
    record Jdk(Pattern pattern, @Nullable String group) implements Regex {

        @Override
        public Finder newFinder() {
            return new JdkFinder(pattern.matcher(""), group);
        }
    }

    /** Sees the text around the part that it searches. */
    final class JdkFinder implements Finder {

        private final Matcher matcher;
        private final @Nullable String group;

        JdkFinder(Matcher matcher, @Nullable String group) {
            this.matcher = matcher.useTransparentBounds(true).useAnchoringBounds(false);
            this.group = group;
        }

        @Override
        public void load(CountedText text, int length) {
            text.window(0, length);
            matcher.reset(text);
        }

        @Override
        public boolean find(int from, int to) {
            return matcher.region(from, to).find();
        }

        @Override
        public int start() {
            return matcher.start();
        }

        @Override
        public int end() {
            return matcher.end();
        }

        @Override
        public boolean open() {
            return matcher.hitEnd();
        }

        @Override
        public int groupStart() {
            return group == null ? -1 : matcher.start(group);
        }

        @Override
        public int groupEnd() {
            return group == null ? -1 : matcher.end(group);
        }
    }
}
