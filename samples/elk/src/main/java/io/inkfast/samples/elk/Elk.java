package io.inkfast.samples.elk;

import ch.qos.logback.classic.LoggerContext;
import io.inkfast.component.Managed;
import io.inkfast.net.NetworkAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * Starts OpenSearch, lets a shop log 60,000 orders through {@code logback.xml}, kills OpenSearch in the middle and starts it
 * again, and prints what arrived. Ends with 1 if that is not everything, once.
 */
public final class Elk {

    private static final int THREADS = 4;
    private static final long ORDERS = 15_000;
    private static final String INDEX = "shop-*";

    private Elk() {}

    /** No arguments. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("inkfast-elk-");
        boolean good;
        try (OpenSearch server = new OpenSearch(folder.resolve("opensearch"))) {
            System.setProperty("ELASTIC_URL", server.url());
            System.setProperty("ELASTIC_INDEX", "shop-%d{yyyy.MM.dd}");
            System.setProperty(
                    "DEAD_LETTER", folder.resolve("dead-letter.jsonl").toString());
            System.setProperty("WAL_DIR", folder.resolve("wal").toString());
            good = run(server);
        }
        System.exit(good ? 0 : 1);
    }

    private static boolean run(OpenSearch server) throws IOException, InterruptedException {
        say("starting OpenSearch in a process of its own");
        server.start();
        say("logging " + THREADS * ORDERS + " orders to " + server.url());
        Shop shop = new Shop();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            long first = i * ORDERS;
            Thread thread = new Thread(() -> {
                for (long order = first; order < first + ORDERS; order++) {
                    shop.take(order);
                }
            });
            threads.add(thread);
            thread.start();
        }
        while (shop.logged() < THREADS * ORDERS / 3) {
            Thread.onSpinWait();
        }
        server.kill();
        say("killed OpenSearch with signal 9, after " + shop.logged() + " events");
        for (Thread thread : threads) {
            thread.join();
        }
        say("all is logged while nobody listens; starting OpenSearch again");
        server.start();
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Managed front = (Managed) context.getLogger("ROOT").getAppender("WAL");
        boolean flushed = front.flush(Duration.ofMinutes(3));
        NetworkAppender elastic =
                (NetworkAppender) ((ch.qos.logback.core.spi.AppenderAttachable<?>) front).getAppender("ELK");
        long indexed = server.count(INDEX);
        List<JsonNode> documents = server.find(INDEX, "{\"match_all\":{}}", 1);
        say("as it lies in the index: " + (documents.isEmpty() ? "nothing" : documents.get(0)));
        say("journal: " + front.accounting().balance() + (flushed ? "" : "; not all was delivered in time"));
        say("sink: " + elastic.accounting().balance() + "; " + elastic.counts());
        say("logged " + shop.logged() + ", indexed " + indexed + ", lost " + (shop.logged() - indexed)
                + ", stored twice " + Math.max(0, indexed - shop.logged()));
        context.stop();
        return flushed && indexed == shop.logged();
    }

    private static void say(String text) {
        System.out.println(text);
    }
}
