package io.github.spirabr.core.model;

import io.github.spirabr.core.internal.Document;
import io.github.spirabr.core.internal.DocumentException;
import io.github.spirabr.core.internal.Table;
import io.github.spirabr.core.internal.adapter.PlainText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The subjects and recordings that a model was trained on, and those that the weights which it started from were trained
 * on, and so forth. A training that starts from this model must not be tested on them. Immutable and thread-safe.
 */
public final class PriorTraining {

    /** The name of the file of a stored model that holds the prior training. */
    public static final String FILE = "trained-on.tsv";

    private static final String PROVENANCE = "provenance.properties";
    private static final String SUBJECTS = "training.subjects";
    private static final String SUBJECT = "subject";
    private static final String RECORDING = "recording";
    private static final String UNKNOWN = "unknown";

    private final String model;
    private final SortedSet<String> subjects;
    private final SortedSet<String> recordings;
    private final boolean unknown;
    private final boolean mayBeHeldOut;

    private PriorTraining(String model, Collection<String> subjects, Collection<String> recordings, boolean unknown,
            boolean mayBeHeldOut) {
        this.model = model;
        this.subjects = subjects.stream().map(PlainText::of).collect(
                Collectors.collectingAndThen(Collectors.toCollection(TreeSet::new), Collections::unmodifiableSortedSet));
        this.recordings = Collections.unmodifiableSortedSet(new TreeSet<>(recordings));
        this.unknown = unknown;
        this.mayBeHeldOut = mayBeHeldOut;
    }

    /**
     * Returns the prior training of a model. It is unknown if there are neither subjects nor recordings.
     *
     * @param model name for messages
     * @param subjects names of the subjects of the training set
     * @param recordings hashes of the encoded bytes of its recordings, and of the whole files of those that are parts
     */
    public static PriorTraining of(String model, Collection<String> subjects, Collection<String> recordings) {
        return new PriorTraining(model, subjects, recordings, subjects.isEmpty() && recordings.isEmpty(), false);
    }

    /**
     * Reads the prior training of a stored model. Models of older versions list only their subjects; weights that do not
     * belong to a stored model list nothing.
     *
     * @param model name for messages
     * @param files files of the model
     * @throws TrainingException if the file with the prior training is damaged
     */
    public static PriorTraining read(String model, Map<String, byte[]> files) {
        try {
            return readFiles(model, files);
        } catch (DocumentException e) {
            throw new TrainingException("the subjects that model '" + model + "' was trained on could not be read: "
                    + e.getMessage(), e);
        }
    }

    private static PriorTraining readFiles(String model, Map<String, byte[]> files) {
        byte[] table = files.get(FILE);
        if (table != null) {
            List<String> subjects = new ArrayList<>();
            List<String> recordings = new ArrayList<>();
            List<String> unknown = new ArrayList<>();
            Table.read(FILE, table, row -> kind(row.get(0), subjects, recordings, unknown).add(row.get(1)));
            boolean nothing = subjects.isEmpty() && recordings.isEmpty();
            return new PriorTraining(model, subjects, recordings, nothing || !unknown.isEmpty(), false);
        }
        byte[] provenance = files.get(PROVENANCE);
        String names = provenance == null
                ? "" : Document.read(PROVENANCE, provenance).toMap().getOrDefault(SUBJECTS, "");
        return of(model, Arrays.stream(names.split(",")).filter(name -> !name.isEmpty()).toList(), List.of());
    }

    private static List<String> kind(
            String word, List<String> subjects, List<String> recordings, List<String> unknown) {
        return switch (word) {
            case SUBJECT -> subjects;
            case RECORDING -> recordings;
            case UNKNOWN -> unknown;
            default -> throw new IllegalArgumentException("a row must be of kind '" + SUBJECT + "', '" + RECORDING + "' or '"
                    + UNKNOWN + "', but was '" + word + "'");
        };
    }

    /** Returns a copy whose subjects and recordings may be used for validation and test. */
    public PriorTraining allowHeldOut() {
        return new PriorTraining(model, subjects, recordings, unknown, true);
    }

    /** Returns the prior training of the next model: this one, with further subjects and recordings. Unknown stays unknown. */
    public PriorTraining and(Collection<String> moreSubjects, Collection<String> moreRecordings) {
        List<String> allSubjects = new ArrayList<>(subjects);
        allSubjects.addAll(moreSubjects);
        List<String> allRecordings = new ArrayList<>(recordings);
        allRecordings.addAll(moreRecordings);
        return new PriorTraining(model, allSubjects, allRecordings, unknown, mayBeHeldOut);
    }

    /** Returns the content of {@link #FILE}. */
    public byte[] toBytes() {
        List<List<String>> rows = new ArrayList<>();
        subjects.forEach(name -> rows.add(List.of(SUBJECT, name)));
        recordings.forEach(hash -> rows.add(List.of(RECORDING, hash)));
        if (unknown && !rows.isEmpty()) {
            rows.add(List.of(UNKNOWN, "training before"));
        }
        return Table.write(rows);
    }

    /** Returns the name of the model in messages. */
    public String model() {
        return model;
    }

    /** Returns true if there may be further subjects and recordings, as those of some weights are not known. */
    public boolean unknown() {
        return unknown;
    }

    /** Returns the names of all known subjects. */
    public SortedSet<String> subjects() {
        return subjects;
    }

    /** Returns the hashes of the encoded bytes of all known recordings, and of the whole files of those that are parts. */
    public SortedSet<String> recordings() {
        return recordings;
    }

    /** Returns true if the user has allowed the subjects and recordings to be used for validation and test. */
    public boolean mayBeHeldOut() {
        return mayBeHeldOut;
    }
}
