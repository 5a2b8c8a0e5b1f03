package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.preprocessing.Augmentation;
import io.github.spirabr.core.probe.AmbientOnly;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The recordings of rooms that a run sets apart before it splits: none of them is in a set, each follows its subject.
 *
 * @param all all of them, in the order in which they are listed
 * @param training those of subjects of the training set alone
 * @param test those of subjects of the test set alone
 */
record AmbientRecordings(List<Recording> all, List<Recording> training, List<Recording> test) {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingPipeline.class);

    static AmbientRecordings of(List<Recording> ambient, DatasetSplit split) {
        return new AmbientRecordings(ambient, in(split.training().subjects(), ambient, split),
                in(split.test().subjects(), ambient, split));
    }

    private static List<Recording> in(SortedSet<String> subjects, List<Recording> ambient, DatasetSplit split) {
        Set<String> shared = split.sharedSubjects();
        return ambient.stream().filter(one -> subjects.contains(one.subject()) && !shared.contains(one.subject())).toList();
    }

    /** Returns the parts with the probe of the room, and with the training subjects' rooms as noises where these are used. */
    PipelineParts in(PipelineParts parts) {
        if (all.isEmpty()) {
            return inRooms(parts);
        }
        boolean probed = parts.probes().isEmpty() || parts.probes().stream()
                .anyMatch(probe -> probe.description().type().equals(AmbientOnly.TYPE));
        return inRooms(probed ? parts : parts.withProbe(AmbientOnly.standard()));
    }

    /**
     * Returns the rooms that are to be audited, by set: all of training and test if those of training are noises, else none.
     *
     * @param given the parts before {@link #in(PipelineParts)}
     * @param used the parts that it returned
     */
    Map<Side, List<Recording>> audited(PipelineParts given, PipelineParts used) {
        return used.preprocessing().augmentations().equals(given.preprocessing().augmentations())
                ? Map.of() : Map.of(Side.TRAINING, training, Side.TEST, test);
    }

    private PipelineParts inRooms(PipelineParts parts) {
        List<Augmentation> before = parts.preprocessing().augmentations();
        Map<String, Waveform> rooms = new LinkedHashMap<>();
        List<Augmentation> after = new ArrayList<>();
        for (Augmentation one : before) {
            after.add(one.inRooms(() -> rooms.isEmpty() ? read(parts, rooms) : rooms));
        }
        if (after.equals(before)) {
            return parts;
        }
        PipelineParts used = parts.withPreprocessing(parts.preprocessing().withAugmentations(after));
        used.requireOwnMaterial();
        return used;
    }

    private Map<String, Waveform> read(PipelineParts parts, Map<String, Waveform> rooms) {
        for (Recording one : training) {
            try {
                rooms.put(one.id(), parts.reader().read(one.id(), one.audio()));
            } catch (AudioException e) {
                LOG.warn("ambient recording {} is no noise for training: {}", one.id(), e.getMessage());
            }
        }
        return rooms;
    }
}
