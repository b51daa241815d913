package io.inkfast.mask.scan;

/*
 * "name" alone names anything. Beside the key of a date of birth, a telephone or another thing of a person, in the same
 * line, it is that person's. Each stretch of a text is looked through once.
 */
/** Tells by its neighbours whether {@code name} is that of a person. One thread. */
final class CompanyOfNames {

    private static final int STRETCH = 128;
    private static final String THINGS =
            " service app application host server db database file class thread queue topic job task"
                    + " bean event module plugin product cluster node table column index pod container image method field ";
    private static final String[] WORDS = {"name", "nome", "naam"};

    private final FieldNames names;
    private final PersonValues persons;

    CompanyOfNames(FieldNames names, PersonValues persons) {
        this.names = names;
        this.persons = persons;
    }

    /** Where to go on behind the name of a person, which is left in {@code value}; or -1 if this is none. */
    int nameEnd(Text text, int separator, int from, ValueExtent value) {
        char[] c = text.chars;
        if (!names.knows(Kind.NAME) || !alone(c, Around.nameEnd(c, separator)) || !inCompany(text, separator)) {
            return -1;
        }
        if (!Chars.quote(c[from]) && c[from] != '\\') {
            int end = persons.end(text, from, Kind.NAME, false);
            value.start = from;
            value.end = end;
            value.resume = end;
            return end > from ? end : -1;
        }
        boolean name = value.readQuoted(text, from, FieldNames.LONGEST) && person(c, value.start, value.end);
        return name ? value.resume : -1;
    }

    private static boolean alone(char[] c, int end) {
        for (String word : WORDS) {
            int start = end - word.length();
            if (Chars.at(c, start, end, word)) {
                boolean begins = start == 0 || !(Chars.wordPart(c[start - 1]) || "_-.".indexOf(c[start - 1]) >= 0);
                return begins && !ofThing(c, start);
            }
        }
        return false;
    }

    /* "service name" */
    private static boolean ofThing(char[] c, int name) {
        int from = name - 1;
        while (from > 0 && name - from < 14 && Chars.letter(c[from - 1])) {
            from--;
        }
        return name > 1
                && from < name - 1
                && c[name - 1] == ' '
                && THINGS.contains(" " + new String(c, from, name - from).toLowerCase(java.util.Locale.ROOT));
    }

    /* Begins with a capital, and has no sign that names of people do not have. */
    private static boolean person(char[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Character.isLetter(c[i]) && " ,.'-".indexOf(c[i]) < 0) {
                return false;
            }
        }
        return !Chars.lower(c[from]) && Chars.wordPart(c[from]);
    }

    private boolean inCompany(Text text, int at) {
        if (at < text.companyUntil) {
            return text.companyOfPerson;
        }
        char[] c = text.chars;
        int from = Math.max(0, at - STRETCH);
        int to = Math.min(text.length, at + STRETCH);
        boolean found = false;
        for (int i = from; i < to; i++) {
            if (c[i] == '\n') {
                if (i > at) {
                    break;
                }
                found = false;
            } else if (c[i] == ':' || c[i] == '=') {
                int end = Around.nameEnd(c, i);
                found |= end > 0 && ofPerson(names.match(c, Math.max(0, end - FieldNames.LONGEST), end));
            }
        }
        text.work(to - from);
        text.companyUntil = to;
        text.companyOfPerson = found;
        return found;
    }

    private static boolean ofPerson(byte kind) {
        return kind == Kind.EMAIL
                || kind == Kind.PHONE
                || kind == Kind.BIRTH_DATE
                || kind == Kind.NATIONAL_ID
                || kind == Kind.SSN
                || kind == Kind.MEDICAL_ID
                || kind == Kind.IBAN;
    }
}
