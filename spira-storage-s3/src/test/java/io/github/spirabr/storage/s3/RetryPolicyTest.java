package io.github.spirabr.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class RetryPolicyTest {

    private static final SdkException BROKEN = SdkClientException.create("no", new SocketException("reset"));

    /** Time passes by sleeping only, and chance gives the longest pause. */
    private static final class Sleeper implements Pacing {

        private final List<Long> pauses = new ArrayList<>();
        private long now = 17;

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public void sleep(Duration pause) throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            pauses.add(pause.toMillis());
            now += pause.toNanos();
        }

        @Override
        public double random() {
            return 1;
        }
    }

    private final Sleeper sleeper = new Sleeper();
    private final RetryPolicy policy =
            new RetryPolicy(6, Duration.ofMinutes(1), Duration.ofMillis(200), Duration.ofSeconds(2), sleeper);

    private static int failing(RetryPolicy policy, SdkException failure) {
        AtomicInteger made = new AtomicInteger();
        assertThatThrownBy(() -> policy.call(left -> {
            made.incrementAndGet();
            throw failure;
        })).isInstanceOf(SdkException.class);
        return made.get();
    }

    private static S3Exception answer(int status, String code) {
        return (S3Exception) S3Exception.builder().statusCode(status)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build()).build();
    }

    @Test
    void pausesDoubleUpToTheLongest() {
        assertThat(failing(policy, BROKEN)).isEqualTo(6);
        assertThat(sleeper.pauses).containsExactly(200L, 400L, 800L, 1600L, 2000L);
    }

    @Test
    void anOverloadedServerGetsMoreTime() {
        assertThat(failing(policy, answer(503, "SlowDown"))).isEqualTo(6);
        assertThat(sleeper.pauses).containsExactly(1000L, 2000L, 2000L, 2000L, 2000L);
    }

    @Test
    void theTimeLimitEndsTheAttempts() {
        RetryPolicy brief = new RetryPolicy(
                100, Duration.ofMillis(1500), Duration.ofMillis(200), Duration.ofSeconds(2), sleeper);

        assertThat(failing(brief, BROKEN)).isEqualTo(4);
        assertThat(sleeper.pauses).containsExactly(200L, 400L, 800L);
    }

    @Test
    void eachAttemptGetsTheTimeThatIsLeft() {
        List<Optional<Duration>> left = new ArrayList<>();

        assertThatThrownBy(() -> policy.call(time -> {
            left.add(time);
            throw BROKEN;
        })).isInstanceOf(SdkException.class);

        assertThat(left.subList(0, 3)).containsExactly(Optional.of(Duration.ofMillis(60_000)),
                Optional.of(Duration.ofMillis(59_800)), Optional.of(Duration.ofMillis(59_400)));
        assertThat(RetryPolicy.standard().begin().timeLeft()).isEmpty();
    }

    @Test
    void theFailureTellsTheAttempts() {
        assertThatThrownBy(() -> policy.call(left -> {
            throw BROKEN;
        })).isInstanceOfSatisfying(SdkException.class, failure -> {
            assertThat(failure.numAttempts()).isEqualTo(6);
            assertThat(failure).hasRootCauseMessage("reset");
        });
    }

    @Test
    void aRequestThatSucceedsLaterSucceeds() {
        AtomicInteger made = new AtomicInteger();

        int result = policy.call(left -> {
            if (made.incrementAndGet() < 3) {
                throw BROKEN;
            }
            return made.get();
        });

        assertThat(result).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"500, InternalError", "502, x", "503, SlowDown", "429, x", "400, RequestTimeout", "400, BadDigest",
        "200, InternalError", "404,", "20,", "403, RequestTimeTooSkewed"})
    void answersThatMayChangeAreAskedForAgain(int status, String code) {
        assertThat(RetryPolicy.mayPass(answer(status, code))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"400, InvalidArgument", "403, AccessDenied", "404, NoSuchBucket", "409, ConditionalRequestConflict",
        "412, PreconditionFailed", "416, InvalidRange", "501, NotImplemented"})
    void answersThatStayAreNotAskedForAgain(int status, String code) {
        assertThat(RetryPolicy.mayPass(answer(status, code))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Could not parse XML response.", "Unable to unmarshall response (For input string: \"1x\")."})
    void anAnswerThatCannotBeParsedIsAskedForAgain(String message) {
        assertThat(RetryPolicy.mayPass(SdkClientException.create(message))).isTrue();
        assertThat(RetryPolicy.mayPass(SdkClientException.builder().message(message).numAttempts(4).build())).isTrue();
    }

    @Test
    void anAnswerWithoutItsFieldsIsAskedForAgain() {
        assertThat(failing(policy, Bucket.unreadable("it has no ETag"))).isEqualTo(6);
    }

    @Test
    void otherFailuresAreNotRepeated() {
        assertThat(failing(policy, AbortedException.create("interrupted"))).isEqualTo(1);
        assertThat(failing(policy, ApiCallTimeoutException.create(100))).isEqualTo(1);
        assertThat(failing(policy, (SdkException) NoSuchKeyException.builder().statusCode(404).build())).isEqualTo(1);
        assertThat(failing(policy, SdkClientException.create("no region"))).isEqualTo(1);
        assertThat(failing(policy, SdkClientException.create(
                "Unable to load credentials from any of the providers", new IOException("no route")))).isEqualTo(1);
    }

    @Test
    void aFailureThatTheClientHasRepeatedItselfIsNotRepeated() {
        SdkException repeated = SdkClientException.builder()
                .message("no").cause(new SocketException("reset")).numAttempts(4).build();

        assertThat(failing(policy, repeated)).isEqualTo(1);
        assertThat(sleeper.pauses).isEmpty();
    }

    @Test
    void aWriteThatMeetsOthersIsMadeAgain() {
        AtomicInteger made = new AtomicInteger();

        assertThat(policy.settle(() -> made.incrementAndGet() < 12 ? Optional.empty() : Optional.of("done"))).isEqualTo("done");

        assertThat(sleeper.pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 512L);
    }

    @Test
    void aWriteThatMeetsOthersEachTimeIsToldAfterTwoHundredAttempts() {
        assertThatThrownBy(() -> policy.settle(Optional::empty))
                .isInstanceOf(SdkException.class)
                .hasMessage("others wrote at each of 200 attempts; try again later");
        assertThat(sleeper.pauses).hasSize(200);
    }

    @Test
    void aContentThatWasAlteredOnItsWayIsFetchedAgain() {
        AtomicInteger made = new AtomicInteger();

        String found = policy.fetch(
                () -> "content " + made.incrementAndGet(), "content 4"::equals, content -> content.getBytes(UTF_8));

        assertThat(found).isEqualTo("content 4");
        assertThat(sleeper.pauses).containsExactly(1L, 2L, 4L);
    }

    @Test
    void onlyAContentThatIsTheSameEachTimeIsWhatIsStored() {
        AtomicInteger made = new AtomicInteger();

        assertThat(policy.fetch(() -> "altered", "content"::equals, content -> content.getBytes(UTF_8))).isEqualTo("altered");
        assertThatThrownBy(() -> policy.fetch(
                () -> "altered " + made.incrementAndGet(), "content"::equals, content -> content.getBytes(UTF_8)))
                .isInstanceOf(SdkException.class)
                .hasMessageStartingWith("the server's answer was cut or altered: ");
        assertThat(made).hasValue(RetryPolicy.FETCHES);
    }

    @Test
    void anInterruptEndsThePause() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> policy.call(left -> {
            throw BROKEN;
        })).isInstanceOf(AbortedException.class);

        assertThat(Thread.interrupted()).isTrue();
    }
}
