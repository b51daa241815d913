package io.inkfast.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/*
 * The JDK's client never sends a POST again by itself when its connection broke without an answer; so one that fails may or
 * may not have arrived, and ids tell.
 */
/**
 * One server, spoken to over HTTP/1.1 with the JDK's client. Any thread.
 *
 * @since 0.1.0
 */
public final class HttpPeer {

    private static final Duration MARGIN = Duration.ofSeconds(5);
    private static final int MOST_SECONDS = 3600;
    private static final int MOST_QUOTED = 500;

    /* A server that says why it refuses each of many events says more than it got. */
    private static final long MOST_ANSWERED = 16L << 20;
    private static final long MOST_ANSWERED_PER_BYTE = 16;

    private final URI base;
    private final HttpSettings settings;
    private final ExecutorService executor;
    private @Nullable HttpClient client;
    private long filesStamp;
    private final Map<Long, CompletableFuture<?>> pending = new ConcurrentHashMap<>();
    private final AtomicLong requests = new AtomicLong();
    private volatile boolean aborted;

    HttpPeer(URI base, HttpSettings settings, String thread) {
        this.base = base;
        this.settings = settings;
        AtomicInteger number = new AtomicInteger();
        executor = Executors.newCachedThreadPool(run -> {
            Thread made = new Thread(null, run, thread + "-http-" + number.incrementAndGet(), 0, false);
            made.setDaemon(true);
            made.setContextClassLoader(HttpPeer.class.getClassLoader());
            return made;
        });
    }

    /* With the certificates as they are now. */
    private synchronized HttpClient client() throws IOException {
        HttpClient known = client;
        Tls tls = settings.tls();
        long stamp = tls == null ? 0 : tls.stamp();
        if (known != null && stamp == filesStamp) {
            return known;
        }
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(executor);
        if (tls != null) {
            builder.sslContext(tls.context());
        }
        HttpClient made = builder.build();
        client = made;
        filesStamp = stamp;
        return made;
    }

    /** The URL as it is shown: what stands behind the question mark may be a secret. */
    public String name() {
        String text = base.toString();
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query) + "?...";
    }

    /** The URL that was configured. */
    public URI url() {
        return base;
    }

    /** Its threads. */
    Executor executor() {
        return executor;
    }

    /** The URL that was configured, and this path and query behind it. */
    public URI resolve(String path) {
        String text = base.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + path);
    }

    /** Posts a body; its answer, whatever its status. */
    public HttpResponse<byte[]> post(URI uri, String contentType, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(settings.requestTimeout())
                .header("Content-Type", contentType)
                .header("Accept", "application/json");
        if (settings.gzip()) {
            request.header("Content-Encoding", "gzip");
        }
        return send(
                request.POST(HttpRequest.BodyPublishers.ofByteArray(settings.gzip() ? gzip(body) : body)),
                MOST_ANSWERED + MOST_ANSWERED_PER_BYTE * body.length);
    }

    /** Any other request. */
    public HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
        return send(request, MOST_ANSWERED);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request, long maxBytes) throws IOException {
        settings.headers().forEach(request::setHeader);
        Credential credential = settings.credential();
        if (credential != null) {
            request.setHeader("Authorization", credential.header());
        }
        CompletableFuture<HttpResponse<byte[]>> answer =
                client().sendAsync(request.build(), info -> new LimitedBody(maxBytes));
        Long number = requests.incrementAndGet();
        pending.put(number, answer);
        if (aborted) {
            answer.cancel(true);
        }
        try {
            // The client has its own limit, which says better what happened.
            return answer.get(
                    settings.connectTimeout()
                            .plus(settings.requestTimeout())
                            .plus(MARGIN)
                            .toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (TimeoutException | CancellationException e) {
            answer.cancel(true);
            throw new IOException("no answer", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw new InterruptedIOException("interrupted");
        } finally {
            pending.remove(number);
        }
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 4 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out, 8192)) {
            gzip.write(body);
        }
        return out.toByteArray();
    }

    /**
     * What a status says of a whole request that was not taken. Statuses below 300 are the protocol's business.
     *
     * @see Answer.Kind
     */
    public static Answer refusal(HttpResponse<byte[]> response) {
        int status = response.statusCode();
        String why = "HTTP " + status;
        return switch (status) {
            case 400, 405, 406, 411, 415, 422 -> Answer.malformed(why).quoting(quote(response));
            case 413 -> Answer.tooLarge(why).quoting(quote(response));
            case 408, 425, 429 -> Answer.busy(why, retryAfter(response));
            default -> status >= 500 ? Answer.busy(why, retryAfter(response)) : Answer.denied(why);
        };
    }

    /** The beginning of what it said, in one line; it may quote an event, so it is for dead letters only. */
    public static String quote(HttpResponse<byte[]> response) {
        byte[] body = response.body();
        return new String(body, 0, Math.min(body.length, MOST_QUOTED), StandardCharsets.UTF_8)
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .strip();
    }

    private static Duration retryAfter(HttpResponse<?> response) {
        String text = response.headers().firstValue("Retry-After").orElse("");
        try {
            return Duration.ofSeconds(Math.max(0, Math.min(MOST_SECONDS, Long.parseLong(text.trim()))));
        } catch (NumberFormatException e) {
            return until(text);
        }
    }

    private static Duration until(String date) {
        try {
            long seconds = Duration.between(
                            ZonedDateTime.now(ZoneOffset.UTC),
                            ZonedDateTime.parse(date.trim(), DateTimeFormatter.RFC_1123_DATE_TIME))
                    .toSeconds();
            return Duration.ofSeconds(Math.max(0, Math.min(MOST_SECONDS, seconds)));
        } catch (DateTimeParseException e) {
            return Duration.ZERO;
        }
    }

    /** Ends what is under way, and the threads; nothing can be sent any more. */
    void close() {
        aborted = true;
        pending.values().forEach(waiting -> waiting.cancel(true));
        executor.shutdown();
    }
}
