package io.github.spirabr.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * A plan of retraining in a YAML file: triggers, gate, limits of change, and places. Every setting is optional. {@code ${NAME}}
 * in a text is an environment variable; a relative path starts from the file's folder. All faults are reported at once.
 * Immutable; every {@link #read} reads the file anew.
 */
public final class RetrainingPlanFile {

    private final Path file;
    private final Map<String, String> environment;

    private RetrainingPlanFile(Path file, Map<String, String> environment) {
        this.file = file;
        this.environment = Map.copyOf(environment);
    }

    /** Returns a plan file that uses the environment of this process. */
    public static RetrainingPlanFile at(Path file) {
        return new RetrainingPlanFile(file, System.getenv());
    }

    /**
     * Reads the plan.
     *
     * @throws InvalidExperimentException with every fault
     */
    public RetrainingPlan read() {
        return YamlSections.read(file, environment, "a plan", "gate", (root, faults) -> new RetrainingPlanReader(root, faults).plan());
    }
}
