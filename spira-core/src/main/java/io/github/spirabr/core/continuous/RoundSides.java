package io.github.spirabr.core.continuous;

import io.github.spirabr.core.artifact.StoredProvenance;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.recording.Label;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The sets of a round's subjects: as in earlier rounds, or in the champion's training, and the reference set's. */
final class RoundSides {

    private RoundSides() {}

    /**
     * Returns the sets of all subjects that were ever listed.
     *
     * @throws InvalidDatasetException if a subject of the reference set was in another set than the held-out one
     */
    static SortedMap<String, Side> of(Dataset dataset, RoundContext round) {
        Map<String, EnumSet<Label>> listed = new HashMap<>();
        dataset.recordings().forEach(one ->
                listed.computeIfAbsent(one.subject(), any -> EnumSet.noneOf(Label.class)).add(one.label()));
        return new SubjectSides(round.parts().shares(), round.parts().seed()).assign(known(dataset, round), listed);
    }

    private static Map<String, Side> known(Dataset dataset, RoundContext round) {
        Map<String, Side> known = new TreeMap<>(round.state().sides);
        if (known.isEmpty() && round.champion().isPresent()) {
            known.putAll(StoredProvenance.of(round.parts().models().load(round.champion().get()))
                    .sides(dataset.subjects()));
        }
        for (String subject : round.parts().plan().reference()) {
            Side before = known.put(subject, Side.TEST);
            if (before != null && before != Side.TEST) {
                throw new InvalidDatasetException("the reference set of the change plan", List.of("subject " + subject
                        + " is in the " + before.name().toLowerCase(Locale.ROOT)
                        + " set since an earlier round; take it out of the reference set, whose subjects must not be"
                        + " seen in training"));
            }
        }
        return known;
    }
}
