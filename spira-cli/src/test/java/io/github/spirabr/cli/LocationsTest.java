package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.registry.ModelVersion;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No server is asked: a place is opened before anything is looked up there. */
class LocationsTest {

    private static final ModelVersion VERSION = new ModelVersion("spira", 3);

    @ParameterizedTest
    @CsvSource({
        "s3://hospital/models, s3://hospital/models/spira/",
        "s3://hospital/a/b/, s3://hospital/a/b/spira/",
        "s3://hospital, s3://hospital/spira/",
        "s3://hospital/, s3://hospital/spira/"
    })
    void aBucketWithItsPrefix(String place, String begin) {
        String before = System.getProperty("aws.region");
        System.setProperty("aws.region", "us-east-1");
        try {
            assertThat(Locations.models(place).location(VERSION)).startsWith(begin);
        } finally {
            if (before == null) {
                System.clearProperty("aws.region");
            } else {
                System.setProperty("aws.region", before);
            }
        }
    }

    @Test
    void aFolder() {
        assertThat(Locations.models("some/models").location(VERSION))
                .startsWith(Path.of("some/models/spira").toAbsolutePath().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://hospital/models", "gs://bucket/x"})
    void anAddressThatNobodyKnowsIsRefused(String place) {
        assertThatThrownBy(() -> Locations.models(place))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + place + "' needs a module for " + place.substring(0, place.indexOf(':')) + ":// on the class"
                        + " path; add it, or give one of the known locations, which are folders and s3://");
    }

    @Test
    void anAddressWithoutABucketIsRefused() {
        assertThatThrownBy(() -> Locations.models("s3:///models"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'s3:///models'")
                .hasMessageContaining("s3://BUCKET/PREFIX");
    }
}
