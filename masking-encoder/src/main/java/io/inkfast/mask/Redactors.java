package io.inkfast.mask;

import io.inkfast.internal.Pool;

/** Keeps redactors of one policy for what happens beside the writing of events: freezing and describing them. Any thread. */
final class Redactors {

    private final Pool<Redactor> pool = new Pool<>(8);

    /** For this thread alone, until it is given back; one that failed is not. */
    Redactor take(Policy policy) {
        Redactor redactor = pool.take();
        if (redactor == null) {
            redactor = new Redactor(policy);
        }
        redactor.begin();
        return redactor;
    }

    void giveBack(Redactor redactor) {
        redactor.release();
        pool.give(redactor);
    }
}
