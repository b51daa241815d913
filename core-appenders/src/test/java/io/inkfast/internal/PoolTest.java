package io.inkfast.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PoolTest {

    private final Pool<Object> pool = new Pool<>(8);

    @Test
    void givesBackWhatItWasGivenOnce() {
        Object one = new Object();
        assertThat(pool.take()).isNull();
        pool.give(one);
        assertThat(pool.take()).isSameAs(one);
        assertThat(pool.take()).isNull();
    }

    @Test
    void keepsAFew() {
        for (int i = 0; i < 100; i++) {
            pool.give(i);
        }
        List<Object> kept = new ArrayList<>();
        for (Object one = pool.take(); one != null; one = pool.take()) {
            kept.add(one);
        }
        assertThat(kept).containsExactly(0, 1, 2, 3);
    }

    @Test
    void forgetsAll() {
        pool.give("one");
        pool.clear();
        assertThat(pool.take()).isNull();
    }

    @Test
    void takesAPowerOfTwo() {
        assertThatThrownBy(() -> new Pool<>(12))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a power of two, of at least 4: 12");
    }

    /* Two users of one object would each undo what the other does. */
    @Test
    void neverGivesOneToTwo() throws Exception {
        Pool<AtomicBoolean> shared = new Pool<>(4);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            Callable<Boolean> use = () -> {
                for (int i = 0; i < 50_000; i++) {
                    AtomicBoolean taken = shared.take();
                    AtomicBoolean mine = taken == null ? new AtomicBoolean() : taken;
                    if (!mine.compareAndSet(false, true)) {
                        return false;
                    }
                    mine.set(false);
                    shared.give(mine);
                }
                return true;
            };
            List<Callable<Boolean>> users = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                users.add(use);
            }
            for (Future<Boolean> alone : threads.invokeAll(users)) {
                assertThat(alone.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
