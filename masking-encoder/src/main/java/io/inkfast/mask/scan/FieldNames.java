package io.inkfast.mask.scan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/*
 * A name is read from its end towards its beginning through a trie of the known names, written backwards. Separators and
 * capitals only tell where words begin. The longest known name wins, so that nextPageToken may be harmless although token
 * is not. Most names leave the trie after one or two letters, which is what makes looking at every ':' of a text cheap.
 */
/**
 * Decides whether a name announces something sensitive: the whole name, or the words at its end, in any case and style.
 * Immutable; any thread.
 */
public final class FieldNames {

    /** Longest name looked at, from its end. */
    static final int LONGEST = 64;

    private static final int WIDTH = 192;
    private static final String JOINS = "_-. $";
    private static final String SEPARATORS = ":=";

    private final List<short[]> building = new ArrayList<>();
    private final StringBuilder others = new StringBuilder();
    private final short[] next;
    private final byte[] anywhere;
    private final byte[] word;
    private final byte[] whole;
    private final boolean[] neutral;
    private final List<byte[]> kinds = new ArrayList<>();
    private long known;

    /**
     * A name and what stands behind it.
     *
     * @param name in any style
     * @param kind of {@link Kind}
     * @param where the name counts
     */
    record Entry(String name, byte kind, Where where) {}

    enum Where {
        /** Also inside a word: dbpassword. */
        ANYWHERE(0),
        /** From the start of a word: db_pw. */
        WORD(1),
        /** As the whole name. */
        WHOLE(2);

        private final int slot;

        Where(int slot) {
            this.slot = slot;
        }
    }

    /** Later entries win over earlier ones of the same name. */
    FieldNames(Collection<Entry> entries, Anchors.Builder anchors, int handler) {
        addNode();
        for (Entry entry : entries) {
            int node = insert(entry.name);
            if (node != 0) {
                kinds.get(node)[entry.where.slot] = entry.kind;
                known |= 1L << entry.kind;
                addWindows(entry.name, anchors, handler);
            }
        }
        for (String neutralWord : NameList.NEUTRAL) {
            kinds.get(insert(neutralWord))[3] = 1;
            addWindows(neutralWord, anchors, handler);
        }
        int nodes = building.size();
        next = new short[nodes * WIDTH];
        anywhere = new byte[nodes];
        word = new byte[nodes];
        whole = new byte[nodes];
        neutral = new boolean[nodes];
        for (int i = 0; i < nodes; i++) {
            System.arraycopy(building.get(i), 0, next, i * WIDTH, WIDTH);
            byte[] kind = kinds.get(i);
            anywhere[i] = kind[0];
            word[i] = kind[1];
            whole[i] = kind[2];
            neutral[i] = kind[3] != 0;
        }
        building.clear();
        kinds.clear();
    }

    /** The type of the value under this name, whatever it looks like; -1 if the name is harmless. */
    public int type(String name) {
        return Kind.type(kind(name));
    }

    /** Whether the value under this name is itself a name, as in {@code {"name":"password","value":"..."}}. */
    public boolean naming(String name) {
        return kind(name) == Kind.NAMING;
    }

    /** Whether the value under this name belongs to such a name. */
    public boolean named(String name) {
        return kind(name) == Kind.NAMED;
    }

    /** Whether what looks like a secret is one in a list under this name. */
    public boolean many(String name) {
        return kind(name) == Kind.MANY;
    }

    /** Whether the name was declared harmless by the user; those that only are no secret are not. */
    public boolean listed(String name) {
        return kind(name) == Kind.LISTED;
    }

    /** A name without case and style: customer_note and customerNote are the same. */
    public static String folded(String name) {
        StringBuilder letters = new StringBuilder(name.length());
        for (char c : Fold.letters(name.toCharArray())) {
            if (!joins(c)) {
                letters.append(Character.toLowerCase(c));
            }
        }
        return letters.toString();
    }

    /** Whether any name is of this kind of the profiles. */
    boolean knows(byte kind) {
        return (known >> kind & 1) != 0;
    }

    /** The kind of a name that stands alone, as in JSON or a map. */
    byte kind(String name) {
        char[] text = name.toCharArray();
        char[] folded = Fold.needed(text, text.length) ? Fold.letters(text) : text;
        return match(folded, 0, folded.length);
    }

    /** The kind of the name that ends before {@code end} and does not begin before {@code from}. */
    byte match(char[] text, int from, int end) {
        int low = Math.max(from, end - LONGEST);
        int tail = end;
        byte best = Kind.NONE;
        for (int round = 0; round < 3; round++) {
            long found = walk(text, low, tail);
            int stripped = (int) (found >> 8);
            if ((byte) found != Kind.NONE) {
                if ((byte) found == Kind.NAMING && best == Kind.NAMED) {
                    return best; // <property value="x" name="password">
                }
                if ((byte) found != Kind.NAMED || stripped <= low) {
                    return (byte) found;
                }
                best = Kind.NAMED;
            }
            if (stripped < 0) {
                stripped = tail;
                while (stripped > low && Chars.digit(text[stripped - 1])) {
                    stripped--;
                }
            }
            while (stripped > low && joins(text[stripped - 1])) {
                stripped--;
            }
            if (stripped == tail || stripped <= low) {
                return best;
            }
            tail = stripped;
        }
        return best;
    }

    /* The kind in the lowest byte; above it, where a neutral word begins, or -1. */
    private long walk(char[] text, int low, int end) {
        int node = 0;
        byte best = Kind.NONE;
        int rest = -1;
        int gap = 0;
        int from = end;
        for (int at = end - 1; at >= low; at--) {
            int letter = index(text[at]);
            if (letter < 0) {
                if (joins(text[at]) && at < end - 1 && ++gap <= 2) {
                    continue;
                }
                break;
            }
            gap = 0;
            node = next[node * WIDTH + letter];
            if (node == 0) {
                break;
            }
            if (anywhere[node] != Kind.NONE) {
                best = anywhere[node];
            }
            if ((word[node] != Kind.NONE || whole[node] != Kind.NONE || neutral[node]) && beginsWord(text, low, at)) {
                // "token in: x" is prose, token_in is not.
                if (neutral[node] && !(end - at == 2 && at > low && text[at - 1] == ' ')) {
                    rest = at;
                }
                if (word[node] != Kind.NONE && !asks(text, at, end) && !isApart(word[node], best, text, at, from)) {
                    best = word[node];
                    from = at;
                }
                if (whole[node] != Kind.NONE && beginsName(text, low, at)) {
                    best = whole[node];
                }
            }
        }
        return ((long) rest << 8) | (best & 0xFF);
    }

    /* "isPassword" is a name, "is password" are words of a sentence. */
    private static boolean asks(char[] text, int at, int end) {
        return Chars.at(text, at, end, "is ") || Chars.at(text, at, end, "has ");
    }

    /* A blank in front of a name keeps it from being part of a harmless one: "is_ password" is no "isPassword". */
    private static boolean isApart(byte kind, byte shorter, char[] text, int at, int from) {
        boolean apart = false;
        for (int i = at; kind == Kind.ALLOWED && shorter != Kind.NONE && i < from; i++) {
            apart |= text[i] == ' ';
        }
        return apart;
    }

    private static boolean joins(char c) {
        return c == '_' || c == '-' || c == '.' || c == ' ' || c == '$';
    }

    private static boolean beginsWord(char[] text, int low, int at) {
        if (at == low) {
            return true;
        }
        char before = text[at - 1];
        char first = text[at];
        if (!Chars.wordPart(before)) {
            return true;
        }
        return (Chars.upper(first) && (!Chars.upper(before) || (at + 1 < text.length && Chars.lower(text[at + 1]))))
                || (Chars.digit(before) && !Chars.digit(first));
    }

    private static boolean beginsName(char[] text, int low, int at) {
        return at == low || !(Chars.wordPart(text[at - 1]) || text[at - 1] == '_' || text[at - 1] == '-');
    }

    private int index(char c) {
        if (c < 0x80) {
            if (Chars.lower(c)) {
                return c - 'a';
            }
            if (Chars.upper(c)) {
                return c - 'A';
            }
            return Chars.digit(c) ? 26 + c - '0' : -1;
        }
        for (int i = 0; i < others.length(); i++) {
            if (others.charAt(i) == c) {
                return 36 + i;
            }
        }
        return -1;
    }

    /* Where a name is followed by ':' or '=': what its last three characters can be. */
    private static void addWindows(String name, Anchors.Builder anchors, int handler) {
        String letters = new String(Fold.letters(name.toLowerCase(Locale.ROOT).toCharArray()));
        int n = letters.length();
        String last = either(letters, n - 1);
        String second = either(letters, n - 2);
        String third = either(letters, n - 3);
        if (Chars.digit(letters.charAt(n - 1))) {
            anchors.window(handler, Anchors.ANY, second + JOINS, last, SEPARATORS);
        } else {
            anchors.window(
                    handler, n < 3 ? Anchors.ANY : third + JOINS, n < 2 ? Anchors.ANY : second, last, SEPARATORS);
        }
    }

    private static String either(String letters, int at) {
        if (at < 0) {
            return "";
        }
        char c = letters.charAt(at);
        return c < 0x80 ? "" + c + Character.toUpperCase(c) : "" + Anchors.OTHER;
    }

    private int insert(String name) {
        char[] letters = Fold.letters(name.toLowerCase(Locale.ROOT).toCharArray());
        int node = 0;
        for (int i = letters.length - 1; i >= 0; i--) {
            char c = letters[i];
            if (c >= 0x80 && index(c) < 0 && Character.isLetterOrDigit(c) && others.length() < WIDTH - 36) {
                others.append(c);
            }
            int letter = index(c);
            if (letter >= 0) {
                short[] children = building.get(node);
                if (children[letter] == 0) {
                    children[letter] = addNode();
                }
                node = children[letter];
            }
        }
        return node;
    }

    private short addNode() {
        if (building.size() >= Short.MAX_VALUE) {
            throw new IllegalArgumentException("too many field names");
        }
        building.add(new short[WIDTH]);
        kinds.add(new byte[4]);
        return (short) (building.size() - 1);
    }
}
