package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.artifact.StoredProvenance;
import io.github.spirabr.core.audit.KnownSounds;
import io.github.spirabr.core.audit.SplitAudit.SoundPrint;
import io.github.spirabr.core.internal.Parts;
import io.github.spirabr.core.internal.adapter.PlainText;
import io.github.spirabr.core.model.PriorTraining;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A search for subjects and recordings that a stored model was trained or validated on. Used by one thread. */
final class SeenInTraining {

    private final ModelVersion version;
    private final String dataset;
    private final PriorTraining prior;
    private final Set<String> names;
    private final Set<String> own;
    private final SortedSet<String> subjects = new TreeSet<>();
    private final SortedSet<String> recordings = new TreeSet<>();
    private final List<String> found = new ArrayList<>();

    SeenInTraining(ModelVersion version, ModelArtifact artifact, String dataset) {
        this.version = version;
        this.dataset = dataset;
        this.prior = PriorTraining.read(version.toString(),
                artifact.fileNames().stream().collect(Collectors.toMap(name -> name, artifact::file)));
        this.own = subjects(artifact, "training");
        this.names = Stream.concat(prior.subjects().stream().map(SeenInTraining::key), subjects(artifact, "validation").stream())
                .collect(Collectors.toSet());
    }

    private static Set<String> subjects(ModelArtifact artifact, String set) {
        String names = StoredProvenance.of(artifact).values().getOrDefault(set + ".subjects", "");
        return Stream.of(names.split(",")).filter(one -> !one.isEmpty()).map(SeenInTraining::key).collect(Collectors.toSet());
    }

    private static String key(String subject) {
        return PlainText.of(subject).toLowerCase(Locale.ROOT);
    }

    /** Returns whether the model may have been trained on further subjects. */
    boolean isPartlyUnknown() {
        return prior.unknown();
    }

    /** Returns whether training started from weights that were trained on other subjects, whose sounds are not stored. */
    boolean hasEarlierSubjects() {
        // The provenance separates names by commas.
        return prior.subjects().stream().map(SeenInTraining::key).anyMatch(one -> !one.contains(",") && !own.contains(one));
    }

    /** Searches by the names of subjects, whatever their case. */
    void searchNames(SortedSet<String> ofDataset) {
        ofDataset.stream().filter(one -> names.contains(key(one))).forEach(one -> {
            subjects.add(one);
            found.add("subject '" + one + "' has the name of one of its subjects");
        });
    }

    /** Searches by the bytes of recordings and of the files that they are parts of. */
    void searchContents(List<Recording> all, RecordingContents contents) {
        all.stream().filter(one -> Stream.of(one, Parts.whole(one)).flatMap(any -> contents.ifReadable(any).stream())
                .anyMatch(prior.recordings()::contains)).forEach(one -> add(one.id(), "has the bytes of one of its recordings"));
    }

    /** Searches by the sounds of recordings, in whatever form. */
    void searchSounds(KnownSounds sounds, Map<String, SoundPrint> prints) {
        sounds.search(prints).forEach((id, kind) -> add(id, switch (kind) {
            case IDENTICAL_AUDIO -> "sounds the very same as one of its recordings";
            case NEAR_IDENTICAL_AUDIO -> "is one of its recordings, encoded anew, resampled, louder or trimmed";
            default -> "shares a part with one of its recordings";
        }));
    }

    private void add(String id, String how) {
        if (recordings.add(id)) {
            found.add("recording " + id + " " + how);
        }
    }

    /**
     * Refuses the data set if anything was found.
     *
     * @throws SeenInTrainingException that names all that was found
     */
    void refuse() {
        if (!found.isEmpty()) {
            throw new SeenInTrainingException(version, dataset, subjects, recordings, found);
        }
    }
}
