package io.inkfast.mask.scan;

/** At ':' or '=': a sensitive name on the left, at any depth of escaping, makes the value on the right a finding. */
final class KeyValueDetector {

    private static final int WHOLE = -2;

    /** How far behind its value a name may begin: {@code ","name":"} at any depth of escaping, and a short field. */
    private static final int BEFORE = 40;

    private final FieldNames names;
    private final PersonValues persons;
    private final CompanyOfNames company;
    private final ValueExtent value = new ValueExtent();

    KeyValueDetector(FieldNames names, PersonValues persons) {
        this.names = names;
        this.persons = persons;
        this.company = new CompanyOfNames(names, persons);
    }

    /** Returns where to go on. */
    int at(Text text, int separator) {
        char[] c = text.chars;
        int end = Around.nameEnd(c, separator);
        if (end <= 0) {
            return separator + 1;
        }
        byte kind = names.match(c, Math.max(0, end - FieldNames.LONGEST), end);
        text.work(separator - end + 4);
        boolean harmless = kind == Kind.NONE || kind == Kind.ALLOWED || kind == Kind.LISTED;
        if (harmless || (kind == Kind.WEAK && inResource(text, separator, end))) {
            return separator + 1;
        }
        int from = Around.valueStart(c, text.length, separator);
        if (c[separator] == ':' && (from < 0 || c[from] == '|' || c[from] == '>')) {
            return YamlValues.at(text, separator, end, kind);
        }
        if (from < 0) {
            return separator + 1;
        }
        if (kind == Kind.MANY) {
            return c[from] == '[' || c[from] == '{' ? ListedSecrets.members(text, separator, from) : separator + 1;
        }
        boolean tight = c[separator] == '=' || from == separator + 1;
        return judge(text, separator, from, kind, tight, c[separator] == '=' && Around.inBrackets(c, end));
    }

    /**
     * Judges the value at {@code from} for a name of this kind and reports it; returns where to go on.
     *
     * @param tight whether the notation leaves no doubt that this is a value and not prose
     */
    int judge(Text text, int at, int from, byte kind, boolean tight, boolean inBrackets) {
        char[] c = text.chars;
        if (kind == Kind.COOKIE && !Chars.quote(c[from]) && c[from] != '[' && c[from] != '{') {
            int to = HeaderValues.cookies(text, from);
            if (sets(c, at)) {
                return SetCookies.report(text, at, from, to);
            }
            return report(text, at, from, to, to, Kind.type(kind));
        }
        if (kind == Kind.HEADER && !Chars.quote(c[from]) && c[from] != '[' && c[from] != '{' && c[from] != '\\') {
            int form = c[at] == '=' ? HeaderValues.inForm(text, from) : -1;
            int to = form > 0 ? form : HeaderValues.credentials(text, from);
            return report(text, at, from, to, to, Kind.type(kind));
        }
        if (hopeless(text, from, kind)) {
            if (kind == Kind.NAMED) {
                unnamed(text, at, from);
            }
            return at + 1;
        }
        int type = Kind.type(kind);
        if (bare(c, from)) {
            int to = PersonValues.judges(kind) ? persons.end(text, from, kind, tight) : code(text, from, kind);
            if (to != WHOLE) {
                return to < 0 ? at + 1 : report(text, at, from, to, to, type);
            }
        }
        if (kind == Kind.NAMING) {
            int to = company.nameEnd(text, at, from, value);
            return to > 0 ? report(text, at, value.start, value.end, to, Types.NAME) : naming(text, at, from);
        }
        if (!value.read(text, from, inBrackets)) {
            return at + 1;
        }
        int start = value.start;
        int end = value.end;
        if (kind == Kind.COOKIE && value.quoted && sets(c, Around.nameEnd(c, at))) {
            int next = value.resume;
            SetCookies.report(text, at, start, end);
            return next;
        }
        if (kind == Kind.NAMED) {
            type = text.namedType;
            text.namedUntil = -1;
        } else if (!value.quoted && !structure(kind) && !believable(text, kind, start, end, tight)) {
            text.noCardUntil = kind == Kind.CARD ? end : text.noCardUntil;
            return at + 1;
        }
        if (!value.quoted && HeaderValues.scheme(c, start, end) && end + 1 < text.length && c[end] == ' ') {
            int to = HeaderValues.credentials(text, start);
            return report(text, at, start, to, to, Kind.type(kind));
        }
        if (!value.quoted && session(c, at)) {
            int to = HeaderValues.path(c, start, end);
            return report(text, at, start, to, to, type);
        }
        return report(text, at, start, end, value.resume, type);
    }

    private static boolean sets(char[] c, int end) {
        return Chars.at(c, end - 10, end, "set-cookie") || Chars.at(c, end - 9, end, "setcookie");
    }

    /* Remembers a sensitive name until its value comes; unless the value came first. */
    private int naming(Text text, int at, int from) {
        boolean quoted = value.readQuoted(text, from, FieldNames.LONGEST);
        if (!quoted && !bareName(text, from)) {
            return at + 1;
        }
        byte named = names.match(text.chars, value.start, value.end);
        if (!Kind.sensitive(named)) {
            return at + 1;
        }
        if (text.valueTo >= 0 && from - text.valueTo < BEFORE && text.found() <= text.valueFrom) {
            if (!Values.nothing(text.chars, text.valueFrom, text.valueTo)) {
                text.hit(text.valueFrom, text.valueTo, Kind.type(named));
            }
            text.valueTo = -1;
            return at + 1;
        }
        int next = quoted ? FormParts.at(text, at, value.resume, Kind.type(named)) : 0;
        text.namedUntil = value.resume + 64;
        text.namedType = Kind.type(named);
        return Math.max(at + 1, next);
    }

    /* A name without quotes, up to the end of the line or to a comma. */
    private boolean bareName(Text text, int from) {
        char[] c = text.chars;
        int to = from;
        while (to < text.length
                && to - from < FieldNames.LONGEST
                && (Chars.wordPart(c[to]) || c[to] == '_' || c[to] == '-' || c[to] == '.')) {
            to++;
        }
        text.work(to - from);
        value.start = from;
        value.end = to;
        value.resume = to;
        return to > from && to < text.length && (c[to] == ',' || c[to] == '\n' || c[to] == '\r' || c[to] == ';');
    }

    /* Whether the name before this place is that of a session, which can stand in a path. */
    private static boolean session(char[] c, int separator) {
        return Chars.at(c, separator - 9, separator, "sessionid") || Chars.at(c, separator - 6, separator, "sessid");
    }

    /* A quoted value whose name may follow in the same object. */
    private void unnamed(Text text, int at, int from) {
        char first = text.chars[from];
        boolean attribute = text.chars[at] == '=';
        text.valueTo = -1;
        boolean quoted = first == '"' || first == '\\' || (attribute && first == '\'');
        if (quoted && value.readQuoted(text, from, 512)) {
            int next = value.resume;
            boolean more =
                    next < text.length && (text.chars[next] == ',' || (attribute && Chars.space(text.chars[next])));
            text.valueFrom = value.start;
            text.valueTo = more ? value.end : -1;
        }
    }

    /* What cannot be a value is not read: that would be read again behind each of many such names. */
    private static boolean hopeless(Text text, int from, byte kind) {
        return switch (kind) {
            case Kind.NAMED -> from > text.namedUntil;
            case Kind.CARD -> from < text.noCardUntil;
            case Kind.PWD -> path(text.chars, from, Math.min(text.length, from + 3));
            default -> false;
        };
    }

    /* "arn:aws:secretsmanager:eu-west-1:123456789012:secret:name" and "urn:...:token:..." are names. */
    private static boolean inResource(Text text, int separator, int end) {
        char[] c = text.chars;
        int at = end;
        if (c[separator] != ':') {
            return false;
        }
        while (at > 0 && end - at < 96 && (Chars.alnum(c[at - 1]) || c[at - 1] == ':' || c[at - 1] == '-')) {
            at--;
        }
        text.work(end - at);
        return Chars.exactlyAt(c, at, end, "arn:") || Chars.exactlyAt(c, at, end, "urn:");
    }

    private static boolean bare(char[] c, int from) {
        return !Chars.quote(c[from]) && c[from] != '[' && c[from] != '{' && c[from] != '\\';
    }

    /* The end of a code of digits, or -1; or WHOLE if this kind is no code. */
    private static int code(Text text, int from, byte kind) {
        if (kind != Kind.CODE && kind != Kind.CARD_CODE) {
            return WHOLE;
        }
        char[] c = text.chars;
        int n = text.length;
        int to = from;
        while (to < n && to - from < 13 && Chars.digit(c[to])) {
            to++;
        }
        text.work(to - from + 1);
        boolean more =
                to < n && (Chars.wordPart(c[to]) || c[to] == '_' || c[to] == '-' || c[to] == '/' || c[to] == ':');
        boolean fraction = to + 1 < n && (c[to] == '.' || c[to] == ',') && Chars.digit(c[to + 1]);
        return to - from >= 3 && to - from <= 12 && !more && !fraction ? to : -1;
    }

    private static int report(Text text, int at, int start, int end, int resume, int type) {
        if (Values.nothing(text.chars, start, end) && !(type >= Types.OWN && Values.flag(text.chars, start, end))) {
            return Math.max(at + 1, resume);
        }
        // "password=:password": the colon has been taken for a part of the separator.
        boolean parameter = start - 1 > at && text.chars[start - 1] == ':' && text.chars[at] == '=';
        if (parameter && Values.nothing(text.chars, start - 1, end)) {
            return Math.max(at + 1, resume);
        }
        text.hit(start, end, type);
        return Math.max(at + 1, resume);
    }

    /* An object or a list under a name that is more than a short number. */
    private boolean structure(byte kind) {
        return value.bracketed && kind != Kind.CODE && kind != Kind.CARD_CODE && kind != Kind.CARD && kind != Kind.PWD;
    }

    /* Whether a bare value is what the name says. */
    private static boolean believable(Text text, byte kind, int start, int end, boolean tight) {
        char[] c = text.chars;
        return switch (kind) {
            case Kind.CODE, Kind.CARD_CODE -> Values.digits(c, start, end) && end - start >= 3 && end - start <= 12;
            case Kind.CARD -> Values.countDigits(c, start, end) >= 4;
            case Kind.PASS ->
                !(end - start < 4 && Values.digits(c, start, end)) && !proseFollows(text, start, end, tight);
            case Kind.PWD -> !path(c, start, end);
            case Kind.WEAK -> tight ? !Values.prose(c, start, end) : Values.likelySecret(c, start, end);
            default -> !proseFollows(text, start, end, tight);
        };
    }

    private static boolean path(char[] c, int start, int end) {
        return c[start] == '/' || c[start] == '~' || (end - start > 2 && c[start + 1] == ':' && c[start + 2] == '\\');
    }

    /* "password: must contain ..." */
    private static boolean proseFollows(Text text, int start, int end, boolean tight) {
        char[] c = text.chars;
        return !tight
                && Values.prose(c, start, end)
                && end + 1 < text.length
                && c[end] == ' '
                && Chars.letter(c[end + 1]);
    }
}
