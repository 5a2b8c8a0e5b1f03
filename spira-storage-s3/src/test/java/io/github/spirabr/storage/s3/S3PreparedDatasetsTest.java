package io.github.spirabr.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.dataset.PreparedDataset;
import io.github.spirabr.core.dataset.PreparedDatasetException;
import io.github.spirabr.core.dataset.PreparedDatasetRepository;
import io.github.spirabr.core.dataset.PreparedRecording;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.storage.s3.FaultyNetwork.Fault;
import io.github.spirabr.testkit.PreparedDatasetRepositoryContract;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

@Tag("slow")
class S3PreparedDatasetsTest extends PreparedDatasetRepositoryContract {

    @RegisterExtension
    private static final LocalS3 SERVER = new LocalS3();

    private final String bucket = SERVER.newBucket();

    @Override
    protected PreparedDatasetRepository open() {
        return open(Clock.systemUTC());
    }

    private S3PreparedDatasets open(Clock clock) {
        return S3PreparedDatasets.of(S3Connection.of(SERVER.administrator(), bucket), "team/datasets", clock);
    }

    /** Recordings of 1.2 MB each, so that a part ends within one. */
    private static Iterator<PreparedRecording> large(int count) {
        return IntStream.range(0, count).mapToObj(S3PreparedDatasetsTest::largeOne).iterator();
    }

    private static PreparedRecording largeOne(int number) {
        float[] values = new float[300_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = number + i / 1e6f;
        }
        return new PreparedRecording("r" + number, "s" + number, Label.PATIENT, Map.of(),
                List.of(FeatureMatrix.of(3000, 100, values)));
    }

    @Test
    void aDatasetOfSeveralPartsIsReadInOrderAndAtRandom() {
        open().save(NAME, FINGERPRINT, large(21));

        try (PreparedDataset dataset = open().open(NAME)) {
            for (int i = 0; i < 21; i++) {
                assertThat(dataset.read(i)).isEqualTo(largeOne(i));
            }
            for (int i : new int[] {20, 3, 4, 5, 0, 19}) {
                assertThat(dataset.read(i)).isEqualTo(largeOne(i));
            }
        }
        assertThat(SERVER.keys(bucket)).hasSize(2).allMatch(key -> key.startsWith("team/datasets/" + NAME + "/"));
    }

    @Test
    void aReaderInOrderNeedsFewRequests() throws Exception {
        open().save(NAME, FINGERPRINT, recordings(100, 1).iterator());
        try (FaultyNetwork network = new FaultyNetwork(SERVER.endpoint(), List.of(Fault.STALL), 0, 1);
                S3Connection connection = network.connection(bucket, 8);
                PreparedDataset dataset = S3PreparedDatasets.of(connection, "team/datasets").open(NAME)) {
            for (int i = 0; i < 100; i++) {
                assertThat(dataset.read(i)).isEqualTo(recordings(100, 1).get(i));
            }

            assertThat(network.seen()).hasSizeLessThanOrEqualTo(3);
        }
    }

    @Test
    void aBrokenOffSaveIsAborted() {
        Iterator<PreparedRecording> large = large(10);
        Iterator<PreparedRecording> broken = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public PreparedRecording next() {
                if (!large.hasNext()) {
                    throw new IllegalStateException("the decoder failed");
                }
                return large.next();
            }
        };

        assertThatThrownBy(() -> open().save(NAME, FINGERPRINT, broken)).hasMessage("the decoder failed");

        assertThat(SERVER.keys(bucket)).isEmpty();
        assertThat(SERVER.administrator().listMultipartUploads(request -> request.bucket(bucket)).uploads()).isEmpty();
    }

    @Test
    void cleaningAbortsOldUploadsAndRemovesFeaturesThatNoIndexNames() {
        open().save(NAME, FINGERPRINT, recordings(3, 1).iterator());
        String stray = "team/datasets/" + NAME + "/features-00000000-0000-0000-0000-000000000000.bin";
        String lost = "team/datasets/lost/features-00000000-0000-0000-0000-000000000000.bin";
        String foreign = "team/datasets/" + NAME + "/notes.txt";
        for (String key : List.of(stray, lost, foreign)) {
            SERVER.administrator().putObject(request -> request.bucket(bucket).key(key), RequestBody.fromString("x"));
        }
        SERVER.administrator().createMultipartUpload(request -> request.bucket(bucket).key(lost));

        assertThat(open().clean(Duration.ofDays(1))).isZero();
        Clock inTwoDays = Clock.offset(Clock.systemUTC(), Duration.ofDays(2));
        assertThat(open(inTwoDays).clean(Duration.ofDays(1))).isEqualTo(3);

        assertThat(SERVER.keys(bucket)).hasSize(3).contains(foreign);
        assertThat(SERVER.administrator().listMultipartUploads(request -> request.bucket(bucket)).uploads()).isEmpty();
        try (PreparedDataset dataset = open().open(NAME)) {
            assertThat(dataset.read(2)).isEqualTo(recordings(3, 1).get(2));
        }
    }

    @Test
    void alteredFeaturesAreRefused() {
        open().save(NAME, FINGERPRINT, recordings(1, 1).iterator());
        String features = SERVER.keys(bucket).stream().filter(key -> key.endsWith(".bin")).findFirst().orElseThrow();
        byte[] bytes = SERVER.administrator().getObjectAsBytes(request -> request.bucket(bucket).key(features))
                .asByteArray();
        bytes[100] ^= 1;
        SERVER.administrator().putObject(request -> request.bucket(bucket).key(features), RequestBody.fromBytes(bytes));

        try (PreparedDataset dataset = open().open(NAME)) {
            assertThatThrownBy(() -> dataset.read(0))
                    .isInstanceOf(PreparedDatasetException.class)
                    .hasMessageStartingWith("data set " + NAME + " is damaged at s3://" + bucket + "/" + features
                            + ": the checksum of recording áudio/0.wav is ")
                    .hasMessageEndingWith("; delete it, and prepare it again");
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5, 1})
    void aHarmedNetworkLosesNothing(double rate) throws Exception {
        boolean saved = false;
        try (FaultyNetwork network = new FaultyNetwork(SERVER.endpoint(), List.of(Fault.values()), rate, 5);
                // A busy machine needs more than a moment for each part of 8 MB.
                S3Connection connection = network.connection(bucket, 8, Duration.ofSeconds(5))) {
            S3PreparedDatasets.of(connection, "team/datasets").save(NAME, FINGERPRINT, large(16));
            saved = true;
            try (PreparedDataset dataset = S3PreparedDatasets.of(connection, "team/datasets").open(NAME)) {
                for (int i = 0; i < 16; i++) {
                    assertThat(dataset.read(i)).isEqualTo(largeOne(i));
                }
            }
        } catch (PreparedDatasetException e) {
            assertThat(rate).as(e.getMessage()).isGreaterThan(0.1);
            assertThat(e.getMessage()).contains(bucket).matches(
                    "(?s).*(try again later|check the network, and use https|check the endpoint and the network.*)");
        }

        if (saved) {
            assertThat(open().names()).containsExactly(NAME);
        }
        for (String name : open().names()) {
            try (PreparedDataset dataset = open().open(name)) {
                for (int i = 0; i < 16; i++) {
                    assertThat(dataset.read(i)).isEqualTo(largeOne(i));
                }
            }
        }
        assertThat(rate == 1 && saved).isFalse();
    }
}
