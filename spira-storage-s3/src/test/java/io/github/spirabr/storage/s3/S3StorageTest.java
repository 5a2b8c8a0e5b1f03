package io.github.spirabr.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.storage.StorageProvider;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class S3StorageTest {

    @RegisterExtension
    private static final LocalS3 SERVER = new LocalS3();

    private final StorageProvider storage = new S3Storage();

    @Test
    void itIsFoundByItsScheme() {
        assertThat(ServiceLoader.load(StorageProvider.class)).extracting(StorageProvider::scheme).containsExactly("s3");
    }

    @Test
    void addressesAreABucketAndAPrefix() {
        assertThatCode(() -> storage.check("s3://hospital")).doesNotThrowAnyException();
        assertThatCode(() -> storage.check("s3://hospital/team/models/")).doesNotThrowAnyException();
        assertThatThrownBy(() -> storage.check("s3://")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the address must be s3://BUCKET/PREFIX, but was 's3://'");
        assertThatThrownBy(() -> storage.check("s3://a/models")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bucket must be a bucket's name such as 'hospital-models'");
        assertThatThrownBy(() -> storage.check("s3://hospital/a b")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("prefix must be letters, digits");
    }

    @Test
    @SuppressWarnings("try") // the properties are set back when they are closed, and needed for no more
    void whatIsKeptAtAnAddressIsInThatBucketUnderThatPrefix() {
        String bucket = SERVER.newBucket();
        try (SystemProperties endpoint = new SystemProperties(Map.of("aws.endpointUrl", SERVER.endpoint().toString()))) {
            assertThat(storage.journal("s3://" + bucket + "/rounds/").replace("state", Optional.empty(), "x".getBytes(UTF_8)))
                    .isPresent();
            assertThat(new S3Storage().journal("s3://" + bucket + "/rounds").read("state")).isPresent();
            assertThat(storage.models("s3://" + bucket + "/models").names()).isEmpty();
            assertThat(storage.datasets("s3://" + bucket + "/stages/features").names()).isEmpty();
        }
        assertThat(SERVER.administrator().listObjectsV2(request -> request.bucket(bucket)).contents())
                .isNotEmpty().allSatisfy(object -> assertThat(object.key()).startsWith("rounds/"));
    }
}
