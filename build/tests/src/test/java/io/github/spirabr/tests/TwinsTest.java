package io.github.spirabr.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Adapters do not know each other, and the core knows no format: what a folder and a bucket store alike is written by
 * classes that stand twice. They stay the same; docs/decisions/0006-twins.md says why.
 */
class TwinsTest {

    @ParameterizedTest
    @CsvSource({"registry, CatalogJson", "registry, VersionManifest", "dataset, FeatureBlock"})
    void foldersAndBucketsStoreTheSame(String section, String name) throws IOException {
        assertThat(source("spira-storage-s3/src/main/java/io/github/spirabr/storage/s3/" + name + ".java"))
                .isEqualTo(source("spira-storage-fs/src/main/java/io/github/spirabr/storage/fs/" + section + '/' + name + ".java"));
    }

    private static String source(String file) throws IOException {
        return Files.readString(Path.of(file)).replace("\r\n", "\n").replaceFirst("package [^;]*;", "");
    }
}
