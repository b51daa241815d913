package io.inkfast.internal;

import java.util.Iterator;

/** Texts with commas between them. Any thread. */
public final class JoinedText {

    private static final String BETWEEN = ", ";

    private JoinedText() {}

    /**
     * What a text says before others that stand at its end, each as it prints itself; the whole text if they do not stand
     * there. Those that print nothing are left out.
     */
    public static String head(String text, Iterator<?> others) {
        StringBuilder tail = new StringBuilder();
        while (others.hasNext()) {
            String other = String.valueOf(others.next());
            if (!other.isEmpty()) {
                tail.append(tail.length() == 0 ? "" : BETWEEN).append(other);
            }
        }
        if (tail.length() == 0 || !text.endsWith(tail.toString())) {
            return text;
        }
        String head = text.substring(0, text.length() - tail.length());
        return head.endsWith(BETWEEN) ? head.substring(0, head.length() - BETWEEN.length()) : head;
    }
}
