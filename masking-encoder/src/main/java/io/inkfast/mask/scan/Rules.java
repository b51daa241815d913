package io.inkfast.mask.scan;

import io.inkfast.mask.scan.FieldNames.Entry;
import io.inkfast.mask.scan.FieldNames.Where;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What to look for and what to put in its place. Immutable; any thread. */
public final class Rules {

    private final Set<Profile> profiles;
    private final FieldNames names;
    private final Anchors anchors;
    private final long types;
    private final Replacement[] replacements;
    private final Issued issued;
    private final List<Search.Source> searches;
    private final Tally tally;

    private Rules(Builder builder) {
        this.profiles = Set.copyOf(builder.profiles);
        this.types = Profile.types(builder.profiles);
        this.replacements = builder.replacements.clone();
        this.issued = builder.issued;
        this.searches = List.copyOf(builder.searches);
        this.tally = builder.tally;
        Anchors.Builder windows = new Anchors.Builder();
        Detectors.addWindows(windows, types);
        List<Entry> entries = builder.profiles.isEmpty() && builder.fields.isEmpty()
                ? new ArrayList<>()
                : NameList.of(builder.profiles);
        entries.addAll(builder.fields);
        this.names = new FieldNames(entries, windows, Detectors.NAME);
        this.anchors = windows.build();
    }

    /** These profiles, every finding masked. */
    public static Rules of(Profile... profiles) {
        return new Builder(List.of(profiles)).build();
    }

    public Set<Profile> profiles() {
        return profiles;
    }

    public FieldNames names() {
        return names;
    }

    /** For one thread at a time. */
    public TextScanner newScanner() {
        return new TextScanner(this);
    }

    Anchors anchors() {
        return anchors;
    }

    /** How many searches there are besides the detectors. */
    public int searchCount() {
        return searches.size();
    }

    List<Search.Source> searches() {
        return searches;
    }

    Tally tally() {
        return tally;
    }

    boolean looksFor(int type) {
        return (types >> type & 1) != 0;
    }

    /** What is done with values of this type. */
    public Replacement replacement(int type) {
        return replacements[type];
    }

    Issued issued() {
        return issued;
    }

    /** Whether what was found is not a value, but what stands for one already. */
    boolean settled(char[] text, int length, int from, int to, int type) {
        return (from < to && text[from] == Issued.OPEN && issued.end(text, from, length) == to)
                || replacements[type].standsAt(text, length, from, to);
    }

    /** Collects rules; configuring thread only. */
    public static final class Builder {

        private final Set<Profile> profiles = EnumSet.noneOf(Profile.class);
        private final List<Entry> fields = new ArrayList<>();
        private final Replacement[] replacements = new Replacement[Types.MOST];
        private Issued issued = Issued.NONE;
        private final List<Search.Source> searches = new ArrayList<>();
        private Tally tally = Tally.NONE;
        private int own = Types.OWN;

        /** Nothing but what these profiles know, all of it masked. */
        public Builder(Collection<Profile> profiles) {
            this.profiles.addAll(profiles);
            Arrays.fill(replacements, Replacement.MASK);
        }

        /** What to do with a type of the profiles. */
        public Builder replace(int type, Replacement replacement) {
            replacements[type] = replacement;
            return this;
        }

        /** Which pseudonyms are left as they are. Default: none. */
        public Builder issued(Issued pseudonyms) {
            issued = pseudonyms;
            return this;
        }

        /** A type of the user's own, or -1 if there are too many. */
        public int own(Replacement replacement) {
            if (own >= Types.MOST - 32) {
                return -1;
            }
            replacements[own] = replacement;
            return own++;
        }

        /** The value under this name, in any style and at any depth, is of this type of the user's own. */
        public Builder field(String name, int type) {
            fields.add(new Entry(name, Kind.own(type), Where.WHOLE));
            return this;
        }

        /** A name that is harmless, whatever the profiles say. */
        public Builder allow(String name) {
            fields.add(new Entry(name, Kind.LISTED, Where.WHOLE));
            return this;
        }

        /** Looks through every text with this too. */
        public Builder search(Search.Source source) {
            searches.add(source);
            return this;
        }

        /** Who is told of texts that are withheld. */
        public Builder tally(Tally newTally) {
            tally = newTally;
            return this;
        }

        public Rules build() {
            return new Rules(this);
        }
    }
}
