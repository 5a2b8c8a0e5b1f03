package io.github.spirabr.core.pipeline;

import java.util.Map;

/**
 * Port: tells people what a run has found. Its files are saved with the model, so that they appear with it or not at
 * all. Implementations are immutable and safe for any number of threads.
 */
@FunctionalInterface
public interface RunReporter {

    /**
     * Makes the files of the report.
     *
     * @param run whose model is not saved yet; equal runs give equal bytes
     * @return contents by name, see {@link io.github.spirabr.core.registry.ModelArtifact#requireFileName}; none is called
     *     {@code model.properties}, {@code provenance.properties} or {@code certificate.properties}, or as one of the network's files
     */
    Map<String, byte[]> report(TrainingRun run);
}
