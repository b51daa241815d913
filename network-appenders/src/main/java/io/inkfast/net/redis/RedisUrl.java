package io.inkfast.net.redis;

import io.inkfast.internal.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server and a database of it.
 *
 * @param text as it stands in the configuration; there is no password in it
 * @param host an IPv6 address without brackets
 */
record RedisUrl(String text, String host, int port, boolean tls, int database) {

    private static final int PORT = 6379;

    /** Reads several, with commas between. What is wrong is a problem. */
    static void read(List<RedisUrl> into, @Nullable String text, Settings settings) {
        if (text != null && text.indexOf('@') >= 0) {
            // The text has a password in it, of which a comma may be part.
            settings.problem("<url> has a user name or password in it; use <username> and <password>");
            return;
        }
        for (String each : text == null ? new String[0] : text.split(",")) {
            String trimmed = each.trim();
            RedisUrl url = of(trimmed);
            if (url == null) {
                settings.problem("<url> [" + trimmed + "] is not a URL such as redis://host:6379, rediss://host:6379 or"
                        + " redis://host:6379/2");
            } else {
                into.add(url);
            }
        }
    }

    private static @Nullable RedisUrl of(String text) {
        try {
            URI uri = new URI(text);
            boolean tls = "rediss".equalsIgnoreCase(uri.getScheme());
            String path = uri.getPath() == null ? "" : uri.getPath();
            boolean sound = (tls || "redis".equalsIgnoreCase(uri.getScheme()))
                    && uri.getHost() != null
                    && path.matches("(/\\d{0,4})?")
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
            if (!sound) {
                return null;
            }
            String host = uri.getHost();
            return new RedisUrl(
                    text,
                    host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                    uri.getPort() < 0 ? PORT : uri.getPort(),
                    tls,
                    path.length() < 2 ? 0 : Integer.parseInt(path.substring(1)));
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
