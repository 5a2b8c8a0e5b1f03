package io.github.spirabr.storage.s3;

import io.github.spirabr.core.registry.ModelArtifact.FileDigest;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The policy by which everything that is asked of a bucket is repeated; nothing else in this module repeats a request or
 * pauses. Immutable and thread-safe.
 *
 * <ul>
 * <li>A request that failed for a reason that may pass (no connection, HTTP 5xx or 429, an answer that was cut, altered or
 *     cannot be parsed) is made again until its attempts or its time are used up. Pauses double from the first to the longest
 *     one, and are five times as long after the server said that it is overloaded.
 * <li>A conditional write that met another one is made up to {@value #MEETINGS} times, after pauses that double from 1 to
 *     512 ms.
 * <li>A content that is not what its checksum says is fetched up to {@value #FETCHES} times, after pauses as short as
 *     those.
 * </ul>
 *
 * <p>Each pause is random up to its limit, so that those who met do not meet again.
 *
 * @param attempts attempts of a request, the first one included
 * @param timeLimit time limit of all attempts of a request, pauses included; null for none
 * @param firstPause before the second attempt
 * @param longestPause before any attempt
 * @param pacing the source of time, sleep and chance
 */
record RetryPolicy(
        int attempts, @Nullable Duration timeLimit, Duration firstPause, Duration longestPause, Pacing pacing) {

    /** Attempts of a conditional write: enough for hundreds of writers of one object. */
    static final int MEETINGS = 200;

    /** Fetches of a content until it is called damaged. */
    static final int FETCHES = 6;

    static final int DEFAULT_ATTEMPTS = 6;
    static final Duration DEFAULT_TIME_LIMIT = Duration.ofMinutes(15);
    static final Duration DEFAULT_FIRST_PAUSE = Duration.ofMillis(200);
    static final Duration DEFAULT_LONGEST_PAUSE = Duration.ofSeconds(20);

    private static final int OVERLOAD = 5;
    private static final int NOT_IMPLEMENTED = 501;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST_AFTER_MEETING = Duration.ofMillis(512);

    /** Codes of requests that may succeed at the next attempt, whatever their status. */
    private static final Set<String> PASSING = Set.of(
            "BadDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch", "InvalidDigest", "IncompleteBody",
            "InternalError", "RequestTimeout", "ServiceUnavailable", "SlowDown");

    /** Returns the policy for a client that was built elsewhere, which has its own time limits. */
    static RetryPolicy standard() {
        return new RetryPolicy(
                DEFAULT_ATTEMPTS, null, DEFAULT_FIRST_PAUSE, DEFAULT_LONGEST_PAUSE, Pacing.SYSTEM);
    }

    /**
     * Makes a request until it succeeds.
     *
     * @param request gets the time that is left for it; empty for no limit
     * @throws SdkException the last failure, with the number of attempts
     */
    <T> T call(Function<Optional<Duration>, T> request) {
        Tries tries = begin();
        while (true) {
            try {
                return request.apply(tries.timeLeft());
            } catch (SdkException e) {
                tries.after(e);
            }
        }
    }

    /**
     * Makes a conditional write until it did not meet another one.
     *
     * @param write empty if it met another one
     * @throws SdkException if it met another one each time, or from the write
     */
    <T> T settle(Supplier<Optional<T>> write) {
        for (int attempt = 1; attempt <= MEETINGS; attempt++) {
            Optional<T> result = write.get();
            if (result.isPresent()) {
                return result.get();
            }
            pause(attempt, SHORTEST, LONGEST_AFTER_MEETING);
        }
        throw SdkClientException.create("others wrote at each of " + MEETINGS + " attempts; try again later");
    }

    /**
     * Fetches a content until it is sound. A content that was altered on its way is another one each time; one that was
     * altered where it is stored is not.
     *
     * @param bytes bytes of the content, by which two are compared
     * @return the sound content, or the unsound one that came each time
     * @throws SdkException if the contents were unsound and differed, or from fetching
     */
    <T> T fetch(Supplier<T> fetch, Predicate<T> sound, Function<T, byte[]> bytes) {
        Set<FileDigest> seen = new HashSet<>();
        for (int attempt = 1; ; attempt++) {
            T content = fetch.get();
            if (sound.test(content)) {
                return content;
            }
            seen.add(FileDigest.of(bytes.apply(content)));
            if (attempt == FETCHES) {
                if (seen.size() == 1) {
                    return content;
                }
                throw Bucket.unreadable("its content differed each time, and its checksum fits none");
            }
            pause(attempt, SHORTEST, LONGEST_AFTER_MEETING);
        }
    }

    /** Begins the attempts of one request. */
    Tries begin() {
        return new Tries();
    }

    /** The attempts of one request. Not thread-safe. */
    final class Tries {

        private final long begun = pacing.nanoTime();
        private int made;

        private Tries() {}

        /** Returns the time that is left for all further attempts; empty for no limit. */
        Optional<Duration> timeLeft() {
            if (timeLimit == null) {
                return Optional.empty();
            }
            Duration left = timeLimit.minusNanos(pacing.nanoTime() - begun);
            return Optional.of(left.compareTo(SHORTEST) < 0 ? SHORTEST : left);
        }

        /**
         * Pauses before the next attempt.
         *
         * @throws SdkException the failure, if it will not pass, or the attempts or the time are used up
         */
        void after(SdkException failure) {
            made++;
            if (!mayPass(failure) || made >= attempts) {
                throw counted(failure);
            }
            int times = failure instanceof S3Exception answer && isOverload(answer) ? OVERLOAD : 1;
            Duration pause = nextPause(made, firstPause.multipliedBy(times), longestPause);
            if (timeLeft().filter(left -> left.compareTo(pause) <= 0).isPresent()) {
                throw counted(failure);
            }
            sleep(pause);
        }

        private SdkException counted(SdkException failure) {
            if (made == 1) {
                return failure;
            }
            SdkException counted = failure.toBuilder().numAttempts(made).build();
            counted.setStackTrace(failure.getStackTrace());
            return counted;
        }
    }

    private static boolean isOverload(S3Exception answer) {
        return answer.isThrottlingException() || answer.statusCode() == 503;
    }

    /** Returns false for failures that a repetition does not mend, and for those that the client has repeated itself. */
    static boolean mayPass(SdkException failure) {
        if (failure instanceof AbortedException || failure instanceof ApiCallTimeoutException) {
            return false;
        }
        if (Bucket.isUnreadable(failure)) {
            return true;
        }
        boolean repeated = failure.numAttempts() != null && failure.numAttempts() > 1;
        return !repeated && (failure instanceof S3Exception answer
                ? mayPass(answer)
                : failure instanceof ApiCallAttemptTimeoutException || isBroken(failure));
    }

    private static boolean mayPass(S3Exception answer) {
        int status = answer.statusCode();
        String code = Bucket.code(answer);
        // Without a code, the answer was cut before it said what there is not; to a HEAD request, none has a code.
        boolean cut = status < 100 || status == 404 && code == null && !(answer instanceof NoSuchKeyException);
        return cut || status >= 500 && status != NOT_IMPLEMENTED || status == 429 || answer.isThrottlingException() || answer.isClockSkewException()
                || code != null && PASSING.contains(code);
    }

    private static boolean isBroken(SdkException failure) {
        boolean credentials = String.valueOf(failure.rawMessage()).contains(Bucket.NO_CREDENTIALS);
        for (Throwable cause = failure.getCause(); cause != null && !credentials; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return true;
            }
        }
        return false;
    }

    private void pause(int attempt, Duration first, Duration longest) {
        sleep(nextPause(attempt, first, longest));
    }

    private Duration nextPause(int attempt, Duration first, Duration longest) {
        Duration doubled = first.multipliedBy(1L << Math.min(attempt - 1, 20));
        Duration limit = doubled.compareTo(longest) < 0 ? doubled : longest;
        return Duration.ofNanos((long) (limit.toNanos() * pacing.random()));
    }

    private void sleep(Duration pause) {
        try {
            pacing.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("the thread was interrupted", e);
        }
    }
}
