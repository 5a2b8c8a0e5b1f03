package io.github.spirabr.storage.s3;

import io.github.spirabr.core.registry.ModelRepositoryException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A way to one bucket, which several stores may share. Thread-safe.
 *
 * <p>A request that fails for a reason that may pass (no answer, a broken connection, HTTP 5xx and 429,
 * a body that was altered on the way) is made again, after pauses that grow and are random, until its
 * attempts or its time are used up. Credentials come from the SDK's default chain only: environment,
 * system properties, profile, container or machine.
 */
public final class S3Connection implements AutoCloseable {

    /** Codes of a body that did not arrive as it was sent. */
    private static final Set<String> ALTERED = Set.of(
            "BadDigest", "XAmzContentSHA256Mismatch", "XAmzContentChecksumMismatch", "InvalidDigest", "IncompleteBody");

    private final S3Client client;
    private final boolean ownsClient;
    private final Bucket bucket;

    private S3Connection(S3Client client, boolean ownsClient, String bucket) {
        this.client = client;
        this.ownsClient = ownsClient;
        this.bucket = Bucket.of(client, bucket);
    }

    /**
     * A connection that uses an existing client, which {@link #close()} leaves open; timeouts, retries
     * and credentials are the client's.
     *
     * @param client thread-safe, as all clients of the SDK are
     * @param bucket its name
     * @throws IllegalArgumentException if that cannot be one
     */
    public static S3Connection of(S3Client client, String bucket) {
        return new S3Connection(client, false, Bucket.requireName(bucket));
    }

    /** A connection with a client of its own; only the bucket must be set. */
    public static Builder builder() {
        return new Builder();
    }

    S3Client client() {
        return client;
    }

    Bucket bucket() {
        return bucket;
    }

    /** Closes the client, if this connection built it. */
    @Override
    public void close() {
        if (ownsClient) {
            client.close();
        }
    }

    @Override
    public String toString() {
        return "S3Connection[s3://" + bucket.name() + " at " + bucket.server() + "]";
    }

    /** Settings of an {@link S3Connection}. Not thread-safe. */
    public static final class Builder {

        private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

        private String bucket = "";
        private @Nullable URI endpoint;
        private @Nullable String region;
        private boolean pathStyle;
        private int attempts = 6;
        private Duration silenceLimit = Duration.ofSeconds(60);
        private Duration timeLimit = Duration.ofMinutes(15);
        private Duration firstPause = Duration.ofMillis(200);
        private Duration longestPause = Duration.ofSeconds(20);

        private Builder() {}

        /** The bucket's name; required. */
        public Builder bucket(String name) {
            this.bucket = Bucket.requireName(name);
            return this;
        }

        /**
         * The server, such as {@code https://minio.example.org:9000}; default AWS.
         *
         * @throws IllegalArgumentException if it is not http(s)://host or http(s)://host:port
         */
        public Builder endpoint(URI server) {
            boolean http = "http".equals(server.getScheme()) || "https".equals(server.getScheme());
            boolean more = server.getRawUserInfo() != null || server.getRawQuery() != null
                    || server.getRawPath() != null && !server.getRawPath().matches("/?");
            if (!http || server.getHost() == null || more) {
                // The value is not repeated, because it may hold a password.
                throw new IllegalArgumentException("endpoint must be http://host, https://host or these with a :port,"
                        + " without user, path and query; credentials come from the SDK's default chain");
            }
            this.endpoint = server;
            return this;
        }

        /**
         * The region, such as {@code sa-east-1}; default that of the SDK's default chain, or {@code
         * us-east-1} with an endpoint of one's own.
         */
        public Builder region(String id) {
            this.region = id;
            return this;
        }

        /**
         * Whether the bucket is named in the path and not in the host name, as most servers but AWS want
         * it; default no.
         */
        public Builder pathStyle(boolean inPath) {
            this.pathStyle = inPath;
            return this;
        }

        /** How often a request is made before its failure is told, the first time included; default 6, at least 1. */
        public Builder attempts(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("attempts must be at least 1, but was " + count);
            }
            this.attempts = count;
            return this;
        }

        /** How long the server may send nothing before an attempt has failed; default 60 seconds. */
        public Builder silenceLimit(Duration limit) {
            this.silenceLimit = requirePositive("silenceLimit", limit);
            return this;
        }

        /** How long all attempts of one request may take, pauses included; default 15 minutes. */
        public Builder timeLimit(Duration limit) {
            this.timeLimit = requirePositive("timeLimit", limit);
            return this;
        }

        Builder pauses(Duration first, Duration longest) {
            this.firstPause = first;
            this.longestPause = longest;
            return this;
        }

        private static Duration requirePositive(String name, Duration limit) {
            if (limit.isZero() || limit.isNegative()) {
                throw new IllegalArgumentException(name + " must be longer than 0 seconds, but was " + limit);
            }
            return limit;
        }

        /**
         * The connection; nothing is asked of the server yet.
         *
         * @throws IllegalArgumentException if no bucket was set
         * @throws ModelRepositoryException if no region was set, and none is found
         */
        public S3Connection build() {
            Bucket.requireName(bucket);
            S3ClientBuilder client = S3Client.builder()
                    .httpClientBuilder(UrlConnectionHttpClient.builder()
                            .connectionTimeout(CONNECT_LIMIT)
                            .socketTimeout(silenceLimit))
                    .overrideConfiguration(configuration -> configuration
                            .retryStrategy(retries())
                            .apiCallTimeout(timeLimit))
                    // Older servers refuse the SDK's own checksums; the stores have their SHA-256.
                    .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                    .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                    // The JDK's HTTP client loses the server's answer while it sends signed chunks or waits for
                    // leave to send; what is sent is in memory, so each part is signed and sent as a whole.
                    .serviceConfiguration(configuration -> configuration
                            .chunkedEncodingEnabled(false)
                            .expectContinueEnabled(false))
                    .forcePathStyle(pathStyle);
            if (endpoint != null) {
                client.endpointOverride(endpoint).region(Region.US_EAST_1);
            }
            if (region != null) {
                client.region(Region.of(region));
            }
            try {
                return new S3Connection(client.build(), true, bucket);
            } catch (SdkException e) {
                throw new ModelRepositoryException("the client for bucket " + bucket + " cannot be made: "
                        + e.getMessage() + "; set the region, or AWS_REGION", e);
            }
        }

        private RetryStrategy retries() {
            BackoffStrategy pauses = BackoffStrategy.exponentialDelay(firstPause, longestPause);
            return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                    .maxAttempts(attempts)
                    .backoffStrategy(pauses)
                    .throttlingBackoffStrategy(
                            BackoffStrategy.exponentialDelay(firstPause.multipliedBy(5), longestPause))
                    // Its budget is one for all requests, and would let some of them fail at the first attempt.
                    .circuitBreakerEnabled(false)
                    .retryOnException(S3Connection::isAltered)
                    .build();
        }
    }

    private static boolean isAltered(Throwable failure) {
        return failure instanceof S3Exception answer && ALTERED.contains(String.valueOf(Bucket.code(answer)))
                || failure instanceof SdkClientException client && Bucket.isUnreadable(client);
    }
}
