package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.evaluation.ClinicalMetrics;
import io.github.spirabr.core.quality.InputMeasures;
import io.github.spirabr.core.quality.InputStatistics;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.List;
import java.util.Optional;

/**
 * The findings of an {@link ExternalValidation}. Contains no time, path or machine.
 *
 * @param model the model that was tested
 * @param dataset name of the data set
 * @param run the answers with their metrics, groups and probes; its training and validation sets are empty, and its answers on
 *     the validation set are those on the test set
 * @param recalibration calibration intercept and slope, for information: nothing was recalibrated
 * @param trainedOn statistics of the input over the model's training set; empty if an older library stored the model
 * @param measures the same measures of each tested recording
 * @param knownSounds number of sounds of the model's training that the recordings were compared with; 0 if the model has none
 * @param warnings sentences that must accompany the metrics
 */
public record ExternalFindings(
        ModelVersion model,
        String dataset,
        TrainingRun run,
        ClinicalMetrics recalibration,
        Optional<InputStatistics> trainedOn,
        List<InputMeasures> measures,
        int knownSounds,
        List<String> warnings) {

    /** Copies the lists. */
    public ExternalFindings {
        measures = List.copyOf(measures);
        warnings = List.copyOf(warnings);
    }
}
