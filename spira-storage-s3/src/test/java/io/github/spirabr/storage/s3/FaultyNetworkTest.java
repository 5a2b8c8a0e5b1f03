package io.github.spirabr.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepository.AliasChange;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.storage.s3.FaultyNetwork.Fault;
import io.github.spirabr.storage.s3.FaultyNetwork.Seen;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The registry behind a network that harms a part of the requests. {@code -Dspira.faults=} says how
 * many saves and promotions each rate sees (6).
 */
@Timeout(1800)
@Tag("slow")
class FaultyNetworkTest {

    private static final String NAME = "shared";
    private static final int ROUNDS = Integer.getInteger("spira.faults", 6);

    @RegisterExtension
    private static final LocalS3 SERVER = new LocalS3();

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.5, 0.9, 1})
    void nothingIsLostAndNothingIsHalf(double rate) throws Exception {
        // Where nothing comes through, a second round tells what the first one told.
        int rounds = rate == 1 ? Math.min(2, ROUNDS) : ROUNDS;
        String bucket = SERVER.newBucket();
        Map<ModelVersion, ModelArtifact> saved = new HashMap<>();
        List<AliasChange> promoted = new ArrayList<>();
        List<ModelRepositoryException> failures = new ArrayList<>();
        try (FaultyNetwork network = new FaultyNetwork(
                        SERVER.endpoint(), List.of(Fault.values()), rate, Long.getLong("spira.seed", 7));
                S3Connection connection = network.connection(bucket, 8)) {
            S3ModelRepository repository = S3ModelRepository.of(connection, "models");
            for (int round = 1; round <= rounds; round++) {
                ModelArtifact artifact = artifact(round);
                try {
                    ModelVersion version = repository.save(NAME, artifact);
                    saved.put(version, artifact);
                    promoted.add(repository.promote("champion", version, "round " + round));
                    assertThat(repository.load(version)).isEqualTo(artifact);
                } catch (ModelRepositoryException e) {
                    failures.add(e);
                }
            }
        }

        S3ModelRepository sound = S3ModelRepository.of(SERVER.administrator(), bucket, "models");
        List<ModelVersion> versions = sound.versions(NAME);
        assertThat(versions).extracting(ModelVersion::number)
                .isEqualTo(IntStream.rangeClosed(1, versions.size()).boxed().toList());
        assertThat(versions).containsAll(saved.keySet());
        List<ModelArtifact> all = IntStream.rangeClosed(1, rounds).mapToObj(FaultyNetworkTest::artifact).toList();
        for (ModelVersion version : versions) {
            ModelArtifact found = sound.load(version);
            assertThat(all).contains(found);
            assertThat(found).isEqualTo(saved.getOrDefault(version, found));
        }
        assertThat(sound.history(NAME, "champion")).containsSubsequence(promoted);
        assertThat(failures).allSatisfy(FaultyNetworkTest::assertSaysWhatToDo);
        if (rate <= 0.1) {
            assertThat(failures).isEmpty();
            assertThat(versions).hasSize(rounds);
            assertThat(sound.history(NAME, "champion")).isEqualTo(promoted).hasSize(rounds);
        }
        if (rate == 1) {
            assertThat(failures).hasSize(rounds);
        }
    }

    private static void assertSaysWhatToDo(ModelRepositoryException failure) {
        assertThat(failure.getMessage())
                .matches("(?s).*(try again later|check the endpoint and the network.*|check the network, and use https)")
                .doesNotContain("damaged");
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "STALE_LIST")
    void oneFaultOfEachKindIsOvercome(Fault fault) throws Exception {
        String bucket = SERVER.newBucket();
        try (FaultyNetwork network = new FaultyNetwork(SERVER.endpoint(), List.of(fault), 0.25, 11);
                S3Connection connection = network.connection(bucket, 12)) {
            S3ModelRepository repository = S3ModelRepository.of(connection, "");

            ModelVersion version = repository.save(NAME, artifact(1));
            AliasChange change = repository.promote("champion", version, "ana");

            assertThat(version.number()).isEqualTo(1);
            assertThat(repository.load(version)).isEqualTo(artifact(1));
            assertThat(repository.history(NAME, "champion")).containsExactly(change);
            assertThat(network.seen()).anyMatch(Seen::harmed);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"STATUS_500", "STATUS_503", "STATUS_429", "LOST_REQUEST", "ALTERED_REQUEST"})
    void onlyWhatFailedIsSentAgain(Fault fault) throws Exception {
        String bucket = SERVER.newBucket();
        try (FaultyNetwork network = new FaultyNetwork(SERVER.endpoint(), List.of(fault), 0.4, 3);
                S3Connection connection = network.connection(bucket, 20)) {
            S3ModelRepository.of(connection, "").save(NAME, artifact(1));

            Map<String, Long> unharmed = network.seen().stream()
                    .filter(request -> request.method().equals("PUT") && !request.harmed())
                    .filter(request -> request.path().contains("/" + NAME + "/"))
                    .collect(Collectors.groupingBy(Seen::path, Collectors.counting()));
            assertThat(unharmed).hasSize(artifact(1).fileNames().size() + 2);
            // The catalog is stored before the first version, and again with its number.
            unharmed.forEach((path, times) -> assertThat(times).as(path).isEqualTo(path.endsWith("/catalog.json") ? 2L : 1L));
            assertThat(network.seen()).anyMatch(Seen::harmed);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "STATUS_500 | the server answered HTTP 500, InternalError at each of 3 attempts; it is down or overloaded:"
                + " see its log, and try again later",
        "STATUS_503 | the server answered HTTP 503, SlowDown at each of 3 attempts; it is down or overloaded:"
                + " see its log, and try again later",
        "STATUS_429 | the server answered HTTP 429, TooManyRequests at each of 3 attempts; it is down or overloaded:"
                + " see its log, and try again later",
        "LOST_ANSWER | no connection at each of 3 attempts (",
        "STALL | no connection at each of 3 attempts (SocketTimeoutException: Read timed out)"
                + "; check the endpoint and the network",
        "ALTERED_REQUEST | what was sent arrived altered at each of 3 attempts (HTTP 400, XAmzContentSHA256Mismatch)"
                + "; check the network, and use https",
    })
    void whenAllAttemptsAreUsedUpTheErrorSaysWhatToDo(Fault fault, String reason) throws Exception {
        String bucket = SERVER.newBucket();
        try (FaultyNetwork network = new FaultyNetwork(SERVER.endpoint(), List.of(fault), 1, 5);
                S3Connection connection = network.connection(bucket, 3)) {
            S3ModelRepository repository = S3ModelRepository.of(connection, "");

            assertThatThrownBy(() -> repository.save(NAME, artifact(1)))
                    .isInstanceOf(ModelRepositoryException.class)
                    .hasMessageStartingWith("model " + NAME + " could not be saved in bucket " + bucket + " at "
                            + network.endpoint() + ": " + reason);
        }
        assertThat(S3ModelRepository.of(SERVER.administrator(), bucket, "").versions(NAME)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = {"ALTERED_ANSWER", "HALF_ANSWER"})
    void whatNeverArrivesWholeIsNeverLoaded(Fault fault) throws Exception {
        String bucket = SERVER.newBucket();
        ModelVersion version = S3ModelRepository.of(SERVER.administrator(), bucket, "").save(NAME, artifact(1));
        try (FaultyNetwork network = new FaultyNetwork(SERVER.endpoint(), List.of(fault), 1, 5);
                S3Connection connection = network.connection(bucket, 3)) {
            assertThatThrownBy(() -> S3ModelRepository.of(connection, "").load(version))
                    .isInstanceOfSatisfying(ModelRepositoryException.class, FaultyNetworkTest::assertSaysWhatToDo);
        }
    }

    private static ModelArtifact artifact(int seed) {
        Random random = new Random(seed);
        Map<String, byte[]> files = new HashMap<>();
        for (String name : List.of("weights.f32", "model.properties")) {
            byte[] content = new byte[20_000];
            random.nextBytes(content);
            files.put(name, content);
        }
        return ModelArtifact.of(files);
    }
}
