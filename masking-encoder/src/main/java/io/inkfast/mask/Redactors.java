package io.inkfast.mask;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Keeps redactors of one policy for what happens beside the writing of events: freezing and describing them. Any thread. */
final class Redactors {

    private static final int POOLED = 8;

    private final AtomicReferenceArray<@Nullable Redactor> pool = new AtomicReferenceArray<>(POOLED);

    /** For this thread alone, until it is given back; one that failed is not. */
    Redactor take(Policy policy) {
        Redactor redactor = pool.getAndSet(slot(), null);
        if (redactor == null) {
            redactor = new Redactor(policy);
        }
        redactor.begin();
        return redactor;
    }

    void giveBack(Redactor redactor) {
        redactor.forgetTexts();
        pool.compareAndSet(slot(), null, redactor);
    }

    private static int slot() {
        return (int) Thread.currentThread().getId() & POOLED - 1;
    }
}
