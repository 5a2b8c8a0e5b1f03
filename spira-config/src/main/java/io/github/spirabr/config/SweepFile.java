package io.github.spirabr.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * A sweep in a YAML file: the {@code experiment}, the {@code space} of its settings that vary, the {@code strategy}, the {@code
 * metric}, {@code seeds} and {@code folds}.
 *
 * <pre>{@code
 * experiment: experiment.yaml
 * space:
 *   training.batchSize: [8, 16]
 *   training.learningRate: {from: 0.0001, to: 0.01, scale: log, steps: 3}
 * strategy: {type: successive-halving, leastEpochs: 5, epochs: 45}
 * metric: auroc
 * seeds: [1, 2]
 * }</pre>
 *
 * <p>{@code ${NAME}} in a text is an environment variable; a relative path starts from the file's folder. All faults are
 * reported at once. Immutable; every {@link #read} reads the file anew.
 */
public final class SweepFile {

    private final Path file;
    private final Map<String, String> environment;

    private SweepFile(Path file, Map<String, String> environment) {
        this.file = file;
        this.environment = Map.copyOf(environment);
    }

    /** Returns a sweep file that uses the environment of this process. */
    public static SweepFile at(Path file) {
        return new SweepFile(file, System.getenv());
    }

    /**
     * Reads the sweep. The settings of its points are checked when their experiments are read.
     *
     * @throws InvalidExperimentException with every fault
     */
    public SweepPlan read() {
        return YamlSections.read(file, environment, "a sweep", "space",
                (root, faults) -> new SweepReader(file, new YamlSections(root, faults)).plan());
    }
}
