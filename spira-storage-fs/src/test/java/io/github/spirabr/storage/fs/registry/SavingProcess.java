package io.github.spirabr.storage.fs.registry;

import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A second Java process that saves models; what it prints ends with a line for each version saved. */
final class SavingProcess {

    private SavingProcess() {}

    private static final String PROMOTING = "promoting";

    /**
     * Saves {@code count} artifacts of {@code size} bytes in the registry at {@code root}; or saves and
     * promotes until it is killed.
     */
    public static void main(String[] arguments) {
        ModelRepository repository = FileSystemModelRepository.at(Path.of(arguments[0]));
        int size = Integer.parseInt(arguments[3]);
        if (arguments[2].equals(PROMOTING)) {
            for (int seed = 0; ; seed++) {
                ModelVersion version = repository.save(arguments[1], artifact(seed, size));
                System.out.println("saved " + version.number());
                repository.promote("champion", version, "process");
                System.out.println("promoted " + version.number());
            }
        }
        int count = Integer.parseInt(arguments[2]);
        for (int seed = 0; seed < count; seed++) {
            try {
                System.out.println("saved " + repository.save(arguments[1], artifact(seed, size)).number());
            } catch (RuntimeException e) {
                System.out.println("failed " + e.getMessage());
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

    /** Starts the process; its standard output and error are one stream. */
    static Process start(Path root, String name, int count, int size) throws IOException {
        return new ProcessBuilder(command(root, name, count, size)).redirectErrorStream(true).start();
    }

    /** Starts a process that saves and promotes until it is killed. */
    static Process startPromoting(Path root, String name, int size) throws IOException {
        List<String> command = command(root, name, 0, size);
        command.set(command.size() - 2, PROMOTING);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** The command that runs {@link #main}. */
    static List<String> command(Path root, String name, int count, int size) {
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1", "-Xmx128m",
                "-cp", classPath(),
                SavingProcess.class.getName(),
                root.toString(), name, Integer.toString(count), Integer.toString(size)));
    }

    private static String classPath() {
        return System.getProperty("java.class.path");
    }
}
