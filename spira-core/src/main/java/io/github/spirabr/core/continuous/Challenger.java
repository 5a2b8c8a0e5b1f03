package io.github.spirabr.core.continuous;

import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.Map;
import java.util.Optional;

/**
 * What a round has trained.
 *
 * @param model as it is stored
 * @param known whether it is the champion, or was judged before: then it is not judged again
 */
record Challenger(ModelVersion model, boolean known) {

    /** Trains it, unless a model of the same recordings and settings is there, such as that of a round that was broken off. */
    static Challenger train(RoundContext round, Dataset dataset, Map<String, Side> sides) {
        ContinuousTraining.Parts parts = round.parts();
        TrainingPipeline pipeline = parts.pipeline()
                .apply(new RoundInput(round.number(), dataset, parts.models(), round.champion()))
                .recordings(() -> dataset)
                .split((any, seed) -> RoundSides.listed(sides, any))
                .models(parts.models())
                .modelName(parts.modelName())
                .reporter(ChallengerFile::report)
                .build();
        Optional<ModelVersion> done = pipeline.findDone();
        return done.isEmpty()
                ? new Challenger(pipeline.run().model(), false)
                : new Challenger(done.get(), done.equals(round.champion()) || wasJudged(parts.journal(), done.get()));
    }

    private static boolean wasJudged(Journal journal, ModelVersion version) {
        return RoundHistory.of(journal).rounds().stream()
                .anyMatch(round -> round.outcome().judged() && round.challenger().equals(Optional.of(version.number())));
    }
}
