package io.inkfast.net;

import io.inkfast.internal.Settings;
import io.inkfast.internal.Ticker;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What network appenders have that speak HTTP. Threads as {@link NetworkAppender}.
 *
 * @since 0.1.0
 */
public abstract class HttpNetworkAppender extends NetworkAppender {

    private final HttpSettings.Texts http = new HttpSettings.Texts();
    private @Nullable SslSettings ssl;

    /** For subclasses, which Logback makes by their class names. */
    protected HttpNetworkAppender() {}

    /** Where to send, such as {@code https://host:9200}; required. Several, with commas between: fail-over, in this order. */
    public void addUrl(String urls) {
        http.urls.add(urls);
    }

    /** TLS for URLs with {@code https}; without it they trust whom the JVM trusts. */
    public void setSsl(SslSettings settings) {
        ssl = settings;
    }

    /** A header that every request has, as {@code Name: value}; any number of them. */
    public void addHeader(String header) {
        http.headers.add(header);
    }

    /** The name for basic authentication. */
    public void setUsername(String name) {
        http.username = name;
    }

    /** The password for basic authentication; better a variable of the environment, or {@code passwordFile}. */
    public void setPassword(String secret) {
        http.password = secret;
    }

    /** A file with the password, read for each request: it may be replaced at any time. */
    public void setPasswordFile(String file) {
        http.passwordFile = file;
    }

    /** An API key, in the form in which the header wants it. */
    public void setApiKey(String secret) {
        http.apiKey = secret;
    }

    /** A file with the API key, read for each request. */
    public void setApiKeyFile(String file) {
        http.apiKeyFile = file;
    }

    /** A bearer token. */
    public void setBearerToken(String secret) {
        http.bearerToken = secret;
    }

    /** A file with the bearer token, read for each request. */
    public void setBearerTokenFile(String file) {
        http.bearerTokenFile = file;
    }

    /** Whether bodies are compressed: {@code gzip}, the default, or {@code none}. */
    public void setCompression(String compression) {
        http.compression = compression;
    }

    /** How long a connection may take to be made; 5 seconds by default, from 1 millisecond to 1 hour. */
    public void setConnectTimeout(String time) {
        http.connectTimeout = time;
    }

    /** How long an answer may take; 30 seconds by default, from 1 millisecond to 1 hour. Then the request is sent again. */
    public void setRequestTimeout(String time) {
        http.requestTimeout = time;
    }

    /**
     * A secret of the protocol's own, for the header {@code Authorization}; called before {@link #endpoints}.
     *
     * @param scheme  the word in front of it
     * @param element the element that has it; with {@code File} behind, the one that names a file with it
     */
    protected final void authorization(String scheme, String element, @Nullable String secret, @Nullable String file) {
        http.own = new HttpSettings.Own(scheme, element, secret, file);
    }

    /** What a protocol makes of HTTP. */
    @FunctionalInterface
    protected interface Exchange {
        /** See {@link Link#send}. */
        Answer send(HttpPeer peer, Batch batch) throws java.io.IOException;
    }

    /**
     * The endpoints of the configured URLs.
     *
     * @param exchange made for each connection
     */
    protected final List<Endpoint> endpoints(Settings settings, Exchange exchange) {
        return endpoints(settings, exchange, new Lanes(1, Ticker.SYSTEM));
    }

    /** The same, with several requests under way at once; the exchange is called by any thread then. */
    protected final List<Endpoint> endpoints(Settings settings, Exchange exchange, Lanes lanes) {
        HttpSettings values = HttpSettings.read(http, ssl == null ? null : ssl.read(settings), settings);
        // The next start may be one without it.
        http.own = null;
        List<Endpoint> endpoints = new ArrayList<>();
        for (URI url : values.urls()) {
            endpoints.add(new HttpEndpoint(url, values, exchange, lanes, "inkfast-net-" + getName()));
        }
        return endpoints;
    }

    /* The client outlives connections: it has threads, which end only some time after it is forgotten. */
    private static final class HttpEndpoint implements Endpoint {
        private final HttpPeer peer;
        private final Exchange exchange;
        private final Lanes lanes;

        HttpEndpoint(URI url, HttpSettings settings, Exchange exchange, Lanes lanes, String thread) {
            this.lanes = lanes;
            this.exchange = exchange;
            peer = new HttpPeer(url, settings, thread);
        }

        @Override
        public String name() {
            return peer.name();
        }

        @Override
        public Link connect() {
            return new HttpLink(peer, exchange, lanes);
        }

        @Override
        public void close() {
            peer.close();
        }
    }

    private record HttpLink(HttpPeer peer, Exchange exchange, Lanes lanes) implements Link {

        @Override
        public Answer send(Batch batch) throws java.io.IOException {
            return lanes.send(batch, peer.executor(), part -> exchange.send(peer, part));
        }

        @Override
        public int width() {
            return lanes.width();
        }

        @Override
        public void abort() {
            peer.close();
        }

        @Override
        public void close() {
            // The client closes connections that are of no use any more by itself.
        }
    }
}
