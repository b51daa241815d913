package io.inkfast.mask.scan;

/** Half characters: a surrogate without its other half becomes U+FFFD, since writers and readers disagree about it. */
final class Surrogates {

    private Surrogates() {}

    /** Repairs in place; whether there was anything to repair. */
    static boolean repair(char[] c, int n) {
        boolean broken = false;
        for (int i = 0; i < n; i++) {
            if (Character.isSurrogate(c[i])) {
                if (Character.isHighSurrogate(c[i]) && i + 1 < n && Character.isLowSurrogate(c[i + 1])) {
                    i++;
                } else {
                    c[i] = '\uFFFD';
                    broken = true;
                }
            }
        }
        return broken;
    }
}
