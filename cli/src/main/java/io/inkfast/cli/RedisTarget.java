package io.inkfast.cli;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * A server, a database of it, and who logs in.
 *
 * @param host     an IPv6 address without brackets
 * @param password null if none is needed
 */
record RedisTarget(
        String host,
        int port,
        boolean tls,
        int database,
        @Nullable String username,
        @Nullable String password) {

    private static final int PORT = 6379;

    /** Null if it is not a URL such as {@code redis://user:password@host:6379/2}. */
    static @Nullable RedisTarget of(String text) {
        URI uri;
        try {
            uri = new URI(text.trim());
        } catch (URISyntaxException e) {
            return null;
        }
        boolean tls = "rediss".equalsIgnoreCase(uri.getScheme());
        String path = uri.getPath() == null ? "" : uri.getPath();
        String host = uri.getHost();
        if (host == null
                || !(tls || "redis".equalsIgnoreCase(uri.getScheme()))
                || !path.matches("(/\\d{0,4})?")
                || uri.getQuery() != null
                || uri.getFragment() != null) {
            return null;
        }
        String who = uri.getUserInfo();
        int colon = who == null ? -1 : who.indexOf(':');
        return new RedisTarget(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                uri.getPort() < 0 ? PORT : uri.getPort(),
                tls,
                path.length() < 2 ? 0 : Integer.parseInt(path.substring(1)),
                who == null || colon <= 0 ? null : who.substring(0, colon),
                who == null ? null : who.substring(colon + 1));
    }

    RedisTarget with(@Nullable String user, @Nullable String secret) {
        return new RedisTarget(
                host, port, tls, database, user == null ? username : user, secret == null ? password : secret);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return (tls ? "rediss" : "redis") + "://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port
                + (database == 0 ? "" : "/" + database);
    }
}
