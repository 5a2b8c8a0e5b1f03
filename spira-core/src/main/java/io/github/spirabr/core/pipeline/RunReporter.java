package io.github.spirabr.core.pipeline;

import java.util.Map;

/**
 * Port: reports a run's findings. The report's files are saved together with the model. Implementations are immutable
 * and safe for any number of threads.
 */
@FunctionalInterface
public interface RunReporter {

    /**
     * Creates the files of the report.
     *
     * @param run the run, whose model is not saved yet; equal runs give equal bytes
     * @return contents by name, see {@link io.github.spirabr.core.registry.ModelArtifact#requireFileName}; no name is
     *     {@code model.properties}, {@code provenance.properties}, {@code certificate.properties} or that of one of the
     *     network's files
     */
    Map<String, byte[]> report(TrainingRun run);
}
