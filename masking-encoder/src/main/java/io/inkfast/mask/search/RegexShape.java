package io.inkfast.mask.search;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/*
 * (X+)+ can be split in exponentially many ways, (X+Y)+ in one, if no X is a Y: so a repeated group is good if each of its
 * alternatives has at most one loop and something else that must stand beside it, or loops that have no character in common.
 * What this misses, the budget of the match stops.
 */
/** What a regular expression looks like: a literal that each match contains, and whether its loops are nested. */
final class RegexShape {

    private static final int DEEPEST = 64;
    private static final int SHORTEST_LITERAL = 3;

    /** Part of a sequence. */
    private record Item(BitSet characters, boolean mandatory, boolean loops) {}

    private final RegexReader in;
    private boolean nested;
    private String literal = "";
    private boolean plain = true;

    private RegexShape(String regex) {
        this.in = new RegexReader(regex);
    }

    /** Only for an expression that compiles. */
    static RegexShape of(String regex) {
        RegexShape shape = new RegexShape(regex);
        shape.alternatives(0);
        return shape;
    }

    /** Whether there is a loop in a loop that can match the same text in too many ways. */
    boolean nestedLoops() {
        return nested;
    }

    /** The longest text that is part of each match; empty if none has three characters. */
    String literal() {
        return plain && literal.length() >= SHORTEST_LITERAL ? literal : "";
    }

    /* Up to the closing parenthesis or the end; whether a repetition of it is ambiguous is the item's "loops". */
    private Item alternatives(int depth) {
        BitSet characters = new BitSet();
        boolean ambiguous = false;
        boolean mandatory = true;
        do {
            List<Item> sequence = sequence(depth);
            ambiguous |= ambiguous(sequence);
            mandatory &= sequence.stream().anyMatch(Item::mandatory);
            sequence.forEach(item -> characters.or(item.characters));
            if (depth == 0 && in.at('|')) {
                plain = false;
            }
        } while (in.skip('|'));
        return new Item(characters, mandatory, ambiguous);
    }

    private List<Item> sequence(int depth) {
        List<Item> items = new ArrayList<>();
        StringBuilder run = new StringBuilder();
        while (!in.ended() && !in.at('|') && !in.at(')')) {
            boolean group = in.at('(');
            Item item = group ? group(depth) : new Item(in.characters(), true, false);
            int single = group ? -1 : in.single();
            Quantifier quantifier = Quantifier.read(in);
            if (quantifier.loops() && item.loops) {
                nested = true;
            }
            if (depth == 0) {
                if (single >= 0 && quantifier.once()) {
                    run.append((char) single);
                } else if (!item.characters.isEmpty() || !quantifier.once()) {
                    keep(run);
                }
            }
            boolean loops = !quantifier.possessive() && (quantifier.loops() || item.loops);
            items.add(new Item(item.characters, item.mandatory && quantifier.min() > 0, loops));
        }
        keep(run);
        return items;
    }

    private void keep(StringBuilder run) {
        if (run.length() > literal.length()) {
            literal = run.toString();
        }
        run.setLength(0);
    }

    private Item group(int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("nested too deeply");
        }
        RegexReader.Opening opening = in.open();
        if (opening == RegexReader.Opening.FLAGS) {
            plain &= !in.comments();
            return new Item(new BitSet(), false, false);
        }
        Item inside = alternatives(depth + 1);
        in.skip(')');
        return switch (opening) {
            case ATOMIC -> new Item(inside.characters, inside.mandatory, false);
            case LOOK -> new Item(new BitSet(), false, false);
            default -> inside;
        };
    }

    private static boolean ambiguous(List<Item> sequence) {
        List<Item> loops = sequence.stream().filter(Item::loops).toList();
        if (loops.isEmpty()) {
            return false;
        }
        for (int i = 0; i < loops.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (loops.get(i).characters.intersects(loops.get(j).characters)) {
                    return true;
                }
            }
        }
        for (int i = 0; i < sequence.size(); i++) {
            if (divides(sequence, i)) {
                return false;
            }
        }
        return true;
    }

    /* Whether this item tells where one repetition ends: it must stand in each, and no loop can be taken for it. */
    private static boolean divides(List<Item> sequence, int index) {
        Item item = sequence.get(index);
        boolean other = false;
        for (int i = 0; i < sequence.size(); i++) {
            boolean apart = !sequence.get(i).characters.intersects(item.characters);
            if (i != index && sequence.get(i).loops && !apart) {
                return false;
            }
            other |= i != index && apart && sequence.get(i).mandatory;
        }
        return item.mandatory && (!item.loops || other);
    }

    /** How often a part may stand. */
    private record Quantifier(int min, boolean loops, boolean possessive) {

        private static final int MANY = 10;

        boolean once() {
            return min == 1 && !loops;
        }

        static Quantifier read(RegexReader in) {
            int min = 1;
            boolean loops = false;
            boolean given = true;
            if (in.skip('*')) {
                min = 0;
                loops = true;
            } else if (in.skip('+')) {
                loops = true;
            } else if (in.skip('?')) {
                min = 0;
            } else if (in.skip('{')) {
                String[] bounds = in.upTo('}').split(",", -1);
                min = Integer.parseInt(bounds[0].trim());
                String most = bounds[bounds.length - 1].trim();
                int max = most.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(most);
                loops = max >= MANY && max > min;
                // Not once: what is repeated exactly does not continue a literal.
                return new Quantifier(min == 1 && max == 1 ? 1 : min == 0 ? 0 : 2, loops, suffix(in));
            } else {
                given = false;
            }
            boolean possessive = given && suffix(in);
            return new Quantifier(min, loops, possessive);
        }

        private static boolean suffix(RegexReader in) {
            return !in.skip('?') && in.skip('+');
        }
    }
}
