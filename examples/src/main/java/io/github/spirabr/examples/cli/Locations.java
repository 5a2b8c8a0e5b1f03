package io.github.spirabr.examples.cli;

import io.github.spirabr.core.dataset.PreparedDatasetRepository;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.storage.fs.dataset.FileSystemPreparedDatasets;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import io.github.spirabr.storage.s3.S3Connection;
import io.github.spirabr.storage.s3.S3ModelRepository;
import io.github.spirabr.storage.s3.S3PreparedDatasets;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where things are kept: a folder, or {@code s3://BUCKET/PREFIX}. Credentials come from the AWS SDK's default chain; the
 * server from the environment variable {@value #SERVER} or the system property {@value #SERVER_PROPERTY}, AWS without.
 */
final class Locations {

    private static final String SERVER = "AWS_ENDPOINT_URL";
    private static final String SERVER_PROPERTY = "aws.endpointUrl";
    private static final Pattern BUCKET = Pattern.compile("s3://([^/]+)/?(.*)");
    private static final String OUTCOMES = "outcomes";
    private static final String FEATURES = "features";

    private Locations() {}

    static ModelRepository models(String location) {
        return isBucket(location)
                ? S3ModelRepository.of(connect(location), prefix(location))
                : FileSystemModelRepository.at(Path.of(location));
    }

    /** Gives the pipeline a work store there; in folders as experiment files make it. */
    static void work(TrainingPipeline.Builder pipeline, String location) {
        if (isBucket(location)) {
            S3Connection connection = connect(location);
            pipeline.work(
                    S3ModelRepository.of(connection, within(location, OUTCOMES)),
                    S3PreparedDatasets.of(connection, within(location, FEATURES)));
        } else {
            Path folder = Path.of(location);
            PreparedDatasetRepository features = FileSystemPreparedDatasets.at(folder.resolve(FEATURES));
            pipeline.work(FileSystemModelRepository.at(folder.resolve(OUTCOMES)), features);
        }
    }

    private static boolean isBucket(String location) {
        if (location.matches("[A-Za-z][A-Za-z0-9+.-]+://.*") && !BUCKET.matcher(location).matches()) {
            throw new IllegalArgumentException(
                    "'" + location + "' is neither a folder nor s3://BUCKET/PREFIX; give one of these");
        }
        return location.startsWith("s3://");
    }

    /** Open until the process ends, as a run needs it to its end. */
    private static S3Connection connect(String location) {
        S3Connection.Builder connection = S3Connection.builder().bucket(parts(location).group(1));
        String server = System.getProperty(SERVER_PROPERTY, System.getenv().getOrDefault(SERVER, ""));
        if (!server.isBlank()) {
            connection.endpoint(URI.create(server)).pathStyle(true);
        }
        return connection.build();
    }

    private static String prefix(String location) {
        return parts(location).group(2).replaceAll("/+$", "");
    }

    private static String within(String location, String name) {
        return prefix(location).isEmpty() ? name : prefix(location) + "/" + name;
    }

    private static Matcher parts(String location) {
        Matcher parts = BUCKET.matcher(location);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + location + "' is no s3://BUCKET/PREFIX");
        }
        return parts;
    }
}
