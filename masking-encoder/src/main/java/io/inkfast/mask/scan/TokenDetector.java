package io.inkfast.mask.scan;

import java.util.ArrayList;
import java.util.List;

/*
 * Each prefix has an anchor: its first '_', '-' or '.' from the fourth character on, or the fourth. At an anchor the few
 * prefixes that have these characters there are compared. A tail must be long enough and, where the prefix alone proves
 * little, contain a digit.
 */
/** Finds tokens that vendors mark with a prefix. */
final class TokenDetector {

    /** Prefix, characters of the tail, least length of the tail, whether a digit is required. */
    private record Prefix(String text, int anchor, Tail tail, int least, boolean digit) {}

    private enum Tail {
        ALNUM,
        URL,
        WIDE,
        HEX,
        CAPITAL,
        SESSION
    }

    /* By the anchor and the character before it. */
    private static final Prefix[][][] BY_ANCHOR = new Prefix[128][][];

    private static final List<Prefix> ALL = new ArrayList<>();

    static {
        List<Prefix> all = ALL;
        add(all, Tail.ALNUM, 20, false, "ghp_ gho_ ghu_ ghs_ ghr_");
        add(all, Tail.URL, 20, false, "github_pat_ glpat- gldt- glrt- glptt- glcbt- glsoat- glft- gloas- glagent-");
        add(all, Tail.URL, 10, true, "xoxa- xoxb- xoxc- xoxd- xoxe- xoxo- xoxp- xoxr- xoxs- xapp- xoxe.");
        add(all, Tail.ALNUM, 10, true, "sk_live_ rk_live_ sk_test_ rk_test_ rzp_live_ rzp_test_");
        add(all, Tail.ALNUM, 16, true, "whsec_ shippo_live_ shippo_test_ rubygems_ sntryu_ figd_ nfp_ gsk_ bkua_");
        add(
                all,
                Tail.ALNUM,
                20,
                true,
                "npm_ hf_ r8_ shpat_ shpss_ shpca_ shppa_ dop_v1_ doo_v1_ dor_v1_ lin_api_ squ_ sqp_"
                        + " sqa_ sbp_ ntn_ rdme_ pnu_ phx_ CLOJARS_");
        add(
                all,
                Tail.URL,
                20,
                true,
                "pypi- sk-ant- sk-proj- sk-svcacct- sk-admin- sk-or- sk-lf- dckr_pat_ dckr_oat_ glsa_"
                        + " glc_ pscale_tkn_ pscale_pw_ pscale_oauth_ GOCSPX- CFPAT- tfp_ duffel_live_ duffel_test_ ATATT3xFf");
        add(all, Tail.ALNUM, 20, true, "sk- xai- pplx- pul- NRAK- HRKU- PMAK- fio-u- sq0atp- sq0csp- EAAA");
        add(all, Tail.HEX, 32, true, "key- dapi xkeysib-");
        add(all, Tail.URL, 16, true, "SG. hvs. hvb. hvr. ya29. dp.pt. dp.st. dt0c01. secret_");
        add(all, Tail.WIDE, 20, true, "sntrys_ ops_");
        add(all, Tail.CAPITAL, 16, false, "AKIA ASIA ABIA ACCA");
        add(all, Tail.URL, 35, false, "AIza");
        add(all, Tail.HEX, 32, true, "SK");
        add(
                all,
                Tail.ALNUM,
                20,
                true,
                "LTAI sgp_ FLWSECK- sk_prod_ rk_prod_ sm_aat_ sm_pat_ sm_sat_ api_org_ ATBB p8e- ico-"
                        + " nvapi- rpa_ lsv2_pt_ lsv2_sk_");
        add(
                all,
                Tail.URL,
                12,
                true,
                "FLWSECK_TEST- glimt- glffct- GR1348941 fo1_ tk-us- SWMTKN-1- tvly- sha256~ ATCTT3xFf");
        add(all, Tail.ALNUM, 50, true, "AKCp cmVmd EZAK EZTK");
        add(all, Tail.URL, 60, true, "APA91b");
        add(all, Tail.WIDE, 100, true, "ABSK fm2_ fm1r_ fm1a_ EAA");
        add(all, Tail.WIDE, 20, false, "b3BlbnNzaC1rZXktdjE bedrock-api-key-");
        add(all, Tail.URL, 30, true, "1//0");
        add(all, Tail.CAPITAL, 40, true, "AGE-SECRET-KEY-1");
        add(
                all,
                Tail.ALNUM,
                24,
                true,
                "s. re_ hbp_ hcaik_ hcbik_ fw_ apify_api_ lin_oauth_ pcsk_ ls__ esecret_ e2b_ jina_ n8n_api_"
                        + " ddp_ ddo_ ddw_ nfc_ nfo_ nfu_ nfb_ napi_ sk_org_ rk_org_ sk_sbox_ phs_ AKID rnd_ slk_ sgd_");
        add(all, Tail.ALNUM, 30, true, "oy2 cio live_ dbtc_ dbtu_ os_v2_app_ os_v2_org_");
        add(all, Tail.ALNUM, 40, true, "sk_ sess-");
        add(
                all,
                Tail.URL,
                20,
                true,
                "re_ sb_secret_ tskey- snyk_uat. snyk_sat. CCIPAT_ CCIPRJ_ packagist_ mdb_sa_sk_ wandb_v1_ bb_live_ tgp_v1_"
                        + " NRII- NRIQ- NRAA- NRRA- NRBR- PMAT- PMAK- BBFF- vcp_ vci_ vca_ vcr_ vck_ figo_ figor_"
                        + " dp.ct. dp.sa. dp.scim. dp.audit. dt0s01. dt0s02. dt0s03. dt0s16. dp.rt. ATSTT3xFf xwfp-"
                        + " secret-live- secret-test- sq0csp- xsmtpsib- nvapi-");
        add(
                all,
                Tail.URL,
                30,
                true,
                "A3- pat-na1- pat-eu1- pat-ap1- access-sandbox- access-production- access-development- amzn.mws. AQ.Ab AQVN"
                        + " sdk- WPL_AP1.");
        add(all, Tail.URL, 60, true, "pat. sat. y0_ t1. vk1.a. mfa. sl.");
        add(all, Tail.URL, 100, true, "v1.0-");
        add(all, Tail.HEX, 32, true, "fc- dose dkea");
        add(all, Tail.HEX, 40, true, "v1.");
        add(all, Tail.HEX, 64, true, "s-s4t2ud- s-s4t2af- ATTA");
        add(all, Tail.WIDE, 40, true, "ZXlK dG9rO BBDC- mb_ cflt AAAAAAAAAAAAAAAAAAAAA");
        add(all, Tail.WIDE, 27, true, "K00");
        add(all, Tail.CAPITAL, 54, true, "SUA SAA SOA");
        add(all, Tail.CAPITAL, 17, true, "A3T");
        add(all, Tail.CAPITAL, 26, true, "API-");
        add(all, Tail.SESSION, 80, true, "00D");
        for (Prefix prefix : all) {
            char anchor = prefix.text.charAt(prefix.anchor);
            char before = prefix.text.charAt(prefix.anchor - 1);
            if (BY_ANCHOR[anchor] == null) {
                BY_ANCHOR[anchor] = new Prefix[128][];
            }
            Prefix[] known = BY_ANCHOR[anchor][before] == null ? new Prefix[0] : BY_ANCHOR[anchor][before];
            Prefix[] more = java.util.Arrays.copyOf(known, known.length + 1);
            more[known.length] = prefix;
            BY_ANCHOR[anchor][before] = more;
        }
    }

    private TokenDetector() {}

    private static void add(List<Prefix> all, Tail tail, int least, boolean digit, String prefixes) {
        for (String text : prefixes.split(" ", -1)) {
            all.add(new Prefix(text, anchor(text), tail, least, digit));
        }
    }

    /* The fourth character, or a later one where the first separator stands. */
    private static int anchor(String text) {
        for (int i = 3; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '_' || c == '-' || c == '.') {
                return i;
            }
        }
        return Math.min(3, text.length() - 1);
    }

    /** Windows that end at the anchors, where {@link #at} wants to be called. */
    static void addWindows(Anchors.Builder to, int handler) {
        for (Prefix prefix : ALL) {
            to.window(
                    handler,
                    before(prefix, 3),
                    before(prefix, 2),
                    before(prefix, 1),
                    String.valueOf(prefix.text.charAt(prefix.anchor)));
        }
    }

    private static String before(Prefix prefix, int distance) {
        int at = prefix.anchor - distance;
        return at >= 0 ? String.valueOf(prefix.text.charAt(at)) : at == -1 ? "^" + Anchors.ALNUM : Anchors.ANY;
    }

    /** Reports the token around the anchor at {@code at}; returns where to go on, {@code at + 1} if there is none. */
    static int at(Text text, int at) {
        char[] c = text.chars;
        Prefix[][] byBefore = c[at] > 127 ? null : BY_ANCHOR[c[at]];
        Prefix[] prefixes = byBefore == null || at == 0 || c[at - 1] > 127 ? null : byBefore[c[at - 1]];
        if (prefixes == null) {
            return at + 1;
        }
        for (Prefix prefix : prefixes) {
            int start = at - prefix.anchor;
            if (start >= 0
                    && c[start] == prefix.text.charAt(0)
                    && Chars.exactlyAt(c, start, text.length, prefix.text)
                    && (start == 0 || !Chars.alnum(c[start - 1]))) {
                int from = start + prefix.text.length();
                int to = tail(text, from, prefix.tail);
                text.work(to - start);
                if (to - from >= prefix.least
                        && (!prefix.digit || Values.countDigits(c, from, to) > 0)
                        && (prefix.tail == Tail.HEX || !sameRun(c, from, to))) {
                    text.hit(start, to, Types.TOKEN);
                    return prefix.tail == Tail.CAPITAL ? secretKey(text, to) : to;
                }
            }
        }
        return at + 1;
    }

    /* Forty characters of base64 that stand right behind the id of an access key. */
    private static int secretKey(Text text, int id) {
        char[] c = text.chars;
        int from = id;
        while (from < text.length && from - id < 8 && !in(c[from], Tail.WIDE)) {
            from++;
        }
        int to = from;
        boolean small = false;
        boolean large = false;
        while (to < text.length && to - from < 41 && (Chars.alnum(c[to]) || c[to] == '+' || c[to] == '/')) {
            small |= Chars.lower(c[to]);
            large |= Chars.upper(c[to]);
            to++;
        }
        text.work(to - id + 1);
        if (to - from != 40 || !small || !large) {
            return id;
        }
        text.hit(from, to, Types.SECRET);
        return to;
    }

    /* "ghp_xxxxxxxxxxxxxxxxxxxx" stands in documentation. */
    private static boolean sameRun(char[] c, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (c[i] != c[from]) {
                return false;
            }
        }
        return to > from;
    }

    private static int tail(Text text, int from, Tail kind) {
        char[] c = text.chars;
        int at = from;
        while (at < text.length && in(c[at], kind)) {
            at++;
        }
        if (kind == Tail.URL) {
            // SG.x.y and ya29.x have dots inside; a sentence has one at its end.
            for (int dots = 0; dots < 3 && at + 8 < text.length && c[at] == '.' && in(c[at + 1], kind); dots++) {
                at++;
                while (at < text.length && in(c[at], kind)) {
                    at++;
                }
            }
        }
        return (kind == Tail.CAPITAL || kind == Tail.HEX) && at < text.length && Chars.alnum(c[at]) ? from : at;
    }

    private static boolean in(char c, Tail kind) {
        return switch (kind) {
            case ALNUM -> Chars.alnum(c);
            case URL -> Chars.base64Url(c);
            case WIDE -> Chars.base64Url(c) || c == '+' || c == '/' || c == '=';
            case HEX -> Chars.hex(c);
            case CAPITAL -> Chars.upper(c) || Chars.digit(c);
            case SESSION -> Chars.alnum(c) || c == '!' || c == '.' || c == '_';
        };
    }
}
