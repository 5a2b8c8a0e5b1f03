package io.github.spirabr.storage.s3;

import io.github.spirabr.core.dataset.PreparedDatasetRepository;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.storage.StorageProvider;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The provider of addresses {@code s3://BUCKET/PREFIX}. Credentials come from the AWS SDK's default chain; the server from the environment
 * variable {@code AWS_ENDPOINT_URL} or the system property {@code aws.endpointUrl}, and is AWS without. Thread-safe.
 */
public final class S3Storage implements StorageProvider {

    private static final String SERVER = "AWS_ENDPOINT_URL";
    private static final String SERVER_PROPERTY = "aws.endpointUrl";
    private static final Pattern ADDRESS = Pattern.compile("s3://([^/]+)(?:/(.*))?");

    /** The connections by server and bucket; one is enough for all that is stored in a bucket. */
    private static final Map<String, S3Connection> CONNECTIONS = new ConcurrentHashMap<>();

    /** Creates the provider; {@link java.util.ServiceLoader} calls this. */
    public S3Storage() {}

    @Override
    public String scheme() {
        return "s3";
    }

    @Override
    public void check(String address) {
        Bucket.requireName(parts(address).group(1));
        Bucket.requirePrefix(prefix(address));
    }

    @Override
    public AudioSource file(String address) {
        return S3AudioSource.of(connection(address), prefix(address));
    }

    @Override
    public RecordingSource listing(String address, Pattern names, Optional<Pattern> ignored) {
        S3RecordingSource recordings = S3RecordingSource.of(connection(address), prefix(address), names);
        return ignored.isPresent() ? recordings.ignoring(ignored.get()) : recordings;
    }

    @Override
    public ModelRepository models(String address) {
        return S3ModelRepository.of(connection(address), prefix(address));
    }

    @Override
    public PreparedDatasetRepository datasets(String address) {
        return S3PreparedDatasets.of(connection(address), prefix(address));
    }

    @Override
    public Journal journal(String address) {
        return S3Journal.of(connection(address), prefix(address));
    }

    private S3Connection connection(String address) {
        String server = System.getProperty(SERVER_PROPERTY, System.getenv().getOrDefault(SERVER, "")).strip();
        String bucket = parts(address).group(1);
        return CONNECTIONS.computeIfAbsent(server + " " + bucket, any -> {
            S3Connection.Builder connection = S3Connection.builder().bucket(bucket);
            if (!server.isEmpty()) {
                connection.endpoint(URI.create(server)).pathStyle(true);
            }
            return connection.build();
        });
    }

    private static String prefix(String address) {
        String prefix = parts(address).group(2);
        return prefix == null ? "" : prefix.replaceAll("/+$", "");
    }

    private static Matcher parts(String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches()) {
            throw new IllegalArgumentException("the address must be s3://BUCKET/PREFIX, but was '" + address + "'");
        }
        return parts;
    }
}
