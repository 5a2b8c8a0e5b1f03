package io.github.spirabr.core.continuous;

import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.promotion.PromotionGate;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** The challenger of a round, before training or already trained, for example by an interrupted round. */
final class Challenger {

    private final RoundContext round;
    private final TrainingPipeline pipeline;
    private final Optional<ModelVersion> found;

    Challenger(RoundContext round, Dataset dataset, Map<String, Side> sides) {
        this.round = round;
        ContinuousParts parts = round.parts();
        this.pipeline = parts.pipeline()
                .apply(new RoundInput(round.number(), dataset, parts.models(), round.champion()))
                .recordings(() -> dataset)
                .split(new RoundSplit(sides, parts.shares()))
                .models(parts.models())
                .modelName(parts.modelName())
                .addReporter(findings -> {
                    // The last moment before the model is saved.
                    round.lease().require();
                    return ChallengerFile.report(findings);
                })
                .build();
        this.found = pipeline.findDone();
    }

    /** Returns the stored model of the same recordings and settings, if that is the champion, or was judged before. */
    Optional<ModelVersion> known() {
        return found.filter(one -> Optional.of(one).equals(round.champion()) || wasJudged(one));
    }

    private boolean wasJudged(ModelVersion version) {
        return RoundHistory.of(round.parts().journal()).rounds().stream()
                .anyMatch(one -> one.outcome().judged() && one.challenger().equals(Optional.of(version.number())));
    }

    /**
     * Returns the reason why it may not be trained: a setting that differs from the champion's without the change plan
     * allowing it; empty if it may.
     */
    Optional<String> notAllowed() {
        ChangePlan plan = round.parts().plan();
        if (found.isPresent() || !plan.settingsLimited()) {
            return Optional.empty();
        }
        SortedMap<String, String> settings = pipeline.settings();
        PromotionGate.Check check = plan.settings(ChallengerFile.championSettings(round)
                .map(champion -> ChosenSettings.comparable(champion, settings)), ChosenSettings.of(settings));
        return check.result() == PromotionGate.Check.Result.FAILED ? Optional.of(check.finding()) : Optional.empty();
    }

    /** Returns the existing model, or else trains one. */
    ModelVersion train() {
        return found.isPresent() ? found.get() : pipeline.run().model();
    }
}
