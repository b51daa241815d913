package io.inkfast.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoriesTest {

    @TempDir
    Path top;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Directories directories;

    @BeforeEach
    void begin() {
        directories = new Directories(
                top, Streams.of(new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream(), err));
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void hasThoseThatAreNotTooDeepAndFollowsNoLink() throws IOException {
        Files.createDirectories(top.resolve("b/c/d"));
        Files.createDirectory(top.resolve("a"));
        Files.createFile(top.resolve("a/file"));
        Files.createSymbolicLink(top.resolve("link"), top.resolve("b"));
        Files.walkFileTree(top, Set.of(), 2, directories);
        assertThat(directories.found()).containsExactly(top, top.resolve("a"), top.resolve("b"), top.resolve("b/c"));
        assertThat(directories.passedOver()).isZero();
    }

    /* It is not opened on the way, as those above it are. */
    @Test
    void looksIntoThoseThatAreAsDeepAsTheSearch() throws IOException {
        Path gone = Files.createDirectory(top.resolve("gone"));
        BasicFileAttributes attributes = Files.readAttributes(gone, BasicFileAttributes.class);
        Files.delete(gone);
        directories.visitFile(gone, attributes);
        assertThat(directories.found()).isEmpty();
        Path loop = Files.createSymbolicLink(top.resolve("loop"), top.resolve("loop"));
        directories.visitFile(loop, attributes);
        assertThat(directories.found()).isEmpty();
        assertThat(directories.passedOver()).isEqualTo(1);
        assertThat(said()).startsWith("inkfast: [" + loop + "] is left out, it cannot be looked into: ");
    }

    @Test
    void doesNotMindWhatHasGone() throws IOException {
        Path gone = top.resolve("spare-1.seg");
        directories.visitFileFailed(gone, new NoSuchFileException(gone.toString()));
        directories.postVisitDirectory(top, new NoSuchFileException(gone.toString()));
        assertThat(directories.passedOver()).isZero();
        assertThat(said()).isEmpty();
    }

    @Test
    void saysWhatItCannotLookInto() throws IOException {
        Path locked = top.resolve("lost+found");
        directories.visitFileFailed(locked, new AccessDeniedException(locked.toString()));
        assertThat(directories.passedOver()).isEqualTo(1);
        assertThat(said().trim())
                .isEqualTo("inkfast: [" + locked + "] is left out, it cannot be looked into: AccessDeniedException");
        assertThatThrownBy(() -> directories.visitFileFailed(top, new AccessDeniedException(top.toString())))
                .isInstanceOf(AccessDeniedException.class);
    }
}
