package io.github.spirabr.core.continuous;

import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.Optional;

/**
 * The input for the pipeline of a round.
 *
 * @param number number of the round, counted from 1
 * @param dataset all recordings of the round
 * @param models the registry of the champion
 * @param champion the model in use, from which a challenger is fine-tuned; empty if there is none
 */
public record RoundInput(int number, Dataset dataset, ModelRepository models, Optional<ModelVersion> champion) {}
