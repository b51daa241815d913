package io.inkfast.net.redis;

import io.inkfast.internal.Settings;
import io.inkfast.net.Secret;
import io.inkfast.net.Tls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an appender for Redis, read.
 *
 * @param urls     where to send, in the order of preference
 * @param maxLen   zero for no bound by number
 * @param maxAge   null for no bound by age
 * @param username null for the default user
 * @param secret   the password; null for none
 * @param tls      for URLs with TLS; null for what the JVM does by itself
 */
record RedisSettings(
        List<RedisUrl> urls,
        String stream,
        int maxLen,
        @Nullable Duration maxAge,
        @Nullable String username,
        @Nullable Secret secret,
        @Nullable Tls tls,
        Duration connectTimeout,
        Duration commandTimeout) {

    private static final int DEFAULT_LENGTH = 1_000_000;

    /** The texts of the elements. */
    static final class Texts {
        final List<String> urls = new ArrayList<>();

        @Nullable
        String stream;

        @Nullable
        String maxLen;

        @Nullable
        String maxAge;

        @Nullable
        String username;

        @Nullable
        String password;

        @Nullable
        String passwordFile;

        @Nullable
        String connectTimeout;

        @Nullable
        String commandTimeout;
    }

    /** Reads them; problems are added to {@code settings}. */
    static RedisSettings read(Texts texts, @Nullable Tls tls, Settings settings) {
        List<RedisUrl> urls = new ArrayList<>();
        for (String each : texts.urls) {
            RedisUrl.read(urls, settings.text("url", each), settings);
        }
        if (texts.urls.stream().allMatch(String::isBlank)) {
            settings.problem("<url> is required");
        }
        if (tls != null && urls.stream().anyMatch(url -> !url.tls())) {
            settings.problem("<ssl> needs URLs with rediss; at least one <url> begins with redis:");
        }
        String age = settings.text("maxAge", texts.maxAge);
        if (age != null && settings.text("maxLen", texts.maxLen) != null) {
            settings.problem("only one of <maxLen> and <maxAge> can be used");
        }
        Duration least = Duration.ofSeconds(1);
        String user = settings.text("username", texts.username);
        Secret secret = Secret.read("password", texts.password, texts.passwordFile, settings);
        if (user != null && secret == null) {
            settings.problem("<username> needs <password> or <passwordFile>");
        }
        return new RedisSettings(
                List.copyOf(urls),
                settings.required("stream", texts.stream),
                settings.count("maxLen", texts.maxLen, age == null ? DEFAULT_LENGTH : 0, 0, Integer.MAX_VALUE),
                age == null ? null : settings.time("maxAge", age, least, least, Duration.ofDays(3650)),
                user,
                secret,
                tls,
                time("connectTimeout", texts.connectTimeout, 5, settings),
                time("commandTimeout", texts.commandTimeout, 10, settings));
    }

    private static Duration time(String element, @Nullable String text, int seconds, Settings settings) {
        return settings.time(element, text, Duration.ofSeconds(seconds), Duration.ofMillis(1), Duration.ofHours(1));
    }
}
