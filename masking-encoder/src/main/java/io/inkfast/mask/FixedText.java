package io.inkfast.mask;

import io.inkfast.mask.scan.Replacement;

/** A text that the user chose, whatever the value. */
record FixedText(String text) implements Replacement {

    static final int LONGEST = 64;

    @Override
    public String of(String value) {
        return text;
    }

    /* Inside the text, wherever it began: a detector may read its first word only, or what stands in its quotes. */
    @Override
    public boolean standsAt(char[] chars, int length, int from, int to) {
        int n = text.length();
        for (int start = Math.max(0, to - n); start <= from; start++) {
            if (start + n <= length && matches(chars, start)) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(char[] chars, int start) {
        for (int i = 0; i < text.length(); i++) {
            if (chars[start + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
