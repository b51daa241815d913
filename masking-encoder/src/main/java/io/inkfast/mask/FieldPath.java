package io.inkfast.mask;

import io.inkfast.mask.scan.FieldNames;
import java.util.ArrayList;
import java.util.List;

/**
 * A path to fields, as written in {@code <field>}.
 *
 * <pre>
 *   path  = ["/"] step { ("." | "/") step }      with "/" at its beginning: from the root of the line; else from anywhere
 *   step  = (name | "*" | "**") { "[" (number | "*") "]" }
 *   name  = letters, digits and the rest; in double quotes, or with "\" before them, also the characters of this grammar
 *
 *   *     one name, or one place in an array            **    any number of them, also none
 *   [*]   any place in an array                         [3]   the fourth
 * </pre>
 *
 * Names count in any case and style. Immutable.
 *
 * @param absolute whether it begins at the root of the line
 * @param label its last name, as written; empty if it has none
 */
record FieldPath(boolean absolute, List<Step> steps, String label) {

    /** What one step may be. */
    enum Kind {
        NAME,
        ANY,
        DEEP,
        ANY_INDEX,
        INDEX
    }

    /**
     * One step.
     *
     * @param name folded, of a name; else empty
     * @param index of a place; else 0
     */
    record Step(Kind kind, String name, int index) {}

    /** Thrown for a text that is no path; the message says what is wrong. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    /** Whether a text must be read as a path, since no name has such characters. */
    static boolean isPath(String text) {
        return text.chars().anyMatch(c -> "./*[]\"\\".indexOf(c) >= 0);
    }

    /** Where the name or path ends and {@code = action} begins; -1 if there is no action. */
    static int equalsSign(String text) {
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '=' && !quoted) {
                return i;
            }
        }
        return -1;
    }

    static FieldPath parse(String text) throws Malformed {
        return new Parser(text).path();
    }

    /** Whether there are only names in it, so that a name with dots means the same. */
    boolean namesOnly() {
        return !absolute && steps.stream().allMatch(step -> step.kind == Kind.NAME);
    }

    private static final class Parser {

        private final String text;
        private int at;
        private final List<Step> steps = new ArrayList<>();
        private String label = "";

        Parser(String text) {
            this.text = text;
        }

        FieldPath path() throws Malformed {
            boolean absolute = peek() == '/';
            if (absolute) {
                at++;
            }
            step();
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '[') {
                    index();
                } else if (c == '.' || c == '/') {
                    at++;
                    step();
                } else {
                    throw new Malformed("[" + c + "] at " + (at + 1) + " does not belong there");
                }
            }
            if (steps.stream().allMatch(step -> step.kind == Kind.ANY || step.kind == Kind.DEEP)) {
                throw new Malformed("it names nothing");
            }
            return new FieldPath(absolute, List.copyOf(steps), label);
        }

        private int peek() {
            return at < text.length() ? text.charAt(at) : -1;
        }

        private void step() throws Malformed {
            if (peek() == '[') {
                index();
                return;
            }
            StringBuilder name = new StringBuilder();
            boolean plain = true;
            boolean quoted = false;
            for (; at < text.length(); at++) {
                char c = text.charAt(at);
                if (c == '"') {
                    quoted = !quoted;
                    plain = false;
                } else if (c == '\\' && at + 1 < text.length()) {
                    name.append(text.charAt(++at));
                    plain = false;
                } else if (!quoted && "./[]".indexOf(c) >= 0) {
                    break;
                } else {
                    name.append(c);
                }
            }
            if (quoted) {
                throw new Malformed("a quote is not closed");
            }
            String written = name.toString().trim();
            if (plain && written.equals("**")) {
                if (steps.isEmpty() || steps.get(steps.size() - 1).kind != Kind.DEEP) {
                    steps.add(new Step(Kind.DEEP, "", 0));
                }
            } else if (plain && written.equals("*")) {
                steps.add(new Step(Kind.ANY, "", 0));
            } else {
                name(written, plain);
            }
        }

        private void name(String written, boolean plain) throws Malformed {
            String folded = FieldNames.folded(written);
            if (plain && written.indexOf('*') >= 0) {
                throw new Malformed("* stands for a whole name, not for a part of one as in [" + written + "]");
            }
            if (folded.isEmpty()) {
                throw new Malformed("a name is missing");
            }
            label = written;
            steps.add(new Step(Kind.NAME, folded, 0));
        }

        private void index() throws Malformed {
            int close = text.indexOf(']', at);
            String inside = close < 0 ? "" : text.substring(at + 1, close).trim();
            if (inside.equals("*")) {
                steps.add(new Step(Kind.ANY_INDEX, "", 0));
            } else if (inside.matches("\\d{1,6}")) {
                steps.add(new Step(Kind.INDEX, "", Integer.parseInt(inside)));
            } else {
                throw new Malformed("there must be a number or * between [ and ]");
            }
            at = close + 1;
        }
    }
}
