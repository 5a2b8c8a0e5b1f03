package io.github.spirabr.core.model;

import io.github.spirabr.core.internal.Document;
import io.github.spirabr.core.internal.DocumentException;
import io.github.spirabr.core.internal.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The subjects and recordings that a model was trained on, and those that the weights which it started from were trained
 * on, and so forth. A training that starts from these weights must not be tested on them. Immutable and thread-safe.
 */
public final class PriorTraining {

    /** The file of a stored model that holds it. */
    public static final String FILE = "trained-on.tsv";

    private static final String PROVENANCE = "provenance.properties";
    private static final String SUBJECTS = "training.subjects";
    private static final String SUBJECT = "subject";
    private static final String RECORDING = "recording";

    private final String model;
    private final SortedSet<String> subjects;
    private final SortedSet<String> recordings;
    private final boolean mayBeHeldOut;

    private PriorTraining(String model, Collection<String> subjects, Collection<String> recordings, boolean mayBeHeldOut) {
        this.model = model;
        this.subjects = Collections.unmodifiableSortedSet(new TreeSet<>(subjects));
        this.recordings = Collections.unmodifiableSortedSet(new TreeSet<>(recordings));
        this.mayBeHeldOut = mayBeHeldOut;
    }

    /**
     * Returns the prior training of a model.
     *
     * @param model name for messages
     * @param subjects names of the subjects of the training set
     * @param recordings hashes of the encoded bytes of its recordings
     */
    public static PriorTraining of(String model, Collection<String> subjects, Collection<String> recordings) {
        return new PriorTraining(model, subjects, recordings, false);
    }

    /**
     * Reads what a stored model says. A model of an older version says its subjects alone; weights that are not of a stored
     * model say nothing.
     *
     * @param model name for messages
     * @param files files of the model
     * @throws TrainingException if the file that says it is damaged
     */
    public static PriorTraining read(String model, Map<String, byte[]> files) {
        try {
            return readFiles(model, files);
        } catch (DocumentException e) {
            throw new TrainingException("the model '" + model + "' must say which subjects it was trained on, but "
                    + e.getMessage(), e);
        }
    }

    private static PriorTraining readFiles(String model, Map<String, byte[]> files) {
        byte[] table = files.get(FILE);
        if (table != null) {
            List<String> subjects = new ArrayList<>();
            List<String> recordings = new ArrayList<>();
            Table.read(FILE, table, row -> kind(row.get(0), subjects, recordings).add(row.get(1)));
            return of(model, subjects, recordings);
        }
        byte[] provenance = files.get(PROVENANCE);
        String names = provenance == null
                ? "" : Document.read(PROVENANCE, provenance).toMap().getOrDefault(SUBJECTS, "");
        return of(model, Arrays.stream(names.split(",")).filter(name -> !name.isEmpty()).toList(), List.of());
    }

    private static List<String> kind(String word, List<String> subjects, List<String> recordings) {
        return switch (word) {
            case SUBJECT -> subjects;
            case RECORDING -> recordings;
            default -> throw new IllegalArgumentException("a row is of the kind '" + word + "'");
        };
    }

    /** Returns the same, of which subjects and recordings may be validated and tested on. */
    public PriorTraining allowHeldOut() {
        return new PriorTraining(model, subjects, recordings, true);
    }

    /** Returns what the next model was trained on: this, and the given. */
    public PriorTraining and(Collection<String> moreSubjects, Collection<String> moreRecordings) {
        List<String> allSubjects = new ArrayList<>(subjects);
        allSubjects.addAll(moreSubjects);
        List<String> allRecordings = new ArrayList<>(recordings);
        allRecordings.addAll(moreRecordings);
        return new PriorTraining(model, allSubjects, allRecordings, mayBeHeldOut);
    }

    /** Returns the content of {@link #FILE}. */
    public byte[] toBytes() {
        List<List<String>> rows = new ArrayList<>();
        subjects.forEach(name -> rows.add(List.of(SUBJECT, name)));
        recordings.forEach(hash -> rows.add(List.of(RECORDING, hash)));
        return Table.write(rows);
    }

    /** Returns the name of the model in messages. */
    public String model() {
        return model;
    }

    /** Returns the names of all subjects; empty if they are not known. */
    public SortedSet<String> subjects() {
        return subjects;
    }

    /** Returns the hashes of the encoded bytes of all recordings; empty if they are not known. */
    public SortedSet<String> recordings() {
        return recordings;
    }

    /** Returns true if the user has said that its subjects may be validated and tested on. */
    public boolean mayBeHeldOut() {
        return mayBeHeldOut;
    }
}
