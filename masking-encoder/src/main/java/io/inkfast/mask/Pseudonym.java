package io.inkfast.mask;

import io.inkfast.mask.scan.Replacement;

/**
 * A hash or a token of the value. A genuine one stays as it is, whatever its type; a forged one is a value like others.
 *
 * @param type what it is called
 * @param token whether it can be opened again
 */
record Pseudonym(Pseudonyms pseudonyms, String type, boolean token) implements Replacement {

    @Override
    public String of(String value) {
        if (!value.isEmpty()
                && value.charAt(0) == PseudonymFormat.OPEN
                && pseudonyms.genuineEnd(value.toCharArray(), 0, value.length()) == value.length()) {
            return value;
        }
        if (value.equals(Pseudonyms.MASK)) {
            return value; // was masked before, or too long for a token
        }
        return token ? pseudonyms.token(type, value) : pseudonyms.hash(type, value);
    }
}
