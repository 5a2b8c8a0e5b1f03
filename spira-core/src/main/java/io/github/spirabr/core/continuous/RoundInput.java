package io.github.spirabr.core.continuous;

import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.Optional;

/**
 * What a round's pipeline is made for.
 *
 * @param number of the round, counted from 1
 * @param dataset all recordings of the round
 * @param models where the champion is
 * @param champion the model in use, to go on from where a challenger is fine-tuned; empty if there is none
 */
public record RoundInput(int number, Dataset dataset, ModelRepository models, Optional<ModelVersion> champion) {}
