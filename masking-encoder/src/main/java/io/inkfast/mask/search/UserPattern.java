package io.inkfast.mask.search;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression of the user's, and the literal near which it is looked for. Immutable.
 *
 * @param type what its findings are
 * @param margin how far around the literal it is looked for, in characters
 */
public record UserPattern(int type, String literal, Regex regex, int margin) {

    /** What is wrong with an expression, as a clause. */
    public static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        Unusable(String message) {
            super(message);
        }
    }

    /**
     * @param literal null to take one from the expression
     */
    public static UserPattern of(int type, @Nullable String literal, String regex, int margin) throws Unusable {
        return of(type, literal, regex, margin, true);
    }

    /**
     * @param linear whether RE2/J is used if it is there and knows the syntax
     */
    static UserPattern of(int type, @Nullable String literal, String regex, int margin, boolean linear)
            throws Unusable {
        Pattern pattern;
        RegexShape shape;
        try {
            pattern = Pattern.compile(regex);
            shape = RegexShape.of(regex);
        } catch (PatternSyntaxException e) {
            throw new Unusable("is not a regular expression: " + e.getDescription() + " near index " + e.getIndex());
        } catch (RuntimeException | StackOverflowError e) {
            throw new Unusable("is nested too deeply");
        }
        if (pattern.matcher("").matches()) {
            throw new Unusable("matches the empty text");
        }
        // Also where RE2/J would not mind: whether a configuration is good must not depend on an optional library.
        if (shape.nestedLoops()) {
            throw new Unusable(
                    "repeats a repetition, which may take forever; write the inner one without + or *, or put"
                            + " something between them that only stands there");
        }
        String near = literal == null ? shape.literal() : literal;
        if (near.isEmpty()) {
            throw new Unusable(
                    "contains no text of at least 3 characters that is part of each match; name one in" + " <literal>");
        }
        String group = group(regex);
        Regex re2 = linear ? linear(regex, group) : null;
        return new UserPattern(type, near, re2 == null ? new Regex.Jdk(pattern, group) : re2, margin);
    }

    /* Only this group is replaced, if there is one. */
    private static @Nullable String group(String regex) {
        for (String name : new String[] {"secret", "value"}) {
            if (regex.contains("(?<" + name + ">")) {
                return name;
            }
        }
        return null;
    }

    private static @Nullable Regex linear(String regex, @Nullable String group) {
        try {
            return Re2.compile(regex, group);
        } catch (LinkageError e) {
            return null; // not on the class path
        }
    }
}
