package io.inkfast.benchmarks.loss;

/** Where the events of a front end: told the identity of each event. Any thread. */
public interface Sink {

    /** One event has arrived. */
    void deliver(int producer, long sequence);
}
