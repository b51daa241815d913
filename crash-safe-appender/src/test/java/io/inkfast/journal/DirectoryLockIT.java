package io.inkfast.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DirectoryLockIT {

    @TempDir
    Path folder;

    @Test
    void processesThatRemoveTheDirectoryNeverHaveItAtTheSameTime() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            RemovingProcess.class.getName(),
                            folder.resolve("instance-0").toString(),
                            folder.resolve("in-use").toString(),
                            "2000")
                    .redirectErrorStream(true)
                    .start());
        }
        for (Process process : processes) {
            assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim())
                    .isEqualTo("fine");
        }
    }

    @Test
    void keepsADirectoryWithSomethingElseInIt() throws Exception {
        Path directory = folder.resolve("instance-0");
        DirectoryLock lock = DirectoryLock.take(directory);
        Files.writeString(directory.resolve("wal-1.seg.damaged"), "");
        assertThat(DirectoryLock.take(directory)).isNull();
        assertThat(lock.closeAndRemove()).isFalse();
        assertThat(directory.resolve("wal-1.seg.damaged")).exists();
        try (DirectoryLock again = DirectoryLock.take(directory)) {
            assertThat(again).isNotNull();
        }
    }
}
