package io.inkfast.mask.scan;

/** At "://": user information in a URL. The password ends at the last '@' before the path. */
final class UrlDetector {

    private static final String[] HOOKS = {
        "hooks.slack.com/services/",
        "hooks.slack.com/workflows/",
        "hooks.slack.com/triggers/",
        "hooks.slack-gov.com/services/",
        "discord.com/api/webhooks/",
        "discordapp.com/api/webhooks/",
        "outlook.office.com/webhook/",
        "canary.discord.com/api/webhooks/",
        "ptb.discord.com/api/webhooks/",
        "discord.com/api/v10/webhooks/",
        "hooks.zapier.com/hooks/catch/",
        "hook.eu1.make.com/",
        "hook.us1.make.com/",
        "hc-ping.com/",
        "events.pagerduty.com/integration/",
        "open.feishu.cn/open-apis/bot/v2/hook/",
        "open.larksuite.com/open-apis/bot/v2/hook/"
    };

    private static final String TEAMS = ".webhook.office.com/webhookb2/";

    private UrlDetector() {}

    /** At the colon; reports the password, or a user name that is a token; returns where to go on. */
    static int at(Text text, int colon) {
        char[] c = text.chars;
        int n = text.length;
        int from = colon + 3;
        int at = from;
        int path = hook(c, n, from);
        if (path > 0) {
            int end = path;
            while (end < n && (Chars.base64Url(c[end]) || c[end] == '/' || c[end] == '@')) {
                end++;
            }
            text.work(end - from);
            if (end > path) {
                text.hit(path, end, Types.TOKEN);
                return end;
            }
        }
        int lastAt = -1;
        int firstColon = -1;
        while (at < n && c[at] != '/' && c[at] != '?' && c[at] != '#' && !stop(c[at])) {
            if (c[at] == '@') {
                lastAt = at;
            } else if (c[at] == ':' && firstColon < 0) {
                firstColon = at;
            }
            at++;
        }
        if (lastAt < 0
                && firstColon > 0
                && at > firstColon + 1
                && at < n
                && !stop(c[at])
                && !port(c, firstColon + 1, at)) {
            // A password with an unescaped '/' or '#': the '@' is further right.
            int more = at;
            while (more < n && more - at < 128 && !stop(c[more])) {
                if (c[more] == '@' && more + 1 < n && Chars.alnum(c[more + 1])) {
                    lastAt = more;
                } else if (c[more] == '&') {
                    break;
                }
                more++;
            }
            text.work(more - at);
        }
        text.work(at - from);
        if (lastAt < 0) {
            return colon + 3;
        }
        if (firstColon >= 0 && firstColon < lastAt && at < n && !stop(c[at])) {
            lastAt = further(text, lastAt, at);
        }
        int passwordFrom = firstColon >= 0 && firstColon < lastAt ? firstColon + 1 : lastAt;
        int userEnd = Math.min(passwordFrom == lastAt ? lastAt : firstColon, lastAt);
        if (tokenLike(c, from, userEnd)) {
            text.hit(from, userEnd, Types.TOKEN);
        }
        if (passwordFrom < lastAt && !Values.nothing(c, passwordFrom, lastAt)) {
            text.hit(passwordFrom, lastAt, Types.CREDENTIALS);
        }
        return lastAt;
    }

    /* The last '@' behind the path's '/' if a host with a port stands there and none before: "p@ss/w0rd@db:5432". */
    private static int further(Text text, int lastAt, int path) {
        char[] c = text.chars;
        int n = text.length;
        for (int i = lastAt + 1; i < path; i++) {
            if (c[i] == ':' || c[i] == '.') {
                return lastAt;
            }
        }
        int best = lastAt;
        int to = path;
        while (to < n && to - path < 128 && !stop(c[to]) && !(c[to] == '/' && c[to - 1] == ':')) {
            if (c[to] == '@') {
                int port = to + 1;
                while (port < n && port - path < 192 && (Chars.alnum(c[port]) || c[port] == '-' || c[port] == '.')) {
                    port++;
                }
                boolean host = port > to + 1 && port < n && c[port - 1] != '.';
                boolean ends = host && (c[port] == '/' || (c[port] == ':' && port + 1 < n && Chars.digit(c[port + 1])));
                best = ends ? to : best;
                text.work(port - to);
            }
            to++;
        }
        text.work(to - lastAt);
        return best;
    }

    /* The secret part of a web hook's address, or -1. */
    private static int hook(char[] c, int n, int from) {
        for (String start : HOOKS) {
            if (Chars.at(c, from, n, start)) {
                return from + start.length();
            }
        }
        int dot = from;
        while (dot < n && dot - from < 64 && Chars.alnum(c[dot])) {
            dot++;
        }
        return Chars.at(c, dot, n, TEAMS) ? dot + TEAMS.length() : -1;
    }

    private static boolean tokenLike(char[] c, int from, int to) {
        if (to - from < 16 || Values.countDigits(c, from, to) == 0) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (!Chars.base64Url(c[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean port(char[] c, int from, int to) {
        return to - from <= 5 && Values.digits(c, from, to);
    }

    private static boolean stop(char c) {
        return Chars.space(c) || c == '"' || c == '<' || c == '>' || c == '`' || c == '|';
    }

    /** Oracle's "thin:user/password@": at the colon behind "thin" or "oci"; returns where to go on, or -1. */
    static int oracle(Text text, int colon) {
        char[] c = text.chars;
        if (!Chars.at(c, colon - 4, text.length, "thin") && !Chars.at(c, colon - 4, text.length, ":oci")) {
            return -1;
        }
        int slash = -1;
        int at = colon + 1;
        while (at < text.length && at - colon < 256 && !stop(c[at]) && c[at] != '@') {
            if (c[at] == '/' && slash < 0) {
                slash = at;
            }
            at++;
        }
        text.work(at - colon);
        if (slash > 0 && at < text.length && c[at] == '@' && !Values.nothing(c, slash + 1, at)) {
            text.hit(slash + 1, at, Types.CREDENTIALS);
            return at;
        }
        return -1;
    }
}
