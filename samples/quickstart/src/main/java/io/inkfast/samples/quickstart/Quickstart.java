package io.inkfast.samples.quickstart;

import io.inkfast.component.AppenderMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;

/**
 * Runs the shop, or replays the lines of a file or folder given as argument, and then proves from the log itself that
 * every line is there. Ends with 1 if one is not.
 */
public final class Quickstart {

    private static final int THREADS = 4;
    private static final long ORDERS = Long.getLong("orders", 40_000);

    /* What no service should log; each is shown as it went in and as it came out. */
    private static final List<String> CARELESS = List.of(
            "login of ada, password=Hunter2-ada",
            "payment of 42 EUR with card 4111 1111 1111 1111",
            "calling pay.example.com with Authorization: Bearer 9f86d081884c7d659a2feaa0c55ad015");

    private final PrintStream out = System.out;
    private final String run = UUID.randomUUID().toString();
    private final Pipe pipe;

    private Quickstart(Pipe pipe) {
        this.pipe = pipe;
    }

    /**
     * @param args a file or folder to replay, or nothing
     */
    public static void main(String[] args) throws Exception {
        String path = args.length == 0 ? "" : args[0].trim();
        // The first logger makes Logback read logback.xml.
        LoggerFactory.getLogger(Quickstart.class);
        Quickstart quickstart = new Quickstart(Pipe.open());
        boolean proven = path.isEmpty() ? quickstart.shop() : quickstart.replay(Path.of(path));
        if (!proven) {
            System.exit(1);
        }
    }

    private boolean shop() throws IOException, InterruptedException {
        AppenderMXBean front = pipe.front();
        long before = front.getReceived();
        showCareless();
        Shop shop = new Shop();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            long first = i;
            threads.add(new Thread(() -> serve(shop, first), "shop-" + i));
        }
        run("shop", threads, shop::logged);
        Proof proof = new Proof(run);
        proof.read(pipe, Proof.ofShop());
        return conclude(proof, shop.logged(), CARELESS.size() + shop.logged(), before);
    }

    private void serve(Shop shop, long first) {
        MDC.put("run", run);
        for (long order = first; order < ORDERS; order += THREADS) {
            shop.serve(order);
        }
    }

    private boolean replay(Path path) throws IOException, InterruptedException {
        long before = pipe.front().getReceived();
        Replay replay = new Replay(path);
        run("replay", replay.threads(run), () -> pipe.front().getReceived() - before);
        Proof proof = new Proof(run);
        proof.read(pipe, replay.check());
        out.printf("redacted   %,d of %,d lines%n", replay.redacted(), replay.lines());
        return conclude(proof, replay.lines(), replay.lines(), before);
    }

    /* Logs the three lines, and shows what became of them. */
    private void showCareless() throws IOException, InterruptedException {
        String own = run + "-first";
        Logger logger = LoggerFactory.getLogger("io.inkfast.samples.shop.Careless");
        MDC.put("run", own);
        CARELESS.forEach(logger::info);
        MDC.remove("run");
        pipe.flush();
        List<JsonNode> written = new ArrayList<>();
        new Proof(own).read(pipe, line -> {
            written.add(line);
            return null;
        });
        for (int i = 0; i < CARELESS.size(); i++) {
            out.println("logged     " + CARELESS.get(i));
            out.println("in file    " + (i < written.size() ? written.get(i) : "nothing"));
        }
    }

    private void run(String what, List<Thread> threads, LongSupplier logged) throws InterruptedException {
        long start = System.nanoTime();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join(500);
            while (thread.isAlive()) {
                out.printf(
                        "progress   %,d events logged, %,d waiting%n",
                        logged.getAsLong(), pipe.front().getQueued());
                thread.join(500);
            }
        }
        boolean flushed = pipe.flush();
        double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
        long events = logged.getAsLong();
        out.printf("%-10s %,d events by %d threads%n", what, events, threads.size());
        out.printf("rate       %,.0f events/s, until all are in the file%n", events / seconds);
        if (!flushed) {
            out.println("NOT FLUSHED " + pipe.front().getLastError());
        }
    }

    private boolean conclude(Proof proof, long lines, long calls, long before) {
        AppenderMXBean front = pipe.front();
        if (proof.lines() != lines) {
            proof.problem("lines in the file: " + proof.lines() + ", logged: " + lines);
        }
        long received = front.getReceived() - before;
        if (received != calls || front.getWritten() != front.getReceived()) {
            proof.problem("calls: " + calls + ", received: " + received + "; " + pipe.balance());
        }
        out.println("balance    " + pipe.balance());
        out.println("file       " + pipe.file());
        proof.problems().forEach(problem -> out.println("WRONG      " + problem));
        if (proof.problems().isEmpty()) {
            out.printf("proven     %,d lines: all there, in order per thread, valid JSON%n", lines);
        }
        return proof.problems().isEmpty();
    }
}
