package io.inkfast.mask.scan;

import java.util.Arrays;

/** A set of bits for each of some numbers below 2^31. Open addressing; written while it is built, then by any thread. */
final class Grams {

    private static final int FREE = -1;

    private int[] grams = new int[1 << 12];
    private int[] bits = new int[1 << 12];
    private int size;

    Grams() {
        Arrays.fill(grams, FREE);
    }

    void add(int gram, int newBits) {
        int slot = slot(gram);
        if (grams[slot] == FREE) {
            grams[slot] = gram;
            size++;
        }
        bits[slot] |= newBits;
        if (size > grams.length / 2) {
            grow();
        }
    }

    /** 0 for a number that was not added. */
    int get(int gram) {
        return bits[slot(gram)];
    }

    /* Where the number is, or would be. */
    private int slot(int gram) {
        int mask = grams.length - 1;
        int slot = ((gram * 0x9E3779B1) >>> 12) & mask;
        while (grams[slot] != gram && grams[slot] != FREE) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        int[] oldGrams = grams;
        int[] oldBits = bits;
        grams = new int[oldGrams.length * 2];
        bits = new int[oldGrams.length * 2];
        Arrays.fill(grams, FREE);
        size = 0;
        for (int i = 0; i < oldGrams.length; i++) {
            if (oldGrams[i] != FREE) {
                add(oldGrams[i], oldBits[i]);
            }
        }
    }
}
