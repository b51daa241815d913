package io.inkfast.mask;

import io.inkfast.mask.scan.Replacement;
import io.inkfast.mask.scan.TextScanner;

/**
 * Shows the first and last characters of a value: {@code ****6789}. Never more than a third of it, of a card number with
 * 15 digits or more at most the first 6 and the last 4; and only letters, digits, {@code . _ -}. Else {@code ****}.
 *
 * @param first how many characters at the beginning
 * @param last how many at the end
 * @param card whether only the digits count
 */
record PartlyShown(int first, int last, boolean card) implements Replacement {

    static final int MOST = 32;

    private static final String MASK = TextScanner.MASK;
    private static final int CARD = 15;

    @Override
    public String of(String value) {
        if (own(value)) {
            return value;
        }
        String text = card ? digits(value) : value;
        boolean longEnough = (first + last) * 3 <= text.length();
        if (card) {
            longEnough = text.length() <= 19 && (longEnough || (text.length() >= CARD && first + last <= 10));
        }
        String shown = longEnough ? text.substring(0, first) + MASK + text.substring(text.length() - last) : MASK;
        return own(shown) ? shown : MASK;
    }

    /* Recognised by its form: nobody is shown more of it than the rule allows of any value. */
    private boolean own(String value) {
        int end = first + MASK.length();
        return value.length() == end + last
                && value.startsWith(MASK, first)
                && plain(value, 0, first)
                && plain(value, end, value.length());
    }

    private boolean plain(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean good =
                    card ? c >= '0' && c <= '9' : Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-';
            if (!good) {
                return false;
            }
        }
        return true;
    }

    /* Nothing if there is more than a card number. */
    private static String digits(String value) {
        StringBuilder digits = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            int digit = Character.digit(value.charAt(i), 10);
            if (digit >= 0) {
                digits.append((char) ('0' + digit));
            } else if (Character.isLetter(value.charAt(i))) {
                return "";
            }
        }
        return digits.toString();
    }
}
