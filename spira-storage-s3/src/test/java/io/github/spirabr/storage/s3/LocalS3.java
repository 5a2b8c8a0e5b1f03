package io.github.spirabr.storage.s3;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** An S3 server in memory that demands signatures of version 4. */
final class LocalS3 {

    static final String ACCESS_KEY = "test-access-key";
    static final String SECRET_KEY = "test-secret-key";

    private static final AtomicInteger BUCKETS = new AtomicInteger();

    private final S3Proxy server;
    private final S3Client administrator;

    private LocalS3(S3Proxy server) {
        this.server = server;
        this.administrator = client(SECRET_KEY).build();
    }

    static LocalS3 start() throws Exception {
        S3Proxy server = S3Proxy.builder()
                .blobStore(new AtomicReplacements(new TransientNio2BlobStore()))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                .jettyMaxThreads(32)
                .build();
        server.start();
        return new LocalS3(server);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /** Creates an empty bucket with a name of its own. */
    String newBucket() {
        String name = "bucket-" + BUCKETS.incrementAndGet();
        administrator.createBucket(request -> request.bucket(name));
        return name;
    }

    /** A client with all rights. */
    S3Client administrator() {
        return administrator;
    }

    /** Settings of a client with this secret. */
    S3ClientBuilder client(String secretKey) {
        return S3Client.builder()
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(ACCESS_KEY, secretKey)))
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .serviceConfiguration(configuration -> configuration.chunkedEncodingEnabled(false))
                .forcePathStyle(true);
    }

    void stop() throws Exception {
        administrator.close();
        server.stop();
    }
}
