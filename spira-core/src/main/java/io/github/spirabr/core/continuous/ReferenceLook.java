package io.github.spirabr.core.continuous;

import io.github.spirabr.core.promotion.PromotionGate.Check;
import io.github.spirabr.core.promotion.PromotionGate.Check.Result;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Counts how often a challenger is compared on the frozen reference set, before it is. */
final class ReferenceLook {

    private ReferenceLook() {}

    /**
     * Returns the change plan's checks of one more use of the reference set; empty without a reference set. An allowed
     * use is counted.
     */
    static List<Check> take(RoundContext round, ModelVersion challenger, List<Recording> heldOut, DataSnapshot snapshot) {
        ChangePlan plan = round.parts().plan();
        if (plan.reference().isEmpty()) {
            return List.of();
        }
        TrainingState state = round.state();
        String now = DataSnapshot.of(heldOut.stream().filter(one -> plan.reference().contains(one.subject()))
                .map(one -> snapshot.entries().get(one.id())).toList()).version();
        boolean same = state.reference.isEmpty() || state.reference.get().equals(now);
        Set<Integer> taken = new HashSet<>(state.looks);
        taken.add(challenger.number());
        boolean allowed = taken.size() <= plan.looks().orElse(Integer.MAX_VALUE);
        if (allowed && same) {
            state.reference = Optional.of(now);
            state.looks.add(challenger.number());
            state.save();
        }
        return List.of(frozen(same), counted(plan, taken.size(), allowed));
    }

    private static Check frozen(boolean same) {
        return Check.of("reference set", same ? Result.PASSED : Result.FAILED, same
                ? "the reference set is as it was frozen"
                : "the recordings of the reference set have changed since it was frozen; restore them, or name a new set");
    }

    private static Check counted(ChangePlan plan, int taken, boolean allowed) {
        String limit = plan.looks().isPresent() ? ", where " + plan.looks().getAsInt() + " are allowed" : "";
        double most = plan.looks().isPresent() ? plan.looks().getAsInt() : Double.NaN;
        String finding = "the reference set is used for the " + taken + ". time" + limit
                + (allowed ? "" : "; name a new one that no model was chosen by");
        return Check.builder("looks", allowed ? Result.PASSED : Result.FAILED, finding)
                .value(taken)
                .bound(most)
                .subjects(plan.reference().size())
                .build();
    }
}
