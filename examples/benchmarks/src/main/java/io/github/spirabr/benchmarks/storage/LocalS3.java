package io.github.spirabr.benchmarks.storage;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * An S3 server in a folder, for benchmarks. Arguments: the folder, a bucket's name, a port. The keys are those of the
 * environment, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Runs until it is killed.
 */
public final class LocalS3 {

    private LocalS3() {}

    /** Starts the server. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0]).toAbsolutePath());
        Files.createDirectories(folder.resolve(arguments[1]));
        S3Proxy server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(folder.toString()))
                .endpoint(URI.create("http://127.0.0.1:" + arguments[2]))
                .awsAuthentication(AuthenticationType.AWS_V4, System.getenv("AWS_ACCESS_KEY_ID"),
                        System.getenv("AWS_SECRET_ACCESS_KEY"))
                // The transfer manager announces an object's size in a header that S3Proxy does not know.
                .ignoreUnknownHeaders(true)
                .build();
        server.start();
        System.out.println("listening on port " + server.getPort());
    }
}
