package io.github.spirabr.storage.s3;

import io.github.spirabr.core.registry.ModelRepositoryException;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * A connection to one bucket, which several stores may share. Thread-safe.
 *
 * <p>A request that fails for a transient reason (no answer, a broken connection, HTTP 5xx and 429, a truncated or
 * altered answer) is retried after growing, random pauses, until its attempts or its time are used up. Credentials come
 * from the SDK's default chain only: environment, system properties, profile, container or machine.
 */
public final class S3Connection implements AutoCloseable {

    private final S3Client client;
    private final boolean ownsClient;
    private final Bucket bucket;
    private final BucketRequests requests;

    private S3Connection(S3Client client, boolean ownsClient, String bucket, RetryPolicy policy) {
        this.client = client;
        this.ownsClient = ownsClient;
        this.bucket = Bucket.of(client, bucket);
        this.requests = new BucketRequests(client, bucket, policy);
    }

    /**
     * Returns a connection that uses an existing client, with the timeouts and credentials of that client. {@link
     * #close()} leaves the client open. A request is attempted up to six times, unless the client has retried it itself.
     *
     * @param client thread-safe, as all clients of the SDK are
     * @param bucket the bucket's name
     * @throws IllegalArgumentException if the bucket's name is invalid
     */
    public static S3Connection of(S3Client client, String bucket) {
        return new S3Connection(client, false, Bucket.requireName(bucket), RetryPolicy.standard());
    }

    /** Returns the settings of a connection with a client of its own; only the bucket must be set. */
    public static Builder builder() {
        return new Builder();
    }

    BucketRequests requests() {
        return requests;
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
        private int attempts = RetryPolicy.DEFAULT_ATTEMPTS;
        private Duration silenceLimit = Duration.ofSeconds(60);
        private Duration timeLimit = RetryPolicy.DEFAULT_TIME_LIMIT;
        private Duration firstPause = RetryPolicy.DEFAULT_FIRST_PAUSE;
        private Duration longestPause = RetryPolicy.DEFAULT_LONGEST_PAUSE;

        private Builder() {}

        /** Sets the bucket's name; required. */
        public Builder bucket(String name) {
            this.bucket = Bucket.requireName(name);
            return this;
        }

        /**
         * Sets the server, such as {@code https://minio.example.org:9000}; default AWS.
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
         * Sets the region, such as {@code sa-east-1}; default that of the SDK's default chain, or {@code us-east-1} with
         * an endpoint.
         */
        public Builder region(String id) {
            this.region = id;
            return this;
        }

        /**
         * Sets whether the bucket is named in the path and not in the host name, as most servers except AWS require;
         * default no.
         */
        public Builder pathStyle(boolean inPath) {
            this.pathStyle = inPath;
            return this;
        }

        /** Sets the attempts of a request, the first one included; default 6, at least 1. */
        public Builder attempts(int count) {
            if (count < 1) {
                throw new IllegalArgumentException("attempts must be at least 1, but was " + count + "; use 1 for no retry");
            }
            this.attempts = count;
            return this;
        }

        /** Sets the time without any byte from the server after which an attempt fails; default 60 seconds. */
        public Builder silenceLimit(Duration limit) {
            this.silenceLimit = requirePositive("silenceLimit", limit);
            return this;
        }

        /** Sets the time for all attempts of one request, pauses included; default 15 minutes. */
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
         * Returns the connection; nothing is requested yet.
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
                            .retryStrategy(AwsRetryStrategy.doNotRetry())
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
                return new S3Connection(client.build(), true, bucket,
                        new RetryPolicy(attempts, timeLimit, firstPause, longestPause, Pacing.SYSTEM));
            } catch (SdkException e) {
                throw new ModelRepositoryException("the client for bucket " + bucket + " could not be created: "
                        + e.getMessage() + "; set the region, or AWS_REGION", e);
            }
        }
    }
}
