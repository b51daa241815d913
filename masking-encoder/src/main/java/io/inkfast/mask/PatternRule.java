package io.inkfast.mask;

import io.inkfast.internal.Settings;
import io.inkfast.mask.search.UserPattern;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The element {@code <pattern>} of {@code <redaction>}: a regular expression whose matches are redacted. It is only looked
 * for near a literal, and its work is bounded: a text that takes too long to match is withheld whole. Setters only store.
 * Configuring thread only.
 *
 * @since 0.1.0
 */
public final class PatternRule {

    private static final int MOST_LITERAL = 128;
    private static final int MOST_REGEX = 4_096;

    private @Nullable String name;
    private @Nullable String literal;
    private @Nullable String regex;
    private @Nullable String action;
    private @Nullable String maxMatch;

    /** Called by Logback. */
    public PatternRule() {}

    /** What its findings are called in counters, tokens and {@code <type>}: a word of up to 64 characters. Required. */
    public void setName(String text) {
        name = text;
    }

    /**
     * A text that stands in each match or near it, in any case; up to 128 characters. Required, unless the expression
     * itself contains at least three plain characters that are part of each match.
     */
    public void setLiteral(String text) {
        literal = text;
    }

    /**
     * The expression, in the syntax of {@code java.util.regex}. With a group named {@code secret} or {@code value}, only
     * that group is replaced. Required. Braces and {@code :-} are rewritten by Logback: such an expression belongs in the
     * file of {@code <rules>}.
     */
    public void setRegex(String text) {
        regex = text;
    }

    /** What is done with a match. Default: {@code mask}; the actions are those of {@code <field>}. */
    public void setAction(String text) {
        action = text;
    }

    /**
     * How far around the literal the expression is looked for, in characters: 16 to 65536, default 512. A match that goes
     * on beyond is found as a whole.
     */
    public void setMaxMatch(String text) {
        maxMatch = text;
    }

    /** Empty if there is none. */
    String name() {
        return name == null ? "" : name.trim();
    }

    /** Null for the default. */
    @Nullable
    String action() {
        return action;
    }

    /** The pattern, whose findings are of this type; null if something is wrong. */
    @Nullable
    UserPattern compile(Settings settings, int type) {
        String called = settings.required("name", name);
        String of = "<regex> of <pattern> [" + called + "] ";
        String expression = settings.required("regex", regex);
        int margin = settings.count("maxMatch", maxMatch, 512, 16, 65_536);
        String near = settings.text("literal", literal);
        if (near != null && near.length() > MOST_LITERAL) {
            settings.problem("<literal> of <pattern> [" + called + "] has more than " + MOST_LITERAL + " characters");
            return null;
        }
        if (called.isEmpty() || expression.isEmpty()) {
            return null;
        }
        if (expression.length() > MOST_REGEX) {
            settings.problem(of + "has more than " + MOST_REGEX + " characters");
            return null;
        }
        try {
            return UserPattern.of(type, near, expression, margin);
        } catch (UserPattern.Unusable e) {
            settings.problem(of + e.getMessage());
            return null;
        }
    }

    /** Everything that was set, for comparing. */
    List<@Nullable String> configured() {
        return Arrays.asList(name, literal, regex, action, maxMatch);
    }
}
