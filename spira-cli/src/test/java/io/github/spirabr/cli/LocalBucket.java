package io.github.spirabr.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;

/** An S3 server of this process with the bucket {@code hospital}, which the commands find by the system's properties. */
final class LocalBucket implements BeforeAllCallback, AfterAllCallback {

    static final String NAME = "hospital";

    private static final Map<String, String> SETTINGS = Map.of(
            "aws.accessKeyId", "test-access-key", "aws.secretAccessKey", "test-secret-key", "aws.region", "us-east-1");
    private static final String SERVER = "aws.endpointUrl";

    private S3Proxy server;

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        TransientNio2BlobStore store = new TransientNio2BlobStore();
        store.createContainer(CreateBucketRequest.builder().bucket(NAME).build());
        server = S3Proxy.builder()
                .blobStore(store)
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, SETTINGS.get("aws.accessKeyId"),
                        SETTINGS.get("aws.secretAccessKey"))
                .build();
        server.start();
        SETTINGS.forEach(System::setProperty);
        System.setProperty(SERVER, "http://127.0.0.1:" + server.getPort());
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        SETTINGS.keySet().forEach(System::clearProperty);
        System.clearProperty(SERVER);
        server.stop();
    }

    void put(String key, Path file) {
        try (S3Client client = S3Client.builder()
                .endpointOverride(URI.create(System.getProperty(SERVER))).forcePathStyle(true).build()) {
            client.putObject(request -> request.bucket(NAME).key(key), file);
        }
    }
}
