package io.github.spirabr.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.core.journal.JournalException;
import io.github.spirabr.testkit.JournalContract;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

class S3JournalTest extends JournalContract {

    @RegisterExtension
    private static final LocalS3 SERVER = new LocalS3();

    private String bucket = SERVER.newBucket();

    @Override
    protected Journal open() {
        return open(SERVER.administrator());
    }

    private Journal open(S3Client client) {
        return S3Journal.of(S3Connection.of(client, bucket), "team/journal");
    }

    @Test
    void theLayoutIsKept() {
        open().replace("state", Optional.empty(), "format=1\n".getBytes(UTF_8));

        assertThat(SERVER.administrator().listObjectsV2(request -> request.bucket(bucket)).contents())
                .extracting(S3Object::key)
                .contains("team/journal/state.document");
        assertThat(open().location()).isEqualTo("s3://" + bucket + "/team/journal/");
    }

    @Test
    void aServerThatIgnoresConditionsIsRefused() {
        try (S3Client client = SERVER.puttingBy(put -> put.ifMatch(null))) {
            assertThatThrownBy(() -> open(client).replace("state", Optional.empty(), new byte[1]))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("ignores conditional writes (If-Match)");
        }
    }

    /** The write is made, but its answer is lost, so that the client makes it again and is refused. */
    @Test
    void aWriteWhoseAnswerWasLostIsDone() {
        Journal journal = open();
        String version = journal.replace("state", Optional.empty(), "one".getBytes(UTF_8)).orElseThrow().version();
        ExecutionInterceptor twice = new ExecutionInterceptor() {
            @Override
            public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
                if (context.request() instanceof PutObjectRequest put && put.key().endsWith("state.document")) {
                    SERVER.administrator().putObject(put, RequestBody.fromString("two"));
                }
            }
        };
        try (S3Client client = SERVER.client(LocalS3.SECRET_KEY)
                .overrideConfiguration(configuration -> configuration.addExecutionInterceptor(twice)).build()) {
            assertThat(open(client).replace("state", Optional.of(version), "two".getBytes(UTF_8))).isPresent();
        }
        assertThat(journal.read("state").orElseThrow().content()).isEqualTo("two".getBytes(UTF_8));
    }

    @Test
    void aMissingBucketIsTold() {
        bucket = "no-such-bucket";
        assertThatThrownBy(() -> open().read("state"))
                .isInstanceOf(JournalException.class)
                .hasMessage("document state of the journal could not be read in bucket no-such-bucket at "
                        + SERVER.endpoint() + ": there is no such bucket; create it, or correct its name");
        assertThatThrownBy(() -> open().replace("state", Optional.empty(), new byte[1]))
                .isInstanceOf(JournalException.class)
                .hasMessageEndingWith("there is no such bucket; create it, or correct its name");
    }
}
