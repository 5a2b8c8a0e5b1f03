package io.github.spirabr.storage.s3;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/** An S3 server in memory that demands signatures of version 4, one for all tests, with credentials that the SDK finds. */
final class LocalS3 implements BeforeAllCallback {

    static final String ACCESS_KEY = "test-access-key";
    static final String SECRET_KEY = "test-secret-key";

    private static final AtomicInteger BUCKETS = new AtomicInteger();

    private Running running;

    private record Running(S3Proxy server, S3Client administrator, SystemProperties credentials) implements AutoCloseable {

        static Running start() {
            S3Proxy server = S3Proxy.builder()
                    .blobStore(new AtomicReplacements(new TransientNio2BlobStore()))
                    .endpoint(URI.create("http://127.0.0.1:0"))
                    .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                    .jettyMaxThreads(32)
                    .build();
            try {
                server.start();
            } catch (Exception e) {
                throw new IllegalStateException("the server does not start", e);
            }
            return new Running(server, client(endpoint(server), SECRET_KEY).build(), new SystemProperties(
                    Map.of("aws.accessKeyId", ACCESS_KEY, "aws.secretAccessKey", SECRET_KEY)));
        }

        @Override
        public void close() {
            credentials.close();
            administrator.close();
            try {
                server.stop();
            } catch (Exception e) {
                throw new IllegalStateException("the server does not stop", e);
            }
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        running = context.getRoot().getStore(Namespace.GLOBAL)
                .getOrComputeIfAbsent(Running.class, any -> Running.start(), Running.class);
    }

    URI endpoint() {
        return endpoint(running.server());
    }

    private static URI endpoint(S3Proxy server) {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /** Creates an empty bucket with a name of its own. */
    String newBucket() {
        String name = "bucket-" + BUCKETS.incrementAndGet();
        administrator().createBucket(request -> request.bucket(name));
        return name;
    }

    /** A client with all rights. */
    S3Client administrator() {
        return running.administrator();
    }

    /** Settings of a client with this secret. */
    S3ClientBuilder client(String secretKey) {
        return client(endpoint(), secretKey);
    }

    private static S3ClientBuilder client(URI endpoint, String secretKey) {
        return S3Client.builder()
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(ACCESS_KEY, secretKey)))
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .serviceConfiguration(configuration -> configuration.chunkedEncodingEnabled(false))
                .forcePathStyle(true);
    }

    /** A client that changes how objects are put. */
    S3Client puttingBy(UnaryOperator<PutObjectRequest.Builder> change) {
        return sending(request -> request instanceof PutObjectRequest put ? change.apply(put.toBuilder()).build() : request);
    }

    /** A client that is given objects in lists of so many. */
    S3Client listingBy(int keys) {
        return sending(request -> request instanceof ListObjectsV2Request list
                ? list.toBuilder().maxKeys(keys).build() : request);
    }

    private S3Client sending(UnaryOperator<SdkRequest> change) {
        ExecutionInterceptor changing = new ExecutionInterceptor() {
            @Override
            public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
                return change.apply(context.request());
            }
        };
        return client(SECRET_KEY)
                .overrideConfiguration(configuration -> configuration.addExecutionInterceptor(changing)).build();
    }

    /** The keys of all objects in a bucket, in order. */
    List<String> keys(String bucket) {
        return administrator().listObjectsV2(request -> request.bucket(bucket)).contents().stream()
                .map(S3Object::key).sorted().toList();
    }
}
