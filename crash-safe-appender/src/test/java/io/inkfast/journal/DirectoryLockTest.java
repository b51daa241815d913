package io.inkfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkfast.testing.ChildJvm;
import io.inkfast.testing.Torture;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A directory has one writer: in this JVM, in all its class loaders, and in all processes. */
@Tag(Torture.TAG)
@Timeout(3600)
class DirectoryLockTest {

    @TempDir
    Path folder;

    private Path directory() {
        return folder.resolve("wal");
    }

    private static DirectoryLock take(Path directory) throws IOException {
        DirectoryLock lock = DirectoryLock.take(directory);
        assertThat(lock).isNotNull();
        return lock;
    }

    /* What another process gets. */
    private String other(Path directory) throws IOException, InterruptedException {
        Process process = ChildJvm.start(LockingProcess.class, directory.toString());
        process.getOutputStream().close();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            return said.readLine();
        } finally {
            process.waitFor();
        }
    }

    @Nested
    class WhileItIsTaken {

        @Test
        void nobodyElseGetsIt() throws Exception {
            DirectoryLock lock = take(directory());
            assertThat(DirectoryLock.take(directory())).isNull();
            assertThat(other(directory())).isEqualTo(LockingProcess.TAKEN);
            lock.close();
            assertThat(other(directory())).isEqualTo(LockingProcess.MINE);
            take(directory()).close();
        }

        @Test
        void itIsTakenAnewWhenItWasMovedAway() throws Exception {
            DirectoryLock lock = take(directory());
            assertThat(lock.isInPlace()).isTrue();
            Files.move(directory(), folder.resolve("elsewhere"));
            assertThat(lock.isInPlace()).isFalse();
            assertThat(lock.renew()).isTrue();
            assertThat(lock.isInPlace()).isTrue();
            assertThat(other(directory())).isEqualTo(LockingProcess.TAKEN);
            lock.close();
            assertThat(other(directory())).isEqualTo(LockingProcess.MINE);
        }

        @Test
        void whoeverIsFasterHasItWhenItWasMovedAway() throws Exception {
            DirectoryLock lock = take(directory());
            Files.move(directory(), folder.resolve("elsewhere"));
            Process process = ChildJvm.start(LockingProcess.class, directory().toString());
            try (BufferedReader said =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
                assertThat(said.readLine()).isEqualTo(LockingProcess.MINE);
                assertThat(lock.renew()).isFalse();
                assertThat(lock.renew()).isFalse();
            } finally {
                process.getOutputStream().close();
                process.waitFor();
            }
            lock.close();
            take(directory()).close();
        }

        @Test
        void anotherNameOfItIsNoOtherDirectory() throws Exception {
            DirectoryLock lock = take(directory());
            Path link = Files.createSymbolicLink(folder.resolve("link"), directory());
            assertThat(DirectoryLock.take(link)).isNull();
            assertThat(other(link)).isEqualTo(LockingProcess.TAKEN);
            lock.close();
        }

        /* POSIX then gives up the lock, and nobody is told: a backup or a search for secrets in our own JVM is enough. */
        @Test
        void itStaysTakenIfSomebodyOpensAndClosesTheFile() throws Exception {
            DirectoryLock lock = take(directory());
            Files.readAllBytes(directory().resolve("LOCK"));
            assertThat(other(directory())).isEqualTo(LockingProcess.TAKEN);
            assertThat(DirectoryLock.take(directory())).isNull();
            lock.close();
            assertThat(other(directory())).isEqualTo(LockingProcess.MINE);
        }
    }

    @Nested
    class WhenItsProcessWasKilled {

        @Test
        void itIsFree() throws Exception {
            Process holder = ChildJvm.start(LockingProcess.class, directory().toString());
            assertThat(holder.getInputStream().read()).isEqualTo(LockingProcess.MINE.charAt(0));
            assertThat(DirectoryLock.take(directory())).isNull();
            holder.destroyForcibly().waitFor();
            take(directory()).close();
        }
    }

    @Nested
    class WithAnotherClassLoader {

        private final Method takeThere;

        WithAnotherClassLoader() throws ReflectiveOperationException, IOException {
            List<URL> urls = new ArrayList<>();
            for (String each : System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                    .split(File.pathSeparator)) {
                urls.add(Path.of(each).toUri().toURL());
            }
            ClassLoader loader = new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
            Class<?> there = loader.loadClass(DirectoryLock.class.getName());
            assertThat(there).isNotSameAs(DirectoryLock.class);
            takeThere = there.getMethod("take", Path.class);
        }

        private AutoCloseable takeThere() throws ReflectiveOperationException {
            return (AutoCloseable) takeThere.invoke(null, directory());
        }

        @Test
        void onlyOneHasIt() throws Exception {
            DirectoryLock here = take(directory());
            assertThat(takeThere()).isNull();
            here.close();
            AutoCloseable there = takeThere();
            assertThat(there).isNotNull();
            assertThat(DirectoryLock.take(directory())).isNull();
            assertThat(other(directory())).isEqualTo(LockingProcess.TAKEN);
            there.close();
            take(directory()).close();
        }

        @Test
        void onlyOneHasItWhenAllWantIt() throws Exception {
            int threads = 4;
            int rounds = Torture.times(200, 1_000, 10_000);
            CyclicBarrier together = new CyclicBarrier(threads);
            AtomicInteger taken = new AtomicInteger();
            AtomicReference<Throwable> failure = new AtomicReference<>();
            List<Thread> all = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                boolean here = t % 2 == 0;
                all.add(new Thread(() -> {
                    try {
                        for (int i = 0; i < rounds; i++) {
                            together.await();
                            try (AutoCloseable lock = here ? DirectoryLock.take(directory()) : takeThere()) {
                                if (lock != null) {
                                    taken.incrementAndGet();
                                    LockingProcess.useAlone(directory());
                                }
                            }
                        }
                    } catch (Throwable e) {
                        failure.compareAndSet(null, e);
                        together.reset();
                    }
                }));
            }
            all.forEach(Thread::start);
            for (Thread thread : all) {
                thread.join();
            }
            assertThat(failure.get()).isNull();
            assertThat(taken.get()).isGreaterThanOrEqualTo(rounds);
        }
    }

    @Nested
    class WhenProcessesStartAtOnce {

        @Test
        void onlyOneAtATimeHasIt() throws Exception {
            int races = Torture.times(5, 50, 1_000);
            int taken = 0;
            ChildJvm jvm = ChildJvm.archived(
                    folder, LockingProcess.class, folder.resolve("warm").toString(), LockingProcess.RACE);
            for (int race = 0; race < races; race++) {
                Path contested = folder.resolve("race-" + race % 10);
                List<Process> processes = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    processes.add(new ProcessBuilder(
                                    jvm.command(LockingProcess.class, contested.toString(), LockingProcess.RACE))
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start());
                }
                for (Process process : processes) {
                    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                    assertThat(process.waitFor()).as(said).isZero();
                    taken += (int) Arrays.stream(said.split("\n"))
                            .filter(LockingProcess.MINE::equals)
                            .count();
                }
                // As a process leaves it that is killed with the directory in its hands.
                assertThat(contested.resolve(LockingProcess.USED)).doesNotExist();
            }
            assertThat(taken).isGreaterThanOrEqualTo(races);
        }
    }
}
