package io.github.spirabr.storage.s3;

import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelVersion;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A second Java process that saves and promotes until it is killed, and prints what it has done. */
final class PromotingProcess {

    private PromotingProcess() {}

    /** Arguments: endpoint, bucket, name, size of each artifact. */
    public static void main(String[] arguments) {
        try (S3ModelRepository repository = S3ModelRepository.builder()
                .endpoint(URI.create(arguments[0])).bucket(arguments[1]).pathStyle(true).build()) {
            for (int seed = 0; ; seed++) {
                ModelVersion version = repository.save(arguments[2], artifact(seed, Integer.parseInt(arguments[3])));
                System.out.println("saved " + version.number());
                repository.promote("champion", version, "process");
                System.out.println("promoted " + version.number());
            }
        }
    }

    /** An artifact of two files with {@code size} bytes together. */
    static ModelArtifact artifact(long seed, int size) {
        Map<String, byte[]> files = new HashMap<>();
        Random random = new Random(seed);
        for (String name : List.of("a.bin", "b.bin")) {
            byte[] content = new byte[size / 2];
            random.nextBytes(content);
            files.put(name, content);
        }
        return ModelArtifact.of(files);
    }

    static Process start(URI endpoint, String bucket, String name, int size) throws IOException {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1", "-Xmx128m",
                "-Daws.accessKeyId=" + LocalS3.ACCESS_KEY, "-Daws.secretAccessKey=" + LocalS3.SECRET_KEY,
                "-cp", System.getProperty("java.class.path"),
                PromotingProcess.class.getName(), endpoint.toString(), bucket, name, Integer.toString(size))
                .redirectErrorStream(true).start();
    }
}
