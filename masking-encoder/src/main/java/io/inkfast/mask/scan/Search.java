package io.inkfast.mask.scan;

/** Looks through a whole text for more than the profiles know: patterns and values of the user's own. One thread. */
public interface Search {

    /** Reports what it finds among the first {@code length} characters, which it must not alter. */
    void in(char[] text, int length, Hits to);

    /** Where searches come from, one for each scanner. Any thread. */
    interface Source {

        Search newSearch();
    }

    /** Takes what was found. */
    interface Hits {

        /** The characters from {@code start} to before {@code end} are of this type of {@link Types}. */
        void hit(int start, int end, int type);

        /** To be called with the number of characters looked at; a text that takes too many is withheld. */
        void work(int characters);

        /** Nothing could be decided: the text is withheld. Does not return. */
        void withhold();
    }
}
