package io.github.spirabr.core.continuous;

import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.inspection.RecordingInspector;
import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.work.Parallelism;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The parts of a {@link ContinuousTraining}. */
record ContinuousParts(
        List<RecordingSource> recordings,
        RecordingInspector inspector,
        Function<RoundInput, TrainingPipeline.Builder> pipeline,
        List<RetrainingTrigger> triggers,
        ChangePlan plan,
        ModelRepository models,
        String modelName,
        Components components,
        Journal journal,
        Map<Side, Double> shares,
        Clock clock,
        String holder,
        Duration lease,
        long seed,
        Parallelism parallelism,
        RoundListener listener) {}
