package io.inkfast.mask.scan;

import java.util.Arrays;

/**
 * A text under inspection: its characters, what was found in it, and how much work went into it. Reused; one thread.
 */
final class Text implements Search.Hits {

    /** Thrown when the work done is out of proportion to the text: nothing has been decided, the text is withheld. */
    static final class TooCostly extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooCostly() {
            super("too costly", null, false, false);
        }
    }

    /** Above this, the characters are not kept from one text to the next. */
    static final int KEPT = 64 * 1024;

    char[] chars = new char[512];
    int length;

    /** Start and end of each stretch in which no window ends and all characters are ASCII, in their order. */
    final int[] quiet = new int[4];

    /** How much of {@link #quiet} is used. */
    int edges;

    /** The characters that were visited, or-ed. */
    int seen;

    /** Start, end and type of each finding. */
    int[] spans = new int[48];

    int count;

    /** Where the value of a name=..., value=... pair must begin to belong to a sensitive name; or -1. */
    int namedUntil = -1;

    /** The type of that name. */
    int namedType;

    /** Digits before this place have been tried as card numbers. */
    int cardsUntil;

    /** Groups of digits before this place have been tried as numbers of persons. */
    int groupsUntil;

    /** Before this place, a bare value has too few digits for a card. */
    int noCardUntil;

    /** Before this place, programs have been looked at with their options. */
    int commandUntil;

    /** Before this place, statements have been looked through. */
    int statementUntil;

    /** Before this place, a run of base64 is too long for a key. */
    int runUntil;

    /** Before this place, objects have been searched for the members of a JSON web key. */
    int objectUntil;

    /** Before this place, the neighbours of names have been looked at. */
    int companyUntil;

    /** Whether something of a person was among them. */
    boolean companyOfPerson;

    /** Whether the last of those objects is such a key. */
    boolean objectIsKey;
    /** Names before this place are in the head of a table that has been looked through. */
    int tableUntil;

    /** Before this place, no bracket of a list is open; or the list has been looked through. */
    int listUntil;

    /** Before this place, elements have been searched for their end. */
    int elementsUntil;

    /** The quoted value under a name such as "value", whose own name may follow; or -1. */
    int valueFrom = -1;

    int valueTo = -1;

    private final Rules rules;
    private long steps;
    private long limit;

    Text(Rules rules) {
        this.rules = rules;
    }

    void load(String text) {
        length = text.length();
        if (chars.length < length) {
            chars = new char[Math.max(length, Math.min(chars.length * 2, KEPT))];
        }
        text.getChars(0, length, chars, 0);
        reset();
    }

    /** Looks at characters that belong to someone else. */
    void load(char[] text, int newLength) {
        chars = text;
        length = newLength;
        reset();
    }

    private void reset() {
        edges = 0;
        steps = 0;
        limit = 16L * length + 4096;
        restart();
    }

    /** No window ends in this stretch, which is behind the others, and all its characters are ASCII. */
    void quiet(int from, int to) {
        quiet[edges++] = from;
        quiet[edges++] = to;
    }

    /** Forgets the findings, not the work. */
    void restart() {
        count = 0;
        namedUntil = -1;
        cardsUntil = 0;
        groupsUntil = 0;
        noCardUntil = 0;
        commandUntil = 0;
        statementUntil = 0;
        runUntil = 0;
        objectUntil = 0;
        companyUntil = 0;
        companyOfPerson = false;
        objectIsKey = false;
        tableUntil = 0;
        listUntil = 0;
        elementsUntil = 0;
        valueFrom = -1;
        valueTo = -1;
    }

    void release() {
        if (chars.length > KEPT) {
            chars = new char[512];
        }
        if (spans.length > 4096) {
            spans = new int[48];
        }
    }

    /** To be called with the number of characters looked at. */
    @Override
    public void work(int characters) {
        steps += characters;
        if (steps > limit) {
            throw new TooCostly();
        }
    }

    @Override
    public void withhold() {
        throw new TooCostly();
    }

    long steps() {
        return steps;
    }

    /** Where the last finding ends; nothing before it is looked at again. */
    int found() {
        return count == 0 ? 0 : spans[count - 2];
    }

    /**
     * The characters from {@code start} to before {@code end} are of this type of {@link Types}. Not counted if they are
     * what an earlier pass put there.
     */
    @Override
    public void hit(int start, int end, int type) {
        if (rules.settled(chars, length, start, end, type)) {
            return;
        }
        if (count + 3 > spans.length) {
            spans = Arrays.copyOf(spans, spans.length * 2);
        }
        spans[count++] = start;
        spans[count++] = end;
        spans[count++] = type;
    }
}
