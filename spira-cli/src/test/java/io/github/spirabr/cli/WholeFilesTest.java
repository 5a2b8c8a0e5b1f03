package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class WholeFilesTest {

    @TempDir
    private Path folder;

    private static Map<Path, byte[]> files(Path one, Path other) {
        Map<Path, byte[]> files = new LinkedHashMap<>();
        files.put(one, new byte[] {1});
        files.put(other, new byte[] {2});
        return files;
    }

    @Test
    void theyReplaceWhatWasThere() throws IOException {
        Files.writeString(folder.resolve("one"), "before");
        WholeFiles.write(files(folder.resolve("one"), folder.resolve("other")));
        assertThat(folder.resolve("one")).hasBinaryContent(new byte[] {1});
        assertThat(folder.resolve("other")).hasBinaryContent(new byte[] {2});
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).hasSize(2);
        }
    }

    /** One of them cannot be written: neither is. */
    @Test
    void noneAppearsWithoutTheOthers() throws IOException {
        Path impossible = Files.createDirectory(folder.resolve("other"));
        assertThatThrownBy(() -> WholeFiles.write(files(folder.resolve("one"), impossible)))
                .isInstanceOf(WholeFiles.UnwritableException.class)
                .hasMessageContaining(folder.resolve("one") + " and " + impossible + " could not be written")
                .hasMessageContaining("is a folder");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(impossible);
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions of POSIX")
    void theyAreReadByWhomTheUserLets() throws IOException {
        Path plain = Files.createFile(folder.resolve("plain"));
        WholeFiles.write(Map.of(folder.resolve("one"), new byte[] {1}));
        assertThat(Files.getPosixFilePermissions(folder.resolve("one"))).isEqualTo(Files.getPosixFilePermissions(plain))
                .contains(PosixFilePermission.OWNER_READ);
    }
}
