package io.inkfast.net.http;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.internal.Settings;
import io.inkfast.net.Answer;
import io.inkfast.net.Batch;
import io.inkfast.net.Endpoint;
import io.inkfast.net.HttpNetworkAppender;
import io.inkfast.net.HttpPeer;
import io.inkfast.net.NetworkDefaults;
import io.inkfast.net.Transport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Posts events to whatever takes them over HTTP: as lines or an array of JSON, or in the formats of Splunk's HTTP Event
 * Collector and of Grafana Loki. What an answer says is heeded event by event, as far as it says it.
 *
 * <p>A URL without a path gets that of the format: {@code /services/collector/event}, {@code /loki/api/v1/push}; one with a
 * path is used as it is. Threads and settings as {@link io.inkfast.net.NetworkAppender}.
 *
 * @since 0.1.0
 */
public final class HttpAppender extends HttpNetworkAppender {

    private static final NetworkDefaults DEFAULTS = new NetworkDefaults(1_000, 1L << 20, Duration.ofMillis(100));
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)\\s*=\\s*(\\S.*)");
    private static final Pattern CONVERSION = Pattern.compile("%[-.\\d]*[a-zA-Z(]");

    private enum Format {
        NDJSON,
        JSON_ARRAY,
        SPLUNK_HEC,
        LOKI
    }

    private final List<String> labels = new ArrayList<>();
    private @Nullable String format;
    private @Nullable String token;
    private @Nullable String tokenFile;
    private @Nullable String host;
    private @Nullable String source;
    private @Nullable String sourcetype;
    private @Nullable String index;
    private @Nullable String levelLabel;
    private @Nullable String structuredMetadata;

    /** Called by Logback. */
    public HttpAppender() {}

    /** How events stand in a request: {@code NDJSON}, the default, {@code JSON_ARRAY}, {@code SPLUNK_HEC} or {@code LOKI}. */
    public void setFormat(String name) {
        format = name;
    }

    /** Splunk's token for the HTTP Event Collector; with that format it or {@code tokenFile} is required. */
    public void setToken(String secret) {
        token = secret;
    }

    /** A file with the token, read for each request: it may be replaced at any time. */
    public void setTokenFile(String file) {
        tokenFile = file;
    }

    /** The host that Splunk shows; what the token says by default. */
    public void setHost(String name) {
        host = name;
    }

    /** The source that Splunk shows; what the token says by default. */
    public void setSource(String name) {
        source = name;
    }

    /** How Splunk reads the events; what the token says by default. */
    public void setSourcetype(String name) {
        sourcetype = name;
    }

    /** Splunk's index; what the token says by default. The token must allow it. */
    public void setIndex(String name) {
        index = name;
    }

    /**
     * A label of Loki's, as {@code name=value}; any number of them, at least one unless {@code levelLabel} is on. The value is
     * the same for all events: Loki makes a stream of each combination.
     */
    public void addLabel(String label) {
        labels.add(label);
    }

    /** Whether the level is a label of Loki's, {@code level}, in small letters; default false. */
    public void setLevelLabel(String flag) {
        levelLabel = flag;
    }

    /** Whether Loki gets the {@code event.id} as structured metadata, {@code event_id}; default false. Loki 3 takes it. */
    public void setStructuredMetadata(String flag) {
        structuredMetadata = flag;
    }

    @Override
    protected NetworkDefaults defaults() {
        return DEFAULTS;
    }

    @Override
    protected Transport transport(Settings settings) {
        Format chosen = settings.choice("format", format, Format.NDJSON);
        HttpFormat made = switch (chosen) {
            case NDJSON -> new NdjsonFormat();
            case JSON_ARRAY -> new JsonArrayFormat();
            case SPLUNK_HEC -> splunk(settings);
            case LOKI -> loki(settings);
        };
        if (chosen != Format.SPLUNK_HEC) {
            only(Format.SPLUNK_HEC, "token", token, settings);
            only(Format.SPLUNK_HEC, "tokenFile", tokenFile, settings);
            only(Format.SPLUNK_HEC, "host", host, settings);
            only(Format.SPLUNK_HEC, "source", source, settings);
            only(Format.SPLUNK_HEC, "sourcetype", sourcetype, settings);
            only(Format.SPLUNK_HEC, "index", index, settings);
        }
        if (chosen != Format.LOKI) {
            only(Format.LOKI, "label", labels.isEmpty() ? null : labels.get(0), settings);
            only(Format.LOKI, "levelLabel", levelLabel, settings);
            only(Format.LOKI, "structuredMetadata", structuredMetadata, settings);
        }
        return new Posts(endpoints(settings, (peer, batch) -> send(made, peer, batch)), made);
    }

    private static void only(Format format, String element, @Nullable String text, Settings settings) {
        if (text != null) {
            settings.problem("<" + element + "> is of the format " + format + " only");
        }
    }

    private HttpFormat splunk(Settings settings) {
        if (token == null && tokenFile == null) {
            settings.problem("<token> or <tokenFile> is required with the format SPLUNK_HEC");
        }
        authorization("Splunk", "token", token, tokenFile);
        return new SplunkFormat(
                settings.text("host", host),
                settings.text("source", source),
                settings.text("sourcetype", sourcetype),
                settings.text("index", index));
    }

    private HttpFormat loki(Settings settings) {
        boolean level = settings.flag("levelLabel", levelLabel, false);
        Map<String, String> read = new LinkedHashMap<>();
        for (String each : labels) {
            addLabel(read, settings.text("label", each), level, settings);
        }
        if (labels.isEmpty() && !level) {
            settings.problem("a <label> such as app=checkout is required with the format LOKI");
        }
        return new LokiFormat(read, level, settings.flag("structuredMetadata", structuredMetadata, false));
    }

    private static void addLabel(Map<String, String> read, @Nullable String text, boolean level, Settings settings) {
        if (text == null) {
            return;
        }
        Matcher matcher = LABEL.matcher(text);
        if (!matcher.matches()) {
            settings.problem("<label> [" + text + "] is not a name and a value, such as app=checkout");
        } else if (CONVERSION.matcher(matcher.group(2)).find()) {
            settings.problem("<label> [" + text + "] is a pattern; its value must be the same for all events, or Loki"
                    + " makes a stream of each. The level is a label with <levelLabel>");
        } else if (read.put(matcher.group(1), matcher.group(2)) != null
                || (level && matcher.group(1).equals("level"))) {
            settings.problem("<label> [" + text + "] has a name that is there already");
        }
    }

    private static Answer send(HttpFormat format, HttpPeer peer, Batch batch) throws IOException {
        HttpResponse<byte[]> response = post(format, peer, batch, 0, batch.size());
        int named = format.named(response, batch.size());
        if (named == HttpFormat.NONE || batch.size() == 1) {
            return format.read(response, batch);
        }
        HttpResponse<byte[]> alone = post(format, peer, batch, named, named + 1);
        if (format.named(alone, 1) == HttpFormat.NONE) {
            // It is not the one, or this is not the moment to find out.
            return format.read(response, batch);
        }
        batch.refused(named, HttpPeer.refusal(alone).reason());
        return Answer.EACH;
    }

    private static HttpResponse<byte[]> post(HttpFormat format, HttpPeer peer, Batch batch, int from, int to)
            throws IOException {
        return peer.post(target(peer.url(), format.path()), format.contentType(), format.body(batch, from, to));
    }

    /** The URL as it was configured, with the format's own path if it has none. */
    static URI target(URI url, String path) {
        String own = url.getRawPath();
        if (path.isEmpty() || (own != null && !own.isEmpty() && !own.equals("/"))) {
            return url;
        }
        String query = url.getRawQuery();
        return URI.create(url.getScheme() + "://" + url.getRawAuthority() + path + (query == null ? "" : "?" + query));
    }

    private record Posts(List<Endpoint> endpoints, HttpFormat format) implements Transport {

        @Override
        public byte @Nullable [] head(ILoggingEvent event, String id) {
            Instant time = event.getInstant();
            return format.head(
                    time == null ? Instant.ofEpochMilli(event.getTimeStamp()) : time,
                    event.getLevel().toString(),
                    id);
        }

        @Override
        public List<String> ownLoggers() {
            return List.of("jdk.httpclient", "jdk.internal.httpclient");
        }
    }
}
