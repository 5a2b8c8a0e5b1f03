package io.github.spirabr.core.prediction;

import io.github.spirabr.core.audio.SoundNote;
import io.github.spirabr.core.audio.SourceFormat;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.ShortRecordingException;
import io.github.spirabr.core.preprocessing.Windowing;
import io.github.spirabr.core.quality.InputMeasures;
import io.github.spirabr.core.quality.InputStatistics;
import io.github.spirabr.core.quality.QualityLimits;
import io.github.spirabr.core.quality.QualityWarning;
import io.github.spirabr.core.quality.QualityWarning.Kind;
import io.github.spirabr.core.quality.SignalLevels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A check of the quality of recordings before a model answers. Immutable. */
record QualityCheck(Windowing windowing, QualityLimits limits, Optional<InputStatistics> training) {

    /** Returns the warnings about a recording that is too short for a window. */
    List<QualityWarning> tooShort(Waveform waveform, ShortRecordingException refusal) {
        List<QualityWarning> warnings = new ArrayList<>();
        warnings.add(new QualityWarning(Kind.TOO_SHORT, true, refusal.getMessage()));
        warnings.addAll(levels(waveform, SignalLevels.of(waveform)));
        return warnings;
    }

    /** Returns the warnings about a recording with these windows. */
    List<QualityWarning> check(Waveform waveform, List<FeatureMatrix> windows) {
        List<QualityWarning> warnings = new ArrayList<>();
        shortness(waveform).ifPresent(warnings::add);
        InputMeasures measures = InputMeasures.of(waveform, windows);
        warnings.addAll(levels(waveform, measures.levels()));
        training.filter(statistics -> statistics.isUnlike(measures))
                .ifPresent(statistics -> warnings.add(unlike(statistics, measures)));
        return warnings;
    }

    /** Channels that cancel each other are the cause of silence, which then is not named beside them. */
    private List<QualityWarning> levels(Waveform waveform, SignalLevels levels) {
        List<QualityWarning> found = limits.check(levels);
        List<QualityWarning> warnings = new ArrayList<>();
        boolean cancel = false;
        for (SoundNote note : waveform.source().map(SourceFormat::notes).orElse(List.of())) {
            if (note.kind() == SoundNote.Kind.CHANNELS_CANCEL) {
                cancel = true;
                boolean decisive = found.stream().anyMatch(one -> one.kind() == Kind.SILENT && one.decisive());
                warnings.add(new QualityWarning(Kind.CHANNELS_CANCEL, decisive, note.text()));
            } else if (note.kind() != SoundNote.Kind.HEADER_DISAGREES) {
                warnings.add(new QualityWarning(Kind.INCOMPLETE, false, note.text()));
            }
        }
        for (QualityWarning one : found) {
            if (one.kind() != Kind.SILENT || !cancel) {
                warnings.add(one);
            }
        }
        return warnings;
    }

    /**
     * Checks the length. Networks with one padded window for each recording have learned from recordings shorter than
     * their window, so that only recordings shorter than all of these are refused.
     */
    private Optional<QualityWarning> shortness(Waveform waveform) {
        int window = windowing.windowLength(waveform.sampleRate());
        if (waveform.length() >= window) {
            return Optional.empty();
        }
        double seconds = (double) waveform.length() / waveform.sampleRate();
        // Kept as a 32-bit float.
        boolean decisive = training
                .map(statistics -> (float) seconds < (float) statistics.measure("durationSeconds").least())
                .orElse(false);
        String heard = decisive ? ", and than every recording that the model was trained on" : "";
        return Optional.of(new QualityWarning(Kind.TOO_SHORT, decisive, String.format(Locale.ROOT,
                "it lasts %.2f s, which is shorter than a window of %.2f s%s; record for longer",
                seconds, (double) window / waveform.sampleRate(), heard)));
    }

    private static QualityWarning unlike(InputStatistics statistics, InputMeasures measures) {
        return new QualityWarning(Kind.UNLIKE_TRAINING, true, String.format(Locale.ROOT,
                "it is unlike the recordings that the model was trained on: its features are at a distance of %.2f from them, "
                        + "and no answer is given above %.2f; use a recording of speech made as those were",
                statistics.distance(measures), statistics.bound().orElseThrow()));
    }
}
