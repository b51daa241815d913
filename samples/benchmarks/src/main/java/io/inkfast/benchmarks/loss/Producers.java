package io.inkfast.benchmarks.loss;

import io.inkfast.benchmarks.pipe.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** Threads that log until they are done or told to stop, and what became of their calls. */
final class Producers {

    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLongArray began;
    private final AtomicLongArray returned;
    private final AtomicLongArray returnedEarly;
    private final AtomicLong thrown = new AtomicLong();
    private final AtomicLong flagsLost = new AtomicLong();
    private volatile boolean stopping;
    private volatile boolean stopped;

    /** Starts the threads; each logs at most so many events, interrupted before each of its calls or not. */
    Producers(Front front, int count, long eventsEach, boolean interrupted) throws InterruptedException {
        began = new AtomicLongArray(count);
        returned = new AtomicLongArray(count);
        returnedEarly = new AtomicLongArray(count);
        CountDownLatch ready = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            int producer = i;
            Thread thread = new Thread(() -> log(front, producer, eventsEach, interrupted, ready), "producer-" + i);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        ready.await();
    }

    private void log(Front front, int producer, long events, boolean interrupted, CountDownLatch ready) {
        Pipe.Source source = front.source(producer);
        ready.countDown();
        for (long sequence = 0; sequence < events && !stopped; sequence++) {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            began.incrementAndGet(producer);
            try {
                source.log(sequence);
            } catch (RuntimeException | Error e) {
                thrown.incrementAndGet();
            }
            if (!stopping) {
                returnedEarly.incrementAndGet(producer);
            }
            returned.incrementAndGet(producer);
            if (interrupted && !Thread.interrupted()) {
                flagsLost.incrementAndGet();
            }
        }
    }

    /** To be said before the front is stopped: calls that return from now on don't count as returned early. */
    void frontStops() {
        stopping = true;
    }

    /** Ends the loops. */
    void stop() {
        stopped = true;
    }

    /** Waits for the threads; returns how many are still in a call. */
    int stuckAfter(long seconds) throws InterruptedException {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        int stuck = 0;
        for (Thread thread : threads) {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(limit - System.nanoTime())));
            stuck += thread.isAlive() ? 1 : 0;
        }
        return stuck;
    }

    /** Calls that began. */
    long calls() {
        return sum(began);
    }

    /** Calls of one producer that had returned before the front was told to stop. */
    long returnedEarly(int producer) {
        return returnedEarly.get(producer);
    }

    /** Calls that came back, with or without an exception. */
    long returned() {
        return sum(returned);
    }

    /** Calls that ended with an exception. */
    long thrown() {
        return thrown.get();
    }

    /** Calls after which the thread was no longer interrupted. */
    long flagsLost() {
        return flagsLost.get();
    }

    private static long sum(AtomicLongArray numbers) {
        long sum = 0;
        for (int i = 0; i < numbers.length(); i++) {
            sum += numbers.get(i);
        }
        return sum;
    }
}
