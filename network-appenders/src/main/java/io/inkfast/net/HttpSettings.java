package io.inkfast.net;

import io.inkfast.internal.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an appender that speaks HTTP, read.
 *
 * @param urls       where to send, in the order of preference
 * @param headers    that every request has
 * @param credential who we say we are; null for nobody
 * @param gzip       whether bodies are compressed
 * @param tls        null for what the JVM does by itself
 */
record HttpSettings(
        List<URI> urls,
        Map<String, String> headers,
        @Nullable Credential credential,
        boolean gzip,
        @Nullable Tls tls,
        Duration connectTimeout,
        Duration requestTimeout) {

    /** A secret of one protocol: the word in front of it, its element, and what that and the one of its file say. */
    record Own(
            String scheme,
            String element,
            @Nullable String secret,
            @Nullable String file) {}

    /** The texts of the elements. */
    static final class Texts {
        final List<String> urls = new ArrayList<>();
        final List<String> headers = new ArrayList<>();

        @Nullable
        String username;

        @Nullable
        String password;

        @Nullable
        String passwordFile;

        @Nullable
        String apiKey;

        @Nullable
        String apiKeyFile;

        @Nullable
        String bearerToken;

        @Nullable
        String bearerTokenFile;

        @Nullable
        Own own;

        @Nullable
        String compression;

        @Nullable
        String connectTimeout;

        @Nullable
        String requestTimeout;
    }

    /** Reads them; problems are added to {@code settings}. */
    static HttpSettings read(Texts texts, @Nullable Tls tls, Settings settings) {
        List<URI> urls = new ArrayList<>();
        for (String each : texts.urls) {
            addUrls(urls, settings.text("url", each), settings);
        }
        if (texts.urls.stream().allMatch(String::isBlank)) {
            settings.problem("<url> is required");
        }
        if (tls != null && urls.stream().anyMatch(url -> url.getScheme().equalsIgnoreCase("http"))) {
            settings.problem("<ssl> needs URLs with https; at least one <url> begins with http:");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String each : texts.headers) {
            addHeader(headers, settings.text("header", each), settings);
        }
        return new HttpSettings(
                List.copyOf(urls),
                headers,
                credential(texts, settings),
                settings.choice("compression", texts.compression, Compression.GZIP) == Compression.GZIP,
                tls,
                settings.time(
                        "connectTimeout",
                        texts.connectTimeout,
                        Duration.ofSeconds(5),
                        Duration.ofMillis(1),
                        Duration.ofHours(1)),
                settings.time(
                        "requestTimeout",
                        texts.requestTimeout,
                        Duration.ofSeconds(30),
                        Duration.ofMillis(1),
                        Duration.ofHours(1)));
    }

    private enum Compression {
        GZIP,
        NONE
    }

    private static void addUrls(List<URI> urls, @Nullable String text, Settings settings) {
        for (String each : text == null ? new String[0] : text.split(",")) {
            String trimmed = each.trim();
            try {
                URI uri = new URI(trimmed);
                boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
                if (http && uri.getHost() != null && uri.getRawUserInfo() == null) {
                    urls.add(uri);
                } else {
                    wrongUrl(text, trimmed, settings);
                }
            } catch (URISyntaxException e) {
                wrongUrl(text, trimmed, settings);
            }
        }
    }

    /* Of a text with a password in it nothing is shown; the comma may have been part of that. */
    private static void wrongUrl(@Nullable String all, String each, Settings settings) {
        settings.problem(
                all != null && all.indexOf('@') >= 0
                        ? "<url> has a user name in it; use <username> and <password>"
                        : "<url> [" + each + "] is not a URL such as https://host:9200");
    }

    private static void addHeader(Map<String, String> headers, @Nullable String text, Settings settings) {
        if (text == null) {
            return;
        }
        int colon = text.indexOf(':');
        if (colon < 1) {
            // Its value may be a secret.
            settings.problem("<header> is not a name and a value, such as X-Scope-OrgID: shop");
            return;
        }
        String name = text.substring(0, colon).trim();
        String value = text.substring(colon + 1).trim();
        try {
            HttpRequest.newBuilder().setHeader(name, value);
            headers.put(name, value);
        } catch (IllegalArgumentException e) {
            settings.problem(
                    "<header> has a name that is none or that is not ours to set, such as Host, or a value that no"
                            + " header can have");
        }
    }

    private static @Nullable Credential credential(Texts texts, Settings settings) {
        List<Credential> found = new ArrayList<>();
        String user = settings.text("username", texts.username);
        Secret password = Secret.read("password", texts.password, texts.passwordFile, settings);
        if (user != null && password != null) {
            found.add(new Credential(
                    "Basic ",
                    password,
                    secret -> Base64.getEncoder()
                            .encodeToString((user + ":" + secret).getBytes(StandardCharsets.UTF_8))));
        } else if (user != null || password != null) {
            settings.problem("<username> and <password> (or <passwordFile>) need each other");
        }
        Secret key = Secret.read("apiKey", texts.apiKey, texts.apiKeyFile, settings);
        if (key != null) {
            found.add(new Credential("ApiKey ", key, secret -> secret));
        }
        Secret token = Secret.read("bearerToken", texts.bearerToken, texts.bearerTokenFile, settings);
        if (token != null) {
            found.add(new Credential("Bearer ", token, secret -> secret));
        }
        Own own = texts.own;
        Secret secret = own == null ? null : Secret.read(own.element(), own.secret(), own.file(), settings);
        if (own != null && secret != null) {
            found.add(new Credential(own.scheme() + " ", secret, text -> text));
        }
        if (found.size() > 1) {
            settings.problem("only one of " + (own == null ? "" : "<" + own.element() + ">, ")
                    + "<username>, <apiKey> and <bearerToken> can be used");
        }
        return found.isEmpty() ? null : found.get(0);
    }
}
