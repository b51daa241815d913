package io.inkfast.net.elastic;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.inkfast.internal.Settings;
import io.inkfast.net.Answer;
import io.inkfast.net.Batch;
import io.inkfast.net.Endpoint;
import io.inkfast.net.HttpNetworkAppender;
import io.inkfast.net.HttpPeer;
import io.inkfast.net.Lanes;
import io.inkfast.net.NetworkDefaults;
import io.inkfast.net.Transport;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to Elasticsearch 7, 8 or 9, or OpenSearch 2 or 3, through the bulk API, acknowledged one by one. Each document
 * has its {@code event.id} for an id and is only ever created, so an event that is sent twice is stored once, where the name
 * of the index does not change in between: a fixed name, or a date of the event's own time. In a data stream it may be stored
 * twice if the stream rolls over in between.
 *
 * <p>Threads and settings as {@link io.inkfast.net.NetworkAppender}.
 *
 * @since 0.1.0
 */
public final class ElasticsearchAppender extends HttpNetworkAppender {

    private static final NetworkDefaults DEFAULTS = new NetworkDefaults(2_000, 4L << 20, Duration.ofMillis(100));

    /* Of the answer we read nothing else. */
    private static final String BULK = "/_bulk?filter_path=items.*.status,items.*.error.type,items.*.error.reason";

    private @Nullable String index;
    private @Nullable String concurrency;
    private @Nullable String setupTemplates;

    /** Called by Logback. */
    public ElasticsearchAppender() {}

    /**
     * The index, or the data stream, such as {@code logs-app-default}; with a date of the event's own time where that is
     * wanted: {@code app-%d{yyyy.MM.dd}}, in UTC, or in the zone behind a comma. Required.
     */
    public void setIndex(String name) {
        index = name;
    }

    /**
     * Whether an index template is put on the server before the first event, unless it has that already, or another of that
     * name; default false. The index is a data stream then, if there is no date in its name.
     */
    public void setSetupTemplates(String flag) {
        setupTemplates = flag;
    }

    /**
     * How many requests may be under way at once, from 1 to 32. 1, the default, keeps the order of events. With more, as many are
     * as the server takes without delay or refusal.
     */
    public void setConcurrency(String count) {
        concurrency = count;
    }

    @Override
    protected NetworkDefaults defaults() {
        return DEFAULTS;
    }

    @Override
    protected Transport transport(Settings settings) {
        IndexName name = IndexName.read("index", index, settings);
        Lanes lanes = Lanes.read(concurrency, settings);
        if (!settings.flag("setupTemplates", setupTemplates, false)) {
            return new Bulk(endpoints(settings, Bulk::send, lanes), name);
        }
        if (name.stem().isEmpty()) {
            settings.problem("<setupTemplates> needs an <index> that begins with a name, such as app-%d{yyyy.MM.dd}");
        }
        Templates templates = new Templates(name, this::addInfo);
        return new Bulk(endpoints(settings, (peer, batch) -> send(templates, peer, batch), lanes), name);
    }

    private static Answer send(Templates templates, HttpPeer peer, Batch batch) throws IOException {
        Answer refusal = templates.putOn(peer);
        return refusal == null ? Bulk.send(peer, batch) : refusal;
    }

    private record Bulk(List<Endpoint> endpoints, IndexName index) implements Transport {

        static Answer send(HttpPeer peer, Batch batch) throws IOException {
            HttpResponse<byte[]> response =
                    peer.post(peer.resolve(BULK), "application/x-ndjson", BulkFormat.body(batch));
            if (response.statusCode() != 200) {
                return HttpPeer.refusal(response);
            }
            BulkFormat.read(response.body(), batch);
            return Answer.EACH;
        }

        @Override
        public byte[] head(ILoggingEvent event, String id) {
            return BulkFormat.action(index.of(event.getTimeStamp()), id);
        }

        @Override
        public List<String> ownLoggers() {
            return List.of("jdk.httpclient", "jdk.internal.httpclient");
        }
    }
}
