package io.github.spirabr.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.dataset.PreparedDataset;
import io.github.spirabr.core.dataset.PreparedDatasetException;
import io.github.spirabr.core.dataset.PreparedRecording;
import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.core.journal.JournalException;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepository.AliasChange;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.storage.s3.FaultyNetwork.Fault;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Random work on all that is stored in a bucket, behind a network that harms a part of the requests in every way that
 * {@link Fault} knows. A model of what was done tells what must be there.
 */
final class FaultCampaign {

    private static final String NAME = "shared";
    private static final String FINGERPRINT = "5".repeat(64);
    private static final Clock IN_TWO_DAYS = Clock.offset(Clock.systemUTC(), Duration.ofDays(2));

    private final LocalS3 server;
    private final String bucket;
    private final Random random;
    private final Map<ModelVersion, ModelArtifact> saved = new TreeMap<>((one, other) -> one.number() - other.number());
    private final List<ModelArtifact> sent = new ArrayList<>();
    private final Set<ModelVersion> gone = new HashSet<>();
    private final List<AliasChange> promoted = new ArrayList<>();
    private final Map<String, Integer> datasets = new HashMap<>();
    private final Set<String> removed = new HashSet<>();
    private final Set<String> written = new HashSet<>();
    private final List<RuntimeException> failures = new ArrayList<>();
    private boolean anyDocument;
    private int operations;

    private FaultCampaign(LocalS3 server, long seed) {
        this.server = server;
        this.bucket = server.newBucket();
        this.random = new Random(seed);
    }

    /**
     * Works until so many requests were made, and checks what is there then.
     *
     * @param rate of the requests that are harmed, 0 to 1
     * @return the failures that were told
     */
    static List<RuntimeException> run(LocalS3 server, int requests, double rate, long seed) throws IOException {
        FaultCampaign campaign = new FaultCampaign(server, seed);
        try (FaultyNetwork network = new FaultyNetwork(server.endpoint(), List.of(Fault.values()), rate, seed);
                S3Connection connection = network.connection(campaign.bucket, 8)) {
            while (network.seen().size() < requests) {
                campaign.step(connection);
            }
            assertThat(network.seen()).anyMatch(FaultyNetwork.Seen::harmed);
        }
        campaign.check();
        return campaign.failures;
    }

    private void step(S3Connection connection) {
        S3ModelRepository models = S3ModelRepository.of(connection, "models", IN_TWO_DAYS);
        S3PreparedDatasets features = S3PreparedDatasets.of(connection, "features", IN_TWO_DAYS);
        operations++;
        try {
            switch (random.nextInt(10)) {
                case 0, 1 -> save(models);
                case 2, 3 -> load(models);
                case 4 -> promote(models);
                case 5 -> delete(models);
                case 6 -> models.clean(NAME, Duration.ofDays(1));
                case 7 -> journal(S3Journal.of(connection, "journal"));
                case 8 -> dataset(features);
                default -> features.clean(Duration.ofDays(1));
            }
        } catch (ModelRepositoryException | JournalException | PreparedDatasetException e) {
            assertThat(e.getMessage()).doesNotContain("damaged", "restore", "there is no", "was deleted", "gap");
            failures.add(e);
        }
    }

    private void save(S3ModelRepository models) {
        ModelArtifact artifact = ModelArtifact.of(Map.of(
                "weights.f32", ("weights " + operations).repeat(100).getBytes(UTF_8), "shared.txt", "same".getBytes(UTF_8)));
        sent.add(artifact);
        ModelVersion version = models.save(NAME, artifact);
        assertThat(saved).doesNotContainKey(version);
        assertThat(gone).doesNotContain(version);
        saved.put(version, artifact);
    }

    private Optional<ModelVersion> anyVersion() {
        List<ModelVersion> versions = List.copyOf(saved.keySet());
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.get(random.nextInt(versions.size())));
    }

    private void load(S3ModelRepository models) {
        anyVersion().ifPresent(version -> assertThat(models.load(version)).isEqualTo(saved.get(version)));
    }

    private void promote(S3ModelRepository models) {
        anyVersion().ifPresent(version -> {
            AliasChange change = models.promote("champion", version, "operation " + operations);
            assertThat(change.to()).isEqualTo(version.number());
            if (change.by().equals("operation " + operations)) {
                promoted.add(change);
            }
            assertThat(models.find(NAME, "champion")).contains(version);
        });
    }

    /** Deletes a version; one whose deletion failed may be gone or not. Versions of aliases are not deleted. */
    private void delete(S3ModelRepository models) {
        anyVersion().filter(version -> saved.size() > 3).ifPresent(version -> {
            ModelArtifact artifact = saved.remove(version);
            gone.add(version);
            try {
                models.delete(version);
            } catch (ModelRepositoryException e) {
                if (e.getMessage().contains("could not be deleted")) {
                    gone.remove(version);
                    saved.put(version, artifact);
                    return;
                }
                throw e;
            }
        });
    }

    private void journal(S3Journal journal) {
        Optional<Journal.Document> current = journal.read("state");
        requireWritten(current);
        // A write that was not told to be done was made or not; from now on that is known.
        written.clear();
        current.ifPresent(found -> written.add(new String(found.content(), UTF_8)));
        String next = "document " + operations;
        written.add(next);
        assertThat(journal.replace("state", current.map(Journal.Document::version), next.getBytes(UTF_8))).isPresent();
        written.clear();
        written.add(next);
        anyDocument = true;
    }

    private void requireWritten(Optional<Journal.Document> current) {
        current.ifPresent(found -> assertThat(written).contains(new String(found.content(), UTF_8)));
        assertThat(current.isPresent() || !anyDocument).isTrue();
    }

    private void dataset(S3PreparedDatasets features) {
        String name = "set-" + operations;
        features.save(name, FINGERPRINT, IntStream.range(0, 3).mapToObj(i -> recording(operations, i)).iterator());
        datasets.put(name, operations);
        try (PreparedDataset dataset = features.open(name)) {
            assertThat(dataset.read(random.nextInt(3))).isIn(recordings(operations));
        }
        if (datasets.size() > 3) {
            String old = datasets.keySet().iterator().next();
            datasets.remove(old);
            features.delete(old);
            removed.add(old);
        }
    }

    private static List<PreparedRecording> recordings(int seed) {
        return IntStream.range(0, 3).mapToObj(i -> recording(seed, i)).toList();
    }

    private static PreparedRecording recording(int seed, int number) {
        return new PreparedRecording("r" + number, "s" + number, Label.CONTROL, Map.of(),
                List.of(FeatureMatrix.of(2, 2, new float[] {seed, number, 1, 2})));
    }

    /** Compares what is stored with what was done, through a network without harm. */
    private void check() {
        S3Connection sound = S3Connection.of(server.administrator(), bucket);
        S3ModelRepository models = S3ModelRepository.of(sound, "models", IN_TWO_DAYS);
        if (!sent.isEmpty()) {
            models.clean(NAME, Duration.ofDays(1));
        }
        List<ModelVersion> versions = models.versions(NAME);
        assertThat(versions).containsAll(saved.keySet());
        for (ModelVersion version : versions) {
            ModelArtifact found = models.load(version);
            assertThat(sent).contains(found);
            assertThat(found).isEqualTo(saved.getOrDefault(version, found));
        }
        assertThat(models.history(NAME, "champion")).containsSubsequence(promoted);

        S3PreparedDatasets features = S3PreparedDatasets.of(sound, "features", IN_TWO_DAYS);
        features.clean(Duration.ofDays(1));
        assertThat(features.names()).containsAll(datasets.keySet()).noneMatch(removed::contains);
        datasets.forEach((name, seed) -> {
            try (PreparedDataset dataset = features.open(name)) {
                assertThat(IntStream.range(0, 3).mapToObj(dataset::read)).isEqualTo(recordings(seed));
            }
        });

        requireWritten(S3Journal.of(sound, "journal").read("state"));
    }
}
