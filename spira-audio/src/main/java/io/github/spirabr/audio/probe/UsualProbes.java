package io.github.spirabr.audio.probe;

import io.github.spirabr.core.probe.MatchedSubjects;
import io.github.spirabr.core.probe.Probe;
import io.github.spirabr.core.probe.Robustness.Bounds;
import java.util.ArrayList;
import java.util.List;

/** The probes that need no further data and no further training, which experiment files have by default. */
public final class UsualProbes {

    private static final Bounds BOUNDS = new Bounds(0.1, 0.1, false);

    private UsualProbes() {}

    /** Returns all of them with their defaults. */
    public static List<Probe> all() {
        List<Probe> all = new ArrayList<>(withoutTraining());
        all.add(AudioMetadataOnly.probe());
        all.add(MatchedSubjects.onAllColumns());
        return List.copyOf(all);
    }

    /** Returns those that need no training set, with their defaults. */
    public static List<Probe> withoutTraining() {
        return List.of(
                NoiseOnly.standard(),
                Level.of(Level.USUAL, BOUNDS),
                BandWidth.of(BandWidth.USUAL, true, BOUNDS),
                Codec.all(BOUNDS));
    }
}
