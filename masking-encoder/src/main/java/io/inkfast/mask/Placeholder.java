package io.inkfast.mask;

import io.inkfast.mask.scan.FieldNames;
import io.inkfast.mask.scan.TextScanner;
import java.util.ArrayList;
import java.util.List;

/**
 * What a template says of one of its arguments.
 *
 * @param type of the argument, by the word before its placeholder; -1 if that word is harmless
 * @param quoted whether there are quotes around the placeholder
 * @param listed whether the word before it was declared harmless
 */
record Placeholder(int type, boolean quoted, boolean listed) {

    static final Placeholder NONE = new Placeholder(-1, false, false);

    private static final String WORD = "qxzvwkplhq";
    private static final int MOST = 64;

    /** In their order; not more than 64. */
    static List<Placeholder> all(String template, TextScanner scanner, FieldNames names) {
        List<Placeholder> all = new ArrayList<>();
        for (int at = next(template, 0); at >= 0 && all.size() < MOST; at = next(template, at + 2)) {
            // The other placeholders stay: they are values like any, and none is as long as the word.
            String filled = template.substring(0, at) + WORD + template.substring(at + 2);
            boolean quoted = at > 0 && (template.charAt(at - 1) == '"' || template.charAt(at - 1) == '\'');
            int type = scanner.typeOf(filled, at, at + WORD.length());
            all.add(new Placeholder(type, quoted, names.listed(nameBefore(template, at))));
        }
        return all;
    }

    /* As SLF4J counts them: not behind a backslash, unless that is behind one. */
    private static int next(String template, int from) {
        int at = template.indexOf("{}", from);
        while (at > 0 && template.charAt(at - 1) == '\\' && !(at > 1 && template.charAt(at - 2) == '\\')) {
            at = template.indexOf("{}", at + 2);
        }
        return at;
    }

    /* "order={}", "order: {}", "order {}" */
    private static String nameBefore(String template, int at) {
        int end = at;
        while (end > 0 && " =:\"'[(".indexOf(template.charAt(end - 1)) >= 0) {
            end--;
        }
        int start = end;
        while (start > 0
                && (Character.isLetterOrDigit(template.charAt(start - 1))
                        || "_-.".indexOf(template.charAt(start - 1)) >= 0)) {
            start--;
        }
        return template.substring(start, end);
    }
}
