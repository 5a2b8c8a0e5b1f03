package io.github.spirabr.core.dataset;

import io.github.spirabr.core.internal.SubjectColumns;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Labelled recordings, in a fixed order, with unique ids and both classes. Immutable and thread-safe. It can be
 * inspected and split; only a split's training set can be augmented and trained on.
 */
public final class Dataset {

    private final String name;
    private final List<Recording> recordings;

    private final List<String> notes;

    private Dataset(String name, List<Recording> recordings, List<String> notes) {
        this.name = name;
        this.recordings = recordings;
        this.notes = notes;
    }

    /**
     * Returns a data set of these recordings.
     *
     * @param name name for messages, such as the manifest's path
     * @param recordings at least one of each class, with unique ids
     * @throws InvalidDatasetException otherwise
     */
    public static Dataset of(String name, List<Recording> recordings) {
        return of(name, recordings, List.of());
    }

    /**
     * Returns a data set of these recordings, with notes on their listing.
     *
     * @param name name for messages, such as the manifest's path
     * @param recordings at least one of each class, with unique ids
     * @param notes a sentence for each finding, such as rows that were left out
     * @throws InvalidDatasetException if there are not such recordings
     */
    public static Dataset of(String name, List<Recording> recordings, List<String> notes) {
        List<String> faults = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        SortedSet<String> twice = new TreeSet<>();
        recordings.forEach(recording -> {
            if (!ids.add(recording.id())) {
                twice.add(recording.id());
            }
        });
        if (!twice.isEmpty()) {
            faults.add("recordings listed twice: " + String.join(", ", twice));
        }
        if (recordings.isEmpty()) {
            faults.add("no recordings");
        } else {
            for (Label label : Label.values()) {
                if (recordings.stream().noneMatch(recording -> recording.label() == label)) {
                    faults.add("no recording of class " + label.code() + " (" + label
                            + "); training needs both classes, the negative one (0) and the positive one (1)");
                }
            }
        }
        if (!faults.isEmpty()) {
            throw new InvalidDatasetException(name, faults);
        }
        return new Dataset(name, List.copyOf(recordings), List.copyOf(notes));
    }

    /** Returns the name of the data set in messages. */
    public String name() {
        return name;
    }

    /** Returns all recordings, in the order in which they are listed. */
    public List<Recording> recordings() {
        return recordings;
    }

    /**
     * Returns the recordings of rooms in which nobody speaks, see {@link Recording#isAmbient}. They belong to no set of a split
     * and follow their subject: those of test subjects are for the probe of the room, those of training subjects may be noise.
     */
    public List<Recording> ambient() {
        return recordings.stream().filter(Recording::isAmbient).toList();
    }

    /**
     * Returns the data set without the {@link #ambient} recordings, which alone is split.
     *
     * @throws InvalidDatasetException if a class has ambient recordings only
     */
    public Dataset withoutAmbient() {
        return recordings.stream().noneMatch(Recording::isAmbient)
                ? this : of(name, recordings.stream().filter(one -> !one.isAmbient()).toList(), notes);
    }

    /**
     * Returns a sentence for each subject whose class differs within a session, or between its sessions. Recordings that tell
     * no session are not compared: a subject may have recordings of both classes there.
     *
     * @param bySession whether the class may differ between sessions
     */
    public List<String> labelFaults(boolean bySession) {
        return SessionLabels.faults(recordings, bySession);
    }

    /** Returns a sentence for each finding of the listing that is no fault, such as rows that were left out. */
    public List<String> notes() {
        return notes;
    }

    /** Returns all subjects, sorted by name. */
    public SortedSet<String> subjects() {
        return subjectsOf(recordings);
    }

    /**
     * Returns the columns of the manifest that may name the speakers, such as {@code Subject} or {@code speaker_id}, if each
     * recording counts as a subject of its own; else none. A speaker with several recordings would then be in two sets.
     */
    public List<String> likelySubjectColumns() {
        return SubjectColumns.suspects(recordings);
    }

    /**
     * Splits all but the {@link #ambient} recordings: by subject; by recording only with a {@link SubjectLeakingSplit}.
     *
     * @param seed seed of the run
     * @throws InvalidDatasetException if the splitter cannot give every set both classes
     */
    public DatasetSplit split(Splitter splitter, long seed) {
        return splitter.split(withoutAmbient(), seed);
    }

    static SortedSet<String> subjectsOf(List<Recording> recordings) {
        SortedSet<String> subjects = new TreeSet<>();
        recordings.forEach(recording -> subjects.add(recording.subject()));
        return subjects;
    }
}
