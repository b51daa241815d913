package io.inkfast.mask.search;

import io.inkfast.mask.scan.Search;
import java.util.Arrays;
import java.util.List;

/** Asks all probes in one pass. Bounded work; one thread. */
public final class ProbeSearch implements Search {

    /** How many probes there may be. */
    public static final int MOST = 32;

    private static final int OTHER = 128;
    private static final long SHOWN = 65_536;
    private static final int SHOWN_EACH = 256;

    private final Probe.Place[] places;
    private final int[] table;
    private final int[] resume;
    private final int[] span = new int[2];

    private ProbeSearch(Probe.Place[] places, int[] table) {
        this.places = places;
        this.table = table;
        this.resume = new int[places.length];
    }

    /** At most 32. */
    public static Search.Source source(List<Probe.Place> places) {
        Probe.Place[] all = places.toArray(Probe.Place[]::new);
        int[] table = new int[OTHER + 1];
        for (int i = 0; i < all.length; i++) {
            for (char anchor : all[i].anchors().toCharArray()) {
                table[Math.min(anchor, OTHER)] |= 1 << i;
            }
        }
        return () -> new ProbeSearch(all, table);
    }

    @Override
    public void in(char[] text, int length, Hits to) {
        to.work(length);
        Arrays.fill(resume, 0);
        long shown = 0;
        for (int at = 0; at < length; at++) {
            char c = text[at];
            for (int rest = table[Math.min(c, OTHER)]; rest != 0; rest &= rest - 1) {
                int i = Integer.numberOfTrailingZeros(rest);
                Probe.Place place = places[i];
                if (at >= resume[i] && (c < OTHER || place.anchors().indexOf(c) >= 0)) {
                    int from = Math.max(0, at - place.behind());
                    int until = Math.min(length, at + 1 + place.ahead());
                    shown += until - from;
                    if (shown > SHOWN + SHOWN_EACH * (long) length) {
                        to.withhold();
                    }
                    ask(i, text, at, from, until, to);
                }
            }
        }
    }

    private void ask(int i, char[] text, int at, int from, int until, Hits to) {
        switch (places[i].probe().look(text, at, from, until, span)) {
            case FOUND -> {
                to.hit(span[0], span[1], places[i].type());
                resume[i] = span[1];
            }
            case FAILED -> to.withhold();
            case NOTHING -> {}
        }
    }
}
