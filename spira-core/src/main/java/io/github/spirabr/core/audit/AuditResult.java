package io.github.spirabr.core.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The result of an audit that found no leak, except those that the user explicitly allows. Immutable.
 *
 * @param method of the fingerprints
 * @param recordings number of compared recordings
 * @param trainingNoises number of noises used in training
 * @param evaluationNoises number of noises used in evaluation
 * @param tooQuiet ids of recordings with too little sound to be recognised in another form; of these, only identical
 *     samples are found
 * @param sharedNoises noises used in training and evaluation, which the user explicitly allows
 * @param likeSubjects subjects of two sets whose names differ in case, blanks, accents, dashes or leading zeros only, and
 *     who may be one person
 */
public record AuditResult(
        String method,
        int recordings,
        int trainingNoises,
        int evaluationNoises,
        List<String> tooQuiet,
        List<Leak> sharedNoises,
        List<Leak> likeSubjects) {

    private static final String METHOD = "method";
    private static final String RECORDINGS = "recordings";
    private static final String TRAINING_NOISES = "noises.training";
    private static final String EVALUATION_NOISES = "noises.evaluation";
    private static final String TOO_QUIET = "tooQuiet.";
    private static final String SHARED = "sharedNoise.";
    private static final String ALIKE = "likeSubject.";
    private static final List<String> LEAK = List.of(".first", ".firstSide", ".second", ".secondSide");

    /** Copies the lists. */
    public AuditResult {
        tooQuiet = List.copyOf(tooQuiet);
        sharedNoises = List.copyOf(sharedNoises);
        likeSubjects = List.copyOf(likeSubjects);
    }

    /** As sorted names with values, of which {@link #read} makes an equal one. */
    public SortedMap<String, String> describe() {
        SortedMap<String, String> text = new TreeMap<>();
        text.put(METHOD, method);
        text.put(RECORDINGS, Integer.toString(recordings));
        text.put(TRAINING_NOISES, Integer.toString(trainingNoises));
        text.put(EVALUATION_NOISES, Integer.toString(evaluationNoises));
        for (int i = 0; i < tooQuiet.size(); i++) {
            text.put(TOO_QUIET + i, tooQuiet.get(i));
        }
        for (int i = 0; i < sharedNoises.size(); i++) {
            text.put(SHARED + i + ".training", sharedNoises.get(i).first());
            text.put(SHARED + i + ".evaluation", sharedNoises.get(i).second());
        }
        for (int i = 0; i < likeSubjects.size(); i++) {
            Leak leak = likeSubjects.get(i);
            List<String> values = List.of(leak.first(), leak.firstSide(), leak.second(), leak.secondSide());
            for (int j = 0; j < LEAK.size(); j++) {
                text.put(ALIKE + i + LEAK.get(j), values.get(j));
            }
        }
        return text;
    }

    /** Reads the result of {@link #describe}; empty if the text contains none. */
    public static Optional<AuditResult> read(Map<String, String> text) {
        if (!text.containsKey(METHOD)) {
            return Optional.empty();
        }
        List<String> quiet = new ArrayList<>();
        while (text.containsKey(TOO_QUIET + quiet.size())) {
            quiet.add(text.get(TOO_QUIET + quiet.size()));
        }
        List<Leak> shared = new ArrayList<>();
        while (text.containsKey(SHARED + shared.size() + ".training")) {
            String name = SHARED + shared.size();
            shared.add(sharedNoise(text.get(name + ".training"), text.get(name + ".evaluation")));
        }
        List<Leak> alike = new ArrayList<>();
        while (text.containsKey(ALIKE + alike.size() + LEAK.get(0))) {
            String name = ALIKE + alike.size();
            List<String> values = LEAK.stream().map(field -> text.get(name + field)).toList();
            alike.add(new Leak(Leak.Kind.SUBJECT, values.get(0), values.get(1), values.get(2), values.get(3)));
        }
        return Optional.of(new AuditResult(
                text.get(METHOD), Integer.parseInt(text.get(RECORDINGS)), Integer.parseInt(text.get(TRAINING_NOISES)),
                Integer.parseInt(text.get(EVALUATION_NOISES)), quiet, shared, alike));
    }

    private static Leak sharedNoise(String training, String evaluation) {
        return new Leak(Leak.Kind.NOISE, training, SplitAudit.TRAINING, evaluation, SplitAudit.EVALUATION);
    }
}
