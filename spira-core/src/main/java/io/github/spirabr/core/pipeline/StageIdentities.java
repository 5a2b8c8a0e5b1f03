package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.audit.SplitAudit;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.recording.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Identities of the outcomes of each stage, computed from all that the outcome depends on: its own settings,
 * recordings' contents, code. A change to anything else leaves the identity as it is.
 */
final class StageIdentities {

    private final PipelineParts parts;
    private final RecordingContents contents;
    private final AmbientRecordings ambient;

    StageIdentities(PipelineParts parts, RecordingContents contents, AmbientRecordings ambient) {
        this.parts = parts;
        this.contents = contents;
        this.ambient = ambient;
    }

    /** Returns the identity of a recording's encoded bytes and its part of them; empty if they cannot be read. */
    Optional<String> content(Recording recording) {
        return contents.ifReadable(recording);
    }

    /** Returns the recordings that cannot be used, as far as that is known before any is decoded. */
    List<RejectedRecording> faults(List<Recording> recordings) {
        return recordings.stream().flatMap(one -> contents.fault(one).stream()).toList();
    }

    /** Returns the identity of the whole run. */
    String run(DatasetSplit split) {
        TrainingIdentity identity = new TrainingIdentity(parts.seed());
        if (parts.audit() != null) {
            // Runs without an audit keep the identity that they had before there were any.
            identity.value("audit " + parts.audit().method() + Optional.empty());
        }
        if (!parts.target().equals(Target.STANDARD)) {
            identity.value(parts.target());
        }
        if (!parts.furtherProvenance().isEmpty()) {
            identity.value(parts.furtherProvenance());
        }
        if (!ambient.all().isEmpty()) {
            identity.value("ambient").recordings(List.of(readable(ambient.all())), contents);
        }
        if (!parts.baseline()) {
            identity.value("no baseline");
        }
        return identity
                .value("library " + LibraryVersion.VALUE)
                .parts(List.of(parts.reader(), parts.model(), parts.trainer()))
                .plan(parts.preprocessing())
                .parts(parts.protocols())
                .parts(parts.probes())
                .value(parts.rejections())
                .value(parts.operatingPoint())
                .value(parts.calibrate())
                .parts(List.of(parts.aggregation()))
                .value(parts.abstention())
                .value(parts.qualityLimits())
                .recordings(sides(split).map(this::readable).toList(), contents)
                .hash();
    }

    /** Returns the identity of the visit of all recordings. It depends on the seed through the split alone. */
    String features(DatasetSplit split) {
        boolean drawn = parts.preprocessing() instanceof Preprocessing fitted && fitted.augmentsWaveforms()
                || !parts.preprocessing().augmentations().isEmpty();
        TrainingIdentity identity = of(Stage.FEATURES)
                .parts(List.of(parts.reader()))
                .cutting(parts.preprocessing())
                .value(drawn)
                .value(parts.rejections())
                .recordings(sides(split).map(this::readable).toList(), contents);
        sides(split).forEach(identity::metadata);
        return identity.hash();
    }

    /** Returns the identity of the features of some recordings, which depend on no random draw. */
    String features(Preprocessing fitted, List<Recording> recordings) {
        return of(Stage.FEATURES)
                .parts(List.of(parts.reader()))
                .cutting(fitted)
                .recordings(List.of(readable(recordings)), contents)
                .metadata(recordings)
                .hash();
    }

    /** Returns the identity of the audit of the split. */
    String audit(SplitAudit audit, DatasetSplit split) {
        return of(Stage.FEATURES)
                .value("audit " + audit.method())
                .parts(List.of(parts.reader()))
                .parts(parts.preprocessing().augmentations())
                .parts(parts.protocols())
                .recordings(sides(split).map(this::readable).toList(), contents)
                .hash();
    }

    /** Returns the identity of the input statistics of the training set. */
    String inputs(Preprocessing fitted, DatasetSplit usable) {
        return of(Stage.FEATURES)
                .parts(List.of(parts.reader()))
                .cutting(fitted)
                .recordings(List.of(usable.training().recordings(), usable.validation().recordings()), contents)
                .hash();
    }

    /**
     * Returns the identity of the network.
     *
     * @param usable split without the rejected recordings
     */
    String train(Preprocessing fitted, InputShape input, DatasetSplit usable) {
        return of(Stage.TRAIN)
                .value(parts.seed())
                .parts(List.of(parts.reader(), parts.model(), parts.trainer(), parts.aggregation()))
                .input(input)
                .plan(fitted)
                .recordings(List.of(usable.training().recordings(), usable.validation().recordings()), contents)
                .hash();
    }

    /** Returns the identity of the answers of a network, and of its probes. */
    String evaluate(String train, DatasetSplit usable) {
        TrainingIdentity identity = of(Stage.EVALUATE)
                .value(train)
                .value(parts.operatingPoint())
                .value(parts.calibrate())
                .value(parts.abstention())
                .parts(parts.protocols())
                .parts(parts.probes())
                .recordings(List.of(usable.test().recordings()), contents);
        if (!ambient.test().isEmpty()) {
            identity.value("ambient").recordings(List.of(readable(ambient.test())), contents);
        }
        sides(usable).forEach(identity::metadata);
        return identity.hash();
    }

    /**
     * Returns the identity of the comparison of a network with the baseline.
     *
     * @param evaluate identity of the network's answers
     */
    String baseline(String evaluate, FeatureExtractor extractor, DatasetSplit usable) {
        return of(Stage.EVALUATE)
                .value(evaluate)
                .parts(List.of(parts.reader(), extractor))
                .recordings(List.of(usable.training().recordings(), usable.test().recordings()), contents)
                .hash();
    }

    private static TrainingIdentity of(Stage stage) {
        return new TrainingIdentity()
                .value(stage + " " + WorkStore.FORMAT)
                .value("library " + LibraryVersion.VALUE);
    }

    private static Stream<List<Recording>> sides(DatasetSplit split) {
        return Stream.of(split.training().recordings(), split.validation().recordings(), split.test().recordings());
    }

    private List<Recording> readable(List<Recording> recordings) {
        return recordings.stream().filter(contents::has).toList();
    }
}
