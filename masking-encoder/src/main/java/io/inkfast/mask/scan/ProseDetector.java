package io.inkfast.mask.scan;

/** Numbers that a word announces in a sentence: "call 555-123-4567", "SSN 123456789", "the PIN is 4321". One thread. */
final class ProseDetector {

    private static final String[] LINKS = {
        "is ",
        "was ",
        "are ",
        "of ",
        "for ",
        "no. ",
        "no ",
        "nr. ",
        "nr ",
        "number ",
        "code ",
        "set to ",
        "changed to ",
        "to ",
        "on ",
        "as ",
        "at ",
        "her ",
        "him ",
        "them ",
        "me ",
        "us ",
        "back ",
        "under ",
        "ist ",
        "est ",
        "es "
    };
    private static final String[] CALLS = {
        "call",
        "called",
        "calling",
        "dial",
        "dialed",
        "cell",
        "sms",
        "whatsapp",
        "contact",
        "text",
        "texted",
        "reach",
        "reached",
        "ring"
    };
    private static final String[] BEFORE = {"is ", "as ", "for ", "your ", "the ", "my ", "new ", "card ", "a "};

    private final FieldNames names;
    private final PersonValues values;

    ProseDetector(FieldNames names, PersonValues values) {
        this.names = names;
        this.values = values;
    }

    static void addWindows(Anchors.Builder to, int handler, boolean persons) {
        String behind = " .:#'\"(";
        words(to, handler, behind, "pin cvv cvc csc otp vv2 vc2 ode");
        for (String last : new String[] {" pin", " cvv", " cvc", " otp", "code"}) {
            to.window(handler, both(last.charAt(0)), both(last.charAt(1)), both(last.charAt(2)), both(last.charAt(3)));
        }
        if (persons) {
            to.window(handler, " -_", "iI", "dD", behind);
            to.window(handler, "sS", "sS", "nN", "-_");
            words(
                    to,
                    handler,
                    behind,
                    "one tel ile bil fax ell ndy app sms tlf fon ono all led ial act ext ber mer ssn ity bsn nif tfn sin cpf"
                            + " dni nie nir npi mrn vin sel aar har orn dob ino nhs ing ach hed d/n");
        }
    }

    private static void words(Anchors.Builder to, int handler, String behind, String ends) {
        for (String end : ends.split(" ", -1)) {
            to.window(handler, both(end.charAt(0)), both(end.charAt(1)), both(end.charAt(2)), behind);
        }
    }

    private static String both(char c) {
        return "" + c + Character.toUpperCase(c);
    }

    /** At the character behind the word, or at the last character of the text; returns where to go on. */
    int at(Text text, int place) {
        char[] c = text.chars;
        int at = place + 1 == text.length && Chars.alnum(c[place]) ? text.length : place;
        if (at < 3 || !Chars.alnum(c[at - 1]) || (at < text.length && Chars.wordPart(c[at]))) {
            return place + 1;
        }
        text.work(4);
        byte kind = names.match(c, Math.max(0, at - FieldNames.LONGEST), at);
        if (kind == Kind.NONE || kind == Kind.NAMING) {
            kind = verb(text, at);
        }
        boolean number = kind == Kind.CODE
                || kind == Kind.CARD_CODE
                || kind == Kind.PHONE
                || kind == Kind.SSN
                || kind == Kind.NATIONAL_ID
                || kind == Kind.MEDICAL_ID
                || kind == Kind.ACCOUNT
                || kind == Kind.BIRTH_DATE
                || kind == Kind.DATE;
        if (!number || Chars.at(c, at - 8, at, "gpio pin") || (kind == Kind.NATIONAL_ID && everyday(c, at))) {
            return place + 1;
        }
        int from = link(text, at);
        if (from > 0) {
            int end = values.announced(text, from, kind);
            if (end > 0) {
                text.hit(from, end, Kind.type(kind));
                return end;
            }
        }
        if (kind == Kind.CODE || kind == Kind.CARD_CODE) {
            before(text, at, kind);
        }
        return place + 1;
    }

    private byte verb(Text text, int at) {
        char[] c = text.chars;
        if (names.knows(Kind.PHONE)) {
            for (String word : CALLS) {
                if (word(c, at, word)) {
                    return Kind.PHONE;
                }
            }
            if (word(c, at, "born")) {
                return Kind.BIRTH_DATE;
            }
        }
        return Kind.NONE;
    }

    /* In small letters these are words of other meaning. */
    private static boolean everyday(char[] c, int end) {
        return Chars.exactlyAt(c, end - 3, end, "sin")
                || Chars.exactlyAt(c, end - 3, end, "tin")
                || Chars.exactlyAt(c, end - 3, end, "nie");
    }

    private static boolean word(char[] c, int end, String word) {
        int start = end - word.length();
        return Chars.at(c, start, end, word) && (start == 0 || !Chars.wordPart(c[start - 1]));
    }

    /* The first character of the number, or -1. */
    private static int link(Text text, int end) {
        char[] c = text.chars;
        int n = text.length;
        int at = Chars.at(c, end - 3, end, "ssn") && end < n && (c[end] == '-' || c[end] == '_')
                ? end + 1
                : parenthesis(text, end);
        for (int i = 0; i < 3; i++) {
            int skipped = at;
            while (at < n && at - skipped < 4 && " .:#'\"".indexOf(c[at]) >= 0) {
                at++;
            }
            int word = at;
            for (String link : LINKS) {
                if (Chars.at(c, at, n, link)) {
                    at += link.length();
                    break;
                }
            }
            if (word == at) {
                break;
            }
        }
        text.work(at - end + 8);
        boolean first = at < n && (Chars.digit(c[at]) || c[at] == '+' || c[at] == '(' || Chars.upper(c[at]));
        return first && at > end ? at : first && at == end && c[end] == '(' ? end : -1;
    }

    /* Behind a remark: "SSN (verified today) is ...". */
    private static int parenthesis(Text text, int end) {
        char[] c = text.chars;
        int to = end;
        if (!Chars.exactlyAt(c, end, text.length, " (")) {
            return end;
        }
        while (to < text.length && to - end < 40 && c[to] != ')' && !Chars.digit(c[to])) {
            to++;
        }
        text.work(to - end);
        return to < text.length && c[to] == ')' ? to + 1 : end;
    }

    /* "4321 is your PIN": reported out of order only if nothing has been found there. */
    private static void before(Text text, int at, byte kind) {
        char[] c = text.chars;
        int end = at;
        while (end > 0 && Chars.alnum(c[end - 1]) && at - end < 8) {
            end--;
        }
        boolean linked = false;
        for (int i = 0; i < 4; i++) {
            for (String word : BEFORE) {
                int start = end - word.length();
                if (Chars.at(c, start, end, word) && start > 0 && c[start - 1] == ' ') {
                    end = start;
                    linked = true;
                    break;
                }
            }
        }
        text.work(at - end + 8);
        if (!linked) {
            return;
        }
        int to = end - 1;
        int from = to;
        while (from > 0 && to - from < 9 && Chars.digit(c[from - 1])) {
            from--;
        }
        boolean alone = from == 0 || c[from - 1] == ' ' || Chars.quote(c[from - 1]) || c[from - 1] == ':';
        int least = kind == Kind.CODE ? 4 : 3;
        if (alone && to - from >= least && to - from <= 8 && from >= text.found()) {
            text.hit(from, to, Kind.type(kind));
        }
    }
}
