package io.github.spirabr.config;

import io.github.spirabr.config.YamlNode.Group;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        List<ExperimentFault> faults = new ArrayList<>();
        Optional<YamlNode> node = new YamlReader(
                file.toString(), file.toAbsolutePath().resolveSibling(""), environment, true, faults).read(text());
        if (node.isPresent() && node.get() instanceof Group root && faults.isEmpty()) {
            RetrainingPlan plan = new RetrainingPlanReader(root, faults).plan();
            if (faults.isEmpty()) {
                return plan;
            }
        } else if (faults.isEmpty()) {
            faults.add(ExperimentFault.at(new Position(file.toString(), 1, 1), "",
                    "a plan must be a group of settings such as 'gate:', but is "
                            + node.map(YamlNode::kind).orElse("empty")));
        }
        throw new InvalidExperimentException(file.toString(), faults);
    }

    private String text() {
        List<String> faults = new ArrayList<>();
        return YamlFile.read(file, file.toString(), faults::add).orElseThrow(() -> failure(faults.get(0)));
    }

    private InvalidExperimentException failure(String sentence) {
        return new InvalidExperimentException(
                file.toString(), List.of(ExperimentFault.at(new Position(file.toString(), 0, 0), "", sentence)));
    }
}
