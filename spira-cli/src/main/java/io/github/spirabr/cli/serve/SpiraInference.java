package io.github.spirabr.cli.serve;

import io.github.spirabr.core.prediction.Predictor;
import io.github.spirabr.core.prediction.SubjectPrediction;
import io.github.spirabr.core.recording.AudioSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The form that SPIRA's inference service exchanges: it has the recordings {@code aceite}, {@code sustentada}, {@code
 * parlenda} and {@code frase} of a patient, and gives back a list of numbers and a diagnosis, {@code positive}, {@code
 * negative} or {@code inconclusive}. As of the public repositories SPIRA-Inference-Service and SPIRA-API (2022).
 *
 * @param inferenceId the service's id of the question; its JSON field {@code inference_id}
 * @param output the probability of each recording that was given, in the order above; empty unless every one has a
 *     probability, so that a number's place always says whose it is
 * @param diagnosis one answer for the patient, in lower case
 */
record SpiraInference(String inferenceId, List<Double> output, String diagnosis) {

    /** The recordings, in their order, each with the name that older versions of the service call it by. */
    private static final Map<String, String> RECORDINGS = recordings();

    /** Copies the list. */
    public SpiraInference {
        output = List.copyOf(output);
    }

    private static Map<String, String> recordings() {
        Map<String, String> recordings = new LinkedHashMap<>();
        recordings.put("aceite", "aceite");
        recordings.put("sustentada", "vogal_sustentada");
        recordings.put("parlenda", "parlenda_ritmada");
        recordings.put("frase", "frase");
        return recordings;
    }

    /**
     * Asks for one answer.
     *
     * @param predictor predictor that is asked
     * @param inferenceId the service's id of the question
     * @param recordings at least one, by the names above; {@code vogal_sustentada} and {@code parlenda_ritmada}, as older
     *     versions of the service call them, are understood, too
     * @throws IllegalArgumentException if there is no recording, two of one name, or one of another name
     * @throws io.github.spirabr.core.audio.AudioException if one cannot be read
     */
    static SpiraInference of(Predictor predictor, String inferenceId, Map<String, AudioSource> recordings) {
        Map<String, AudioSource> inOrder = new LinkedHashMap<>();
        Set<String> unknown = new TreeSet<>(recordings.keySet());
        RECORDINGS.forEach((recording, older) -> {
            unknown.removeAll(List.of(recording, older));
            AudioSource audio = recordings.get(recording);
            AudioSource olderAudio = recordings.get(older);
            if (audio != null && olderAudio != null && !recording.equals(older)) {
                throw new IllegalArgumentException("the inference has both " + recording + " and " + older
                        + ", which are names of one recording; give it once");
            }
            if (audio != null || olderAudio != null) {
                inOrder.put(recording, audio != null ? audio : olderAudio);
            }
        });
        if (!unknown.isEmpty() || inOrder.isEmpty()) {
            throw new IllegalArgumentException("an inference has the recordings " + RECORDINGS.keySet()
                    + ", at least one of them, but got " + recordings.keySet());
        }
        return of(inferenceId, predictor.predictSubject(inferenceId, inOrder));
    }

    /**
     * An answer in this form.
     *
     * @param inferenceId the service's id of the question
     */
    static SpiraInference of(String inferenceId, SubjectPrediction answer) {
        List<Double> output = new ArrayList<>();
        answer.recordings().forEach(one -> one.probability().ifPresent(output::add));
        return new SpiraInference(
                inferenceId,
                output.size() == answer.recordings().size() ? output : List.of(),
                answer.diagnosis().name().toLowerCase(Locale.ROOT));
    }
}
