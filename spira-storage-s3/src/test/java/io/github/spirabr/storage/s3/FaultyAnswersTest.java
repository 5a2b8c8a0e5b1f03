package io.github.spirabr.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.storage.s3.FaultyNetwork.Fault;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** Answers that a gateway made up or that were cut where HTTP does not notice: they are asked for again, and never believed. */
@Timeout(300)
class FaultyAnswersTest {

    private static final String NAME = "shared";
    private static final Clock IN_TWO_DAYS = Clock.offset(Clock.systemUTC(), Duration.ofDays(2));
    private static final Predicate<String> LISTINGS = request -> request.contains("list-type=2");
    private static final Predicate<String> MANIFESTS = request -> request.matches("GET .*/versions/[0-9]+\\.json");

    @RegisterExtension
    private static final LocalS3 SERVER = new LocalS3();

    private final String bucket = SERVER.newBucket();

    private S3ModelRepository direct() {
        return S3ModelRepository.of(S3Connection.of(SERVER.administrator(), bucket), "", IN_TWO_DAYS);
    }

    private static ModelArtifact artifact(int seed) {
        return ModelArtifact.of(Map.of("weights.f32", new byte[] {(byte) seed, 2, 3}, "empty.txt", new byte[0]));
    }

    private FaultyNetwork network(Fault fault, double rate, Predicate<String> harmful) throws IOException {
        return new FaultyNetwork(SERVER.endpoint(), List.of(fault), rate, 3, harmful);
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = {"EMPTY_ANSWER", "EMPTY_ANSWER_AFTERWARDS", "HALF_HEADER", "HALF_ANSWER"})
    void cleaningDeletesNothingWhenListingsAreCut(Fault fault) throws Exception {
        ModelVersion version = direct().save(NAME, artifact(1));
        Predicate<String> versions = LISTINGS.and(request -> request.contains("versions"));
        for (Predicate<String> harmful : List.of(LISTINGS, versions)) {
            try (FaultyNetwork network = network(fault, 1, harmful);
                    S3Connection connection = network.connection(bucket, 5)) {
                S3ModelRepository repository = S3ModelRepository.of(connection, "", IN_TWO_DAYS);

                assertThatThrownBy(() -> repository.clean(NAME, Duration.ofDays(1)))
                        .isInstanceOf(ModelRepositoryException.class)
                        .hasMessageMatching("(?s).*(answer was cut or altered|no connection|answered HTTP) .*at each of 5 attempts.*"
                                + "|.*at each of 5 attempts.*");
                assertThatThrownBy(() -> repository.versions(NAME)).isInstanceOf(ModelRepositoryException.class);
            }
        }
        assertThat(direct().load(version)).isEqualTo(artifact(1));
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = {"EMPTY_ANSWER", "EMPTY_ANSWER_AFTERWARDS", "HALF_HEADER", "HALF_ANSWER"})
    void aCutAnswerIsAskedForAgain(Fault fault) throws Exception {
        try (FaultyNetwork network = network(fault, 0.4, request -> true);
                S3Connection connection = network.connection(bucket, 20)) {
            S3ModelRepository repository = S3ModelRepository.of(connection, "", IN_TWO_DAYS);
            for (int seed = 1; seed <= 4; seed++) {
                ModelVersion version = repository.save(NAME, artifact(seed));
                assertThat(version.number()).isEqualTo(seed);
                repository.promote("champion", version, "ana");
                assertThat(repository.find(NAME, "champion")).contains(version);
                assertThat(repository.load(version)).isEqualTo(artifact(seed));
            }
            repository.delete(new ModelVersion(NAME, 1));
            assertThat(repository.clean(NAME, Duration.ofDays(1))).isEqualTo(1);
        }
        assertThat(direct().versions(NAME)).hasSize(3);
        assertThat(direct().history(NAME, "champion")).hasSize(4);
        assertThat(SERVER.keys(bucket)).filteredOn(key -> key.contains("/objects/")).hasSize(4);
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = {"EMPTY_ANSWER", "HALF_HEADER"})
    void whatIsCutEachTimeIsNotCalledDamaged(Fault fault) throws Exception {
        ModelVersion version = direct().save(NAME, artifact(1));
        direct().promote("champion", version, "ana");
        try (FaultyNetwork network = network(fault, 1, request -> request.startsWith("GET"));
                S3Connection connection = network.connection(bucket, 5)) {
            S3ModelRepository repository = S3ModelRepository.of(connection, "");

            for (ThrowingUse use : List.<ThrowingUse>of(
                    () -> repository.load(version),
                    () -> repository.find(NAME, "champion"),
                    () -> repository.promote("champion", version, "bia"))) {
                assertThatThrownBy(use::run)
                        .isInstanceOf(ModelRepositoryException.class)
                        .hasMessageNotContaining("damaged")
                        .hasMessageNotContaining("restore")
                        .hasMessageContaining("check the");
            }
        }
    }

    private interface ThrowingUse {
        void run();
    }

    @Test
    void aWriteThatAGatewayAnsweredIsNoSuccess() throws Exception {
        try (FaultyNetwork network = network(Fault.EMPTY_ANSWER, 1, request -> request.startsWith("PUT"));
                S3Connection connection = network.connection(bucket, 4)) {
            assertThatThrownBy(() -> S3ModelRepository.of(connection, "").save(NAME, artifact(1)))
                    .isInstanceOf(ModelRepositoryException.class)
                    .hasMessageEndingWith("the server's answer was cut or altered at each of 4 attempts (it has no ETag)"
                            + "; check the network, and use https");
        }
        assertThat(direct().versions(NAME)).isEmpty();
    }

    @Test
    void aDeletionThatAGatewayAnsweredIsNoSuccess() throws Exception {
        direct().save(NAME, artifact(1));
        direct().delete(new ModelVersion(NAME, 1));
        try (FaultyNetwork network = network(Fault.EMPTY_ANSWER, 1, request -> request.startsWith("DELETE"));
                S3Connection connection = network.connection(bucket, 4)) {
            assertThatThrownBy(() ->
                    S3ModelRepository.of(connection, "", IN_TWO_DAYS).clean(NAME, Duration.ofDays(1)))
                    .isInstanceOf(ModelRepositoryException.class)
                    .hasMessageContaining("it says HTTP 200 to a deletion, but the object is there");
        }
        assertThat(direct().clean(NAME, Duration.ofDays(1))).isEqualTo(2);
    }

    @Test
    void aListingThatIsOlderThanTheCatalogStopsTheCleaning() throws Exception {
        ModelVersion first = direct().save(NAME, artifact(1));
        try (FaultyNetwork network = network(Fault.STALE_LIST, 0, request -> request.contains("versions"));
                S3Connection connection = network.connection(bucket, 4)) {
            S3ModelRepository repository = S3ModelRepository.of(connection, "", IN_TWO_DAYS);
            assertThat(repository.versions(NAME)).containsExactly(first);
            ModelVersion second = direct().save(NAME, artifact(2));
            network.rate(1);

            assertThatThrownBy(() -> repository.clean(NAME, Duration.ofDays(1)))
                    .isInstanceOf(ModelRepositoryException.class)
                    .hasMessage("nothing was cleaned, because " + second
                            + " is missing in the listing of the versions; try again later");

            assertThat(repository.save(NAME, artifact(3)).number()).isEqualTo(3);
            assertThat(direct().load(second)).isEqualTo(artifact(2));
        }
    }

    @Test
    void aVersionOfAnAliasWhoseManifestIsGoneStopsTheCleaningUntilItIsDeleted() {
        S3ModelRepository repository = direct();
        ModelVersion first = repository.save(NAME, artifact(1));
        repository.promote("champion", first, "ana");
        repository.promote("champion", repository.save(NAME, artifact(2)), "ana");
        repository.promote("champion", repository.save(NAME, artifact(3)), "ana");
        ModelVersion second = new ModelVersion(NAME, 2);
        String manifest = NAME + "/versions/000002.json";
        SERVER.administrator().deleteObject(request -> request.bucket(bucket).key(manifest));

        assertThatThrownBy(() -> repository.clean(NAME, Duration.ofDays(1)))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessage("nothing was cleaned, because " + second + " has an alias, a tag or a place in the listing, but no"
                        + " manifest at s3://" + bucket + "/" + manifest
                        + "; restore that object from a backup, or delete the version");
        assertThat(SERVER.keys(bucket)).filteredOn(key -> key.contains("/objects/")).hasSize(4);

        repository.promote("champion", repository.save(NAME, artifact(4)), "ana");
        repository.delete(second);
        assertThat(repository.clean(NAME, Duration.ofDays(1))).isEqualTo(1);
    }

    @Test
    void writesThatMeetAreMadeAgain() throws Exception {
        try (FaultyNetwork network = network(Fault.CONFLICT, 0.6, request -> true);
                S3Connection connection = network.connection(bucket, 2)) {
            S3ModelRepository repository = S3ModelRepository.of(connection, "");

            ModelVersion version = repository.save(NAME, artifact(1));
            repository.promote("champion", version, "ana");
            assertThat(S3Journal.of(connection, "journal").replace("state", Optional.empty(), new byte[] {1})).isPresent();

            assertThat(repository.find(NAME, "champion")).contains(version);
            assertThat(network.seen()).anyMatch(FaultyNetwork.Seen::harmed);
        }
        assertThat(direct().versions(NAME)).containsExactly(new ModelVersion(NAME, 1));
    }

    @Test
    void anObjectThatWasRestoredWithoutItsSha256IsFetchedSeveralTimesAndThenRead() throws Exception {
        ModelVersion version = direct().save(NAME, artifact(1));
        String key = NAME + "/versions/000001.json";
        byte[] content = SERVER.administrator().getObjectAsBytes(request -> request.bucket(bucket).key(key)).asByteArray();
        SERVER.administrator().putObject(request -> request.bucket(bucket).key(key),
                RequestBody.fromBytes(content));

        try (FaultyNetwork network = network(Fault.STALL, 0, request -> true);
                S3Connection connection = network.connection(bucket, 2)) {
            assertThat(S3ModelRepository.of(connection, "").load(version)).isEqualTo(artifact(1));

            assertThat(network.seen()).filteredOn(seen -> MANIFESTS.test(seen.method() + " " + seen.path()))
                    .hasSize(RetryPolicy.FETCHES);
        }
    }
}
