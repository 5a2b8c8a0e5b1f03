package io.github.spirabr.cli;

import io.github.spirabr.config.ExperimentFile;
import io.github.spirabr.config.RetrainingPlanFile;
import io.github.spirabr.core.continuous.RoundListener;
import io.github.spirabr.core.pipeline.PipelineListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** A process that runs a round as {@code spira retrain} does, and stops dead after a step, as a power failure would. */
final class HaltingRound {

    static final int HALTED = 99;

    private HaltingRound() {}

    /** Arguments: experiment, plan, the step after which to halt, the hours that its clock is ahead. */
    public static void main(String[] arguments) {
        RoundListener.Step last = RoundListener.Step.valueOf(arguments[2]);
        RetrainCommand.training(
                        ExperimentFile.at(Path.of(arguments[0])).read(),
                        RetrainingPlanFile.at(Path.of(arguments[1])).read(),
                        new PipelineListener() {})
                .holder("halting")
                .clock(ahead(Integer.parseInt(arguments[3])))
                .listener((step, detail) -> {
                    if (step == last) {
                        Runtime.getRuntime().halt(HALTED);
                    }
                })
                .build()
                .round();
    }

    /** A clock that is some hours ahead, so that the lease of a holder who died before is over. */
    static Clock ahead(int hours) {
        return Clock.offset(Clock.systemUTC(), Duration.ofHours(hours));
    }

    static Process start(Path experiment, Path plan, RoundListener.Step last, int hours, Path output) throws IOException {
        return start(Map.of(), experiment, plan, last, hours, output);
    }

    static Process start(
            Map<String, String> environment, Path experiment, Path plan, RoundListener.Step last, int hours, Path output)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                HaltingRound.class.getName(), experiment.toString(), plan.toString(), last.name(),
                Integer.toString(hours))
                .redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return builder.start();
    }
}
