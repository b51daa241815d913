package io.inkfast.mask;

import io.inkfast.mask.scan.FieldNames;
import io.inkfast.mask.scan.TextScanner;

/**
 * What a template says of one of its arguments.
 *
 * @param type of the argument, by the word before its placeholder; -1 if that word is harmless
 * @param quoted whether there are quotes around the placeholder
 * @param listed whether the word before it was declared harmless
 */
record Placeholder(int type, boolean quoted, boolean listed) {

    private static final Placeholder NONE = new Placeholder(-1, false, false);
    private static final String WORD = "qxzvwkplhq";

    static Placeholder of(String template, int index, TextScanner scanner, FieldNames names) {
        int at = -2;
        for (int i = 0; i <= index; i++) {
            do {
                at = template.indexOf("{}", at + 2);
            } while (at > 0 && template.charAt(at - 1) == '\\' && !(at > 1 && template.charAt(at - 2) == '\\'));
            if (at < 0) {
                return NONE;
            }
        }
        // The other placeholders stay: they are values like any, and none is as long as the word.
        String filled = template.substring(0, at) + WORD + template.substring(at + 2);
        boolean quoted = at > 0 && (template.charAt(at - 1) == '"' || template.charAt(at - 1) == '\'');
        return new Placeholder(
                scanner.typeOf(filled, at, at + WORD.length()), quoted, names.allowed(nameBefore(template, at)));
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
