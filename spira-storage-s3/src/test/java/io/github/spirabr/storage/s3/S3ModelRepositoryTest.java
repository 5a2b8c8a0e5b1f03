package io.github.spirabr.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelRepository.AliasChange;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.testkit.ModelRepositoryContract;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3Client;

@Tag("slow")
class S3ModelRepositoryTest extends ModelRepositoryContract {

    private static final String SHA256_OF_B = "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d";

    @RegisterExtension
    private static final LocalS3 SERVER = new LocalS3();

    private final Queue<S3ModelRepository> opened = new ConcurrentLinkedQueue<>();
    private final String bucket = SERVER.newBucket();

    @AfterEach
    void close() {
        opened.forEach(S3ModelRepository::close);
    }

    @Override
    protected ModelRepository open(Clock clock) {
        return open(bucket, clock);
    }

    @Override
    protected void removeByHand(ModelVersion version) {
        String key = open().location(version).substring(("s3://" + bucket + "/").length());
        SERVER.administrator().deleteObject(request -> request.bucket(bucket).key(key));
    }

    private S3ModelRepository open(String bucketName, Clock clock) {
        S3ModelRepository repository = S3ModelRepository.builder()
                .bucket(bucketName)
                .prefix("team/models/")
                .endpoint(SERVER.endpoint())
                .region("sa-east-1")
                .pathStyle(true)
                .clock(clock)
                .build();
        opened.add(repository);
        return repository;
    }

    @Test
    void theLayoutIsKept() {
        ModelVersion version = open().save(NAME, ModelArtifact.of(Map.of(
                "b.txt", "b".getBytes(UTF_8), "same.txt", "b".getBytes(UTF_8))));

        String manifest = "team/models/" + NAME + "/versions/000001.json";
        assertThat(SERVER.keys(bucket)).containsExactly(
                "team/models/.conditional-write-check", "team/models/" + NAME + "/catalog.json",
                "team/models/" + NAME + "/objects/" + SHA256_OF_B, manifest);
        assertThat(open().location(version)).isEqualTo("s3://" + bucket + "/" + manifest);
        assertThat(get(manifest)).asString(UTF_8).startsWith("""
                {
                  "formatVersion" : 2,
                  "files" : {
                    "b.txt" : {
                      "size" : 1,
                      "sha256" : "%1$s"
                    },
                    "same.txt" : {
                      "size" : 1,
                      "sha256" : "%1$s"
                    }
                  },
                  "model" : "%2$s",
                  "version" : 1,
                """.formatted(SHA256_OF_B, NAME));
    }

    @Test
    void versionsShareEqualFiles() {
        open().save(NAME, artifact(1));
        open().save(NAME, artifact(1));

        assertThat(SERVER.keys(bucket)).filteredOn(key -> key.contains("/objects/")).hasSize(3);
        assertThat(SERVER.keys(bucket)).filteredOn(key -> key.contains("/versions/")).hasSize(2);
    }

    @Test
    void anAlteredObjectIsRefused() {
        ModelVersion version = open().save(NAME, ModelArtifact.of(Map.of("b.txt", "b".getBytes(UTF_8))));
        String key = "team/models/" + NAME + "/objects/" + SHA256_OF_B;
        put(key, "c");

        assertThatThrownBy(() -> open().load(version))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessage(version + " is damaged at s3://" + bucket + "/" + key + ": b.txt has the SHA-256"
                        + " 2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6, but its manifest says "
                        + SHA256_OF_B + "; restore that object from a backup, or load another version");
    }

    @Test
    void aCutObjectIsRefused() {
        ModelVersion version = open().save(NAME, ModelArtifact.of(Map.of("b.txt", "b".getBytes(UTF_8))));
        put("team/models/" + NAME + "/objects/" + SHA256_OF_B, "");

        assertThatThrownBy(() -> open().load(version)).hasMessageContaining(
                ": b.txt has 0 bytes, but its manifest says 1; restore");
    }

    @Test
    void aMissingObjectIsRefused() {
        ModelVersion version = open().save(NAME, ModelArtifact.of(Map.of("b.txt", "b".getBytes(UTF_8))));
        String key = "team/models/" + NAME + "/objects/" + SHA256_OF_B;
        SERVER.administrator().deleteObject(request -> request.bucket(bucket).key(key));

        assertThatThrownBy(() -> open().load(version))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessageContaining(key + ": b.txt is missing; restore");
    }

    @Test
    void savingAgainHealsADamagedObject() {
        ModelArtifact artifact = ModelArtifact.of(Map.of("b.txt", "b".getBytes(UTF_8)));
        ModelVersion version = open().save(NAME, artifact);
        put("team/models/" + NAME + "/objects/" + SHA256_OF_B, "c");

        open().save(NAME, artifact);

        assertThat(open().load(version)).isEqualTo(artifact);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "not JSON", "{\"formatVersion\":3}", "{\"formatVersion\":1,\"files\":{\"a\":{\"size\":1}}}",
        "{\"formatVersion\":1,\"files\":{\"a/b\":{\"size\":1,\"sha256\":"
                + "\"3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d\"}}}",
    })
    void aDamagedManifestIsRefused(String text) {
        ModelVersion version = open().save(NAME, artifact(1));
        String key = "team/models/" + NAME + "/versions/000001.json";
        put(key, text);

        assertThatThrownBy(() -> open().load(version))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessageStartingWith("the manifest of " + version + " at s3://" + bucket + "/" + key);
    }

    @Test
    void strayObjectsAreNoVersions() {
        ModelVersion version = open().save(NAME, artifact(1));
        for (String stray : List.of("2.json", "000003.json.bak", "000000.json", "000002/x.json", "000004.txt")) {
            put("team/models/" + NAME + "/versions/" + stray, "{}");
        }

        assertThat(open().versions(NAME)).containsExactly(version);
        assertThat(open().save(NAME, artifact(2)).number()).isEqualTo(2);
    }

    @Test
    void anAnswerLostOnTheWayDoesNotSaveTwice() {
        LostAnswerHttpClient connection = new LostAnswerHttpClient(UrlConnectionHttpClient.create());
        try (S3Client client = SERVER.client(LocalS3.SECRET_KEY).httpClient(connection).build()) {
            S3ModelRepository repository = S3ModelRepository.of(client, bucket, "");

            assertThat(repository.save(NAME, artifact(1))).isEqualTo(new ModelVersion(NAME, 1));

            assertThat(connection.manifestsSent()).isEqualTo(2);
            assertThat(repository.versions(NAME)).hasSize(1);
            assertThat(repository.load(new ModelVersion(NAME, 1))).isEqualTo(artifact(1));
        }
    }

    @Test
    void aServerThatIgnoresConditionalWritesIsRefused() {
        try (S3Client client = SERVER.puttingBy(put -> put.ifNoneMatch(null))) {
            S3ModelRepository repository = S3ModelRepository.of(client, bucket, "");

            assertThatThrownBy(() -> repository.save(NAME, artifact(1)))
                    .isInstanceOf(ModelRepositoryException.class)
                    .hasMessageStartingWith("the server of bucket " + bucket + " at " + SERVER.endpoint()
                            + " ignores conditional writes (If-None-Match)");
            assertThat(repository.versions(NAME)).isEmpty();
        }
    }

    @Test
    void aServerThatIgnoresConditionalReplacementsIsRefused() {
        ModelVersion version = open().save(NAME, artifact(1));
        try (S3Client client = SERVER.puttingBy(put -> put.ifMatch(null))) {
            S3ModelRepository repository = S3ModelRepository.of(client, bucket, "team/models");

            assertThatThrownBy(() -> repository.promote("champion", version, "ana"))
                    .isInstanceOf(ModelRepositoryException.class)
                    .hasMessageStartingWith("the server of bucket " + bucket + " at " + SERVER.endpoint()
                            + " ignores conditional writes (If-Match)");
            assertThat(repository.aliases(NAME)).isEmpty();
        }
    }

    @Test
    void theCatalogIsKept() {
        ModelRepository repository = open(Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC));
        ModelVersion version = repository.save(NAME, artifact(1));
        repository.delete(repository.save(NAME, artifact(2)));
        AliasChange move = repository.promote("champion", version, "ana");

        assertThat(get("team/models/" + NAME + "/catalog.json")).asString(UTF_8).startsWith("""
                {"formatVersion":2,"aliases":{"champion":[{"id":"%s","at":"2026-03-01T10:00:00Z","by":"ana",\
                "to":1,"rollBack":false,"digest":"%s"}]},"tags":{},"deleted":[2],"highest":2,"model":"%s",\
                "sha256":\"""".formatted(move.id(), repository.show(version).digest(), NAME));
        assertThat(get("team/models/" + NAME + "/versions/000002.json")).asString(UTF_8)
                .isEqualTo("{\"formatVersion\":1,\"deleted\":true}\n");
    }

    @Test
    void aDamagedCatalogIsRefusedAndNotReplaced() {
        ModelVersion version = open().save(NAME, artifact(1));
        String key = "team/models/" + NAME + "/catalog.json";
        put(key, "{}");

        assertThatThrownBy(() -> open().promote("champion", version, "ana"))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessage("the catalog of model " + NAME + " at s3://" + bucket + "/" + key
                        + " is damaged: it has no format; restore it from a backup, or run spira models verify --mend to make a"
                        + " new one from the versions");
        assertThat(get(key)).asString(UTF_8).isEqualTo("{}");
    }

    @Test
    void aCatalogThatIsMissingBesideVersionsIsTold() {
        ModelVersion version = open().save(NAME, artifact(1));
        SERVER.administrator().deleteObject(request -> request.bucket(bucket).key("team/models/" + NAME + "/catalog.json"));

        assertThatThrownBy(() -> open().find(NAME, "champion"))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessageStartingWith("the catalog of model " + NAME + " is missing, but 1 versions are there, such as s3://");
        assertThatThrownBy(() -> open().promote("champion", version, "ana"))
                .hasMessageStartingWith("the catalog of model " + NAME + " is missing");
        assertThat(open().load(version)).isEqualTo(artifact(1));
    }

    @Test
    void aLostCatalogIsMendedFromTheVersions() {
        open().save(NAME, artifact(1));
        open().delete(open().save(NAME, artifact(2)));
        open().save(NAME, artifact(3));
        String catalog = "team/models/" + NAME + "/catalog.json";
        put(catalog, "damaged");

        assertThat(open().verify(NAME).faults()).singleElement().satisfies(fault -> assertThat(fault.mendable()).isTrue());
        assertThat(open().mend(NAME).isSound()).isTrue();
        assertThat(open().versions(NAME)).extracting(ModelVersion::number).containsExactly(1, 3);
        assertThat(get(catalog + ".damaged")).asString(UTF_8).isEqualTo("damaged");

        SERVER.administrator().deleteObject(request -> request.bucket(bucket).key(catalog));
        assertThat(open().mend(NAME).isSound()).isTrue();
        assertThat(open().save(NAME, artifact(4)).number()).isEqualTo(4);
    }

    @Test
    void manifestsThatWereSwappedAreRefused() {
        ModelVersion first = open().save(NAME, artifact(1));
        ModelVersion second = open().save(NAME, artifact(2));
        String versions = "team/models/" + NAME + "/versions/";
        String manifest = new String(get(versions + "000001.json"), UTF_8);
        put(versions + "000001.json", new String(get(versions + "000002.json"), UTF_8));
        put(versions + "000002.json", manifest);

        assertThatThrownBy(() -> open().load(first)).hasMessageContaining("it is the manifest of " + second);
        assertThatThrownBy(() -> open().load(second)).hasMessageContaining("it is the manifest of " + first);
    }

    @Test
    void cleaningRemovesOldObjectsThatNoVersionNames() {
        ModelRepository repository = open();
        repository.save(NAME, ModelArtifact.of(Map.of("a", new byte[] {1}, "shared", new byte[] {2})));
        repository.save(NAME, ModelArtifact.of(Map.of("b", new byte[] {3}, "shared", new byte[] {2})));
        put("team/models/" + NAME + "/objects/" + SHA256_OF_B, "b");
        repository.delete(new ModelVersion(NAME, 1));

        assertThat(repository.clean(NAME, Duration.ofDays(1))).isZero();
        assertThat(objects()).hasSize(4);

        Clock inTwoDays = Clock.offset(Clock.systemUTC(), Duration.ofDays(2));
        assertThat(open(inTwoDays).clean(NAME, Duration.ofDays(1))).isEqualTo(2);
        assertThat(objects()).hasSize(2);
        assertThat(repository.load(new ModelVersion(NAME, 2)).fileNames()).containsExactly("b", "shared");
    }

    private List<String> objects() {
        return SERVER.keys(bucket).stream().filter(key -> key.contains("/objects/")).toList();
    }

    @Test
    void aWrongSecretIsRefusedAndNotRepeated() {
        try (S3Client client = SERVER.client("wrong-secret").build()) {
            S3ModelRepository repository = S3ModelRepository.of(client, bucket, "");

            assertThatThrownBy(() -> repository.save(NAME, artifact(1)))
                    .isInstanceOf(ModelRepositoryException.class)
                    .hasMessage("model " + NAME + " could not be saved in bucket " + bucket + " at " + SERVER.endpoint()
                            + ": the server refuses the credentials (HTTP 403, SignatureDoesNotMatch); correct those"
                            + " that the AWS SDK finds, such as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
                            + " or a profile");
            assertThatThrownBy(() -> repository.versions(NAME)).hasMessageContaining("refuses the credentials");
            assertThatThrownBy(() -> repository.load(new ModelVersion(NAME, 1)))
                    .hasMessageContaining("refuses the credentials");
        }
    }

    @Test
    void missingCredentialsAreTold() {
        try (SystemProperties none = new SystemProperties(Map.of(
                "aws.accessKeyId", "", "aws.secretAccessKey", "", "aws.disableEc2Metadata", "true",
                "aws.sharedCredentialsFile", "/nonexistent/credentials", "aws.configFile", "/nonexistent/config"))) {
            assertThat(none).isNotNull();
            assertThatThrownBy(() -> open().versions(NAME))
                    .isInstanceOf(ModelRepositoryException.class)
                    .hasMessage("the versions of model " + NAME + " could not be listed in bucket " + bucket + " at "
                            + SERVER.endpoint() + ": no credentials were found; set AWS_ACCESS_KEY_ID and"
                            + " AWS_SECRET_ACCESS_KEY, or an AWS profile");
        }
    }

    @Test
    void aMissingBucketIsTold() {
        S3ModelRepository repository = open("no-such-bucket", Clock.systemUTC());
        String place = "in bucket no-such-bucket at " + SERVER.endpoint()
                + ": there is no such bucket; create it, or correct its name";

        assertThatThrownBy(() -> repository.save(NAME, artifact(1)))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessage("model " + NAME + " could not be saved " + place);
        assertThatThrownBy(() -> repository.load(new ModelVersion(NAME, 1)))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessage(NAME + " version 1 could not be read " + place);
        assertThatThrownBy(() -> repository.versions(NAME))
                .isInstanceOf(ModelRepositoryException.class)
                .hasMessage("the versions of model " + NAME + " could not be listed " + place);
    }

    @Test
    void aServerThatDoesNotAnswerIsTold() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        URI endpoint = URI.create("http://127.0.0.1:" + port);
        try (S3Connection connection = S3Connection.builder()
                .bucket(bucket).endpoint(endpoint).pathStyle(true).attempts(4)
                .pauses(Duration.ofMillis(1), Duration.ofMillis(2)).build()) {
            S3ModelRepository repository = S3ModelRepository.of(connection, "");
            assertThatThrownBy(() -> repository.versions(NAME))
                    .isInstanceOf(ModelRepositoryException.class)
                    .hasMessageStartingWith("the versions of model " + NAME + " could not be listed in bucket " + bucket
                            + " at " + endpoint + ": no connection at each of 4 attempts (ConnectException")
                    .hasMessageEndingWith("; check the endpoint and the network");
        }
    }

    @Test
    void anUnknownVersionIsToldWithTheNewest() {
        open().save(NAME, artifact(1));

        assertThatThrownBy(() -> open().load(new ModelVersion(NAME, 7))).hasMessage("there is no " + NAME
                + " version 7 in s3://" + bucket + "/team/models/; the newest is version 1");
        assertThatThrownBy(() -> open().load(new ModelVersion("none", 7))).hasMessageEndingWith(
                "; no version of this model was saved there");
    }

    @Test
    void anExistingClientStaysOpen() {
        S3ModelRepository.of(SERVER.administrator(), bucket, "models").close();

        assertThat(SERVER.administrator().listBuckets().buckets()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "s3://models", "models/x", "-models", "models bucket"})
    void namesThatAreNoBucketAreRefused(String name) {
        assertThatThrownBy(() -> S3ModelRepository.builder().bucket(name).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("but was '" + name + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a//b", "a b", "../a", "a/./b", "a/..", "ação"})
    void prefixesThatAreNoneAreRefused(String prefix) {
        assertThatThrownBy(() -> S3ModelRepository.builder().prefix(prefix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("but was '" + prefix + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "ftp://host", "host:9000", "http://user:hidden@host", "http://host/path", "http://host?secret=hidden"
    })
    void endpointsThatAreNoneAreRefusedWithoutBeingRepeated(String endpoint) {
        assertThatThrownBy(() -> S3ModelRepository.builder().endpoint(URI.create(endpoint)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("endpoint must be ")
                .hasMessageNotContaining("hidden");
    }

    private byte[] get(String key) {
        return SERVER.administrator().getObjectAsBytes(request -> request.bucket(bucket).key(key)).asByteArray();
    }

    private void put(String key, String text) {
        SERVER.administrator().putObject(
                request -> request.bucket(bucket).key(key), RequestBody.fromString(text));
    }
}
