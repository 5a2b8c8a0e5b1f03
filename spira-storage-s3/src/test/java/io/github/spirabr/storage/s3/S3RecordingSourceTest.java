package io.github.spirabr.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.storage.s3.FaultyNetwork.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

@Timeout(120)
@Tag("slow")
class S3RecordingSourceTest {

    private static final Pattern KEYS = Pattern.compile("(?<label>[^/]+)/(?<subject>[^/]+)/[^/]+\\.wav");

    @RegisterExtension
    private static final LocalS3 SERVER = new LocalS3();

    private String bucket = SERVER.newBucket();

    @Test
    void recordingsAreListedByPrefix() throws IOException {
        put("data/patient/ana/1.wav", 10);
        put("data/control/joão/2.wav", 20);
        put("data/1/ana/3.wav", 30);
        put("data/", 0);
        put("data/labels.csv", 5);
        put("data2/control/x/4.wav", 40);

        Dataset dataset = source("data").ignoring(Pattern.compile(".*\\.csv")).load();

        assertThat(dataset.name()).isEqualTo("s3://" + bucket + "/data/");
        assertThat(dataset.recordings()).extracting(Recording::id)
                .containsExactly("1/ana/3.wav", "control/joão/2.wav", "patient/ana/1.wav");
        assertThat(dataset.recordings()).extracting(Recording::subject).containsExactly("ana", "joão", "ana");
        assertThat(dataset.recordings()).extracting(Recording::label)
                .containsExactly(Label.PATIENT, Label.CONTROL, Label.PATIENT);
        AudioSource audio = dataset.recordings().get(1).audio();
        assertThat(audio.name()).isEqualTo("s3://" + bucket + "/data/control/joão/2.wav");
        try (InputStream stream = audio.open()) {
            assertThat(stream.readAllBytes()).isEqualTo(bytes(20));
        }
    }

    @Test
    void moreThanAPageIsListed() {
        for (int i = 0; i < 25; i++) {
            put(i % 2 + "/s" + i + "/a.wav", 0);
        }

        try (S3Client client = SERVER.listingBy(10)) {
            List<Recording> listed =
                    S3RecordingSource.of(S3Connection.of(client, bucket), "", KEYS).load().recordings();
            assertThat(listed).hasSize(25).containsExactlyElementsOf(source("").load().recordings());
        }
    }

    @Test
    void allFaultsAreToldAtOnce() {
        put("data/patient/ana/1.wav", 10);
        put("data/sick/ana/2.wav", 10);
        put("data/notes.txt", 10);

        assertThatThrownBy(() -> source("data").load())
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessage("s3://" + bucket + "/data/: 'notes.txt' does not match " + KEYS
                        + "; correct the pattern, or ignore such keys"
                        + "; the class of 'sick/ana/2.wav' is 'sick'; it must be 0 or control, 1 or patient");
        for (int i = 0; i < 30; i++) {
            put("data/x" + i, 0);
        }
        assertThatThrownBy(() -> source("data").load()).hasMessageEndingWith("; and 12 more");
    }

    @Test
    void anEmptyOrMissingPlaceIsTold() {
        assertThatThrownBy(() -> source("nothing").load())
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessage("s3://" + bucket + "/nothing/: no recordings");
        bucket = "no-such-bucket";
        assertThatThrownBy(() -> source("data").load())
                .isInstanceOf(InvalidDatasetException.class)
                .hasMessage("s3://no-such-bucket/data/: it could not be listed in bucket no-such-bucket at "
                        + SERVER.endpoint() + ": there is no such bucket; create it, or correct its name");
    }

    @Test
    void aPatternWithoutSubjectOrLabelIsRefused() {
        S3Connection connection = S3Connection.of(SERVER.administrator(), bucket);
        assertThatThrownBy(() -> S3RecordingSource.of(connection, "", Pattern.compile("(?<label>.)/.*")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("keys must have a group (?<subject>...), but was (?<label>.)/.*; add that group");
    }

    @Test
    void anObjectThatIsGoneOrReplacedIsTold() throws IOException {
        put("data/0/a/1.wav", 10);
        put("data/1/b/2.wav", 10);
        List<Recording> recordings = source("data").load().recordings();
        put("data/0/a/1.wav", 11);
        SERVER.administrator().deleteObject(request -> request.bucket(bucket).key("data/1/b/2.wav"));

        assertThatThrownBy(() -> recordings.get(0).audio().open())
                .isInstanceOf(IOException.class)
                .hasMessage("s3://" + bucket
                        + "/data/0/a/1.wav was replaced since it was listed; list the bucket again");
        assertThatThrownBy(() -> recordings.get(1).audio().open())
                .isInstanceOf(IOException.class)
                .hasMessage("there is no object s3://" + bucket
                        + "/data/1/b/2.wav; correct its key, or list the bucket again");
        AudioSource named = S3AudioSource.of(S3Connection.of(SERVER.administrator(), bucket), "data/0/a/1.wav");
        assertThat(named.version()).isPresent().isNotEqualTo(recordings.get(0).audio().version());
        try (InputStream stream = named.open()) {
            assertThat(stream.readAllBytes()).isEqualTo(bytes(11));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = {"STATUS_503", "LOST_ANSWER", "HALF_ANSWER", "STALL"})
    void aBrokenConnectionIsResumedWhereItBroke(Fault fault) throws Exception {
        put("long.wav", 300_000);
        try (FaultyNetwork network = new FaultyNetwork(SERVER.endpoint(), List.of(fault), 0.5, 4);
                S3Connection connection = network.connection(bucket, 8)) {
            for (int i = 0; i < 8; i++) {
                try (InputStream stream = S3AudioSource.of(connection, "long.wav").open()) {
                    assertThat(stream.readAllBytes()).isEqualTo(bytes(300_000));
                }
            }
            assertThat(network.seen()).anyMatch(FaultyNetwork.Seen::harmed);
        }
    }

    @Test
    void whatNeverComesWholeIsAnErrorAndNotAShortRecording() throws Exception {
        put("long.wav", 300_000);
        try (FaultyNetwork network = new FaultyNetwork(SERVER.endpoint(), List.of(Fault.HALF_ANSWER), 1, 4);
                S3Connection connection = network.connection(bucket, 8);
                InputStream stream = S3AudioSource.of(connection, "long.wav").open()) {
            assertThatThrownBy(stream::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching("s3://" + bucket + "/long\\.wav could not be read beyond byte [0-9]+ of 300000: .*"
                            + "; check the endpoint and the network");
        }
    }

    @Test
    void aStreamMayBeLeftHalfRead() throws IOException {
        put("long.wav", 300_000);
        S3Connection connection = S3Connection.of(SERVER.administrator(), bucket);
        try (InputStream stream = S3AudioSource.of(connection, "long.wav").open()) {
            assertThat(stream.read()).isEqualTo(bytes(1)[0] & 0xff);
            assertThat(stream.readNBytes(999)).hasSize(999);
        }
    }

    private S3RecordingSource source(String prefix) {
        return S3RecordingSource.of(S3Connection.of(SERVER.administrator(), bucket), prefix, KEYS);
    }

    private void put(String key, int size) {
        SERVER.administrator().putObject(
                request -> request.bucket(bucket).key(key), RequestBody.fromBytes(bytes(size)));
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        Random random = new Random(3);
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) random.nextInt();
        }
        return bytes;
    }
}
