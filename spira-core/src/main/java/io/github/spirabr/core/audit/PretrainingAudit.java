package io.github.spirabr.core.audit;

import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.internal.Parts;
import io.github.spirabr.core.model.PriorTraining;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Searches the validation and test sets for subjects and recordings that the weights of a stored model have learned from. */
final class PretrainingAudit {

    private static final int NAMED = 10;

    private PretrainingAudit() {}

    /** See {@link SplitAudit#searchPretraining}. */
    static List<String> search(
            String dataset, DatasetSplit split, PriorTraining prior, Function<Recording, Optional<String>> contents) {
        List<Leak> leaks = new ArrayList<>();
        String weights = "pretrained weights '" + prior.model() + "'";
        for (Side side : List.of(Side.VALIDATION, Side.TEST)) {
            String name = side.name().toLowerCase(Locale.ROOT);
            SortedSet<String> known = new TreeSet<>();
            for (Recording one : SplitCounts.recordings(split, side)) {
                if (prior.subjects().contains(one.subject())) {
                    known.add("subject '" + one.subject() + "'");
                } else if (Stream.of(one, Parts.whole(one)).flatMap(any -> contents.apply(any).stream())
                        .anyMatch(prior.recordings()::contains)) {
                    known.add("recording " + one.id());
                }
            }
            known.forEach(found -> leaks.add(new Leak(Leak.Kind.PRETRAINED, found, weights, found, name)));
        }
        if (!leaks.isEmpty() && !prior.mayBeHeldOut()) {
            throw new LeakException(dataset, leaks);
        }
        return warnings(prior, leaks);
    }

    private static List<String> warnings(PriorTraining prior, List<Leak> leaks) {
        List<String> warnings = new ArrayList<>();
        if (!leaks.isEmpty()) {
            warnings.add(known(prior, leaks));
        }
        if (prior.unknown()) {
            boolean nothing = prior.subjects().isEmpty() && prior.recordings().isEmpty();
            warnings.add("Training starts from the weights '" + prior.model() + "', "
                    + (nothing ? "" : "some of ") + "whose training subjects are not known"
                    + ". If any of them is in the validation or test set, the metrics are too high.");
        }
        return warnings;
    }

    private static String known(PriorTraining prior, List<Leak> leaks) {
        String shown = leaks.stream().limit(NAMED).map(leak -> leak.first() + " (" + leak.secondSide() + ")")
                .collect(Collectors.joining(", "));
        return "Training starts from the weights '" + prior.model() + "', which were trained on " + shown
                + (leaks.size() > NAMED ? " and " + (leaks.size() - NAMED) + " more" : "")
                + ", as the settings say. The metrics do not hold for subjects not seen in training.";
    }
}
