package io.github.spirabr.core.prediction;

import io.github.spirabr.core.artifact.HeardRecording;
import io.github.spirabr.core.artifact.StoredModel;
import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.evaluation.DecisionRule;
import io.github.spirabr.core.evaluation.Diagnosis;
import io.github.spirabr.core.model.NetworkDescription;
import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.ShortRecordingException;
import io.github.spirabr.core.preprocessing.WindowSpan;
import io.github.spirabr.core.quality.InputMeasures;
import io.github.spirabr.core.quality.InputStatistics;
import io.github.spirabr.core.quality.QualityWarning;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Target;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.core.work.Parallelism;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A stored model that predicts. It uses exactly the reader, transforms, windows, features and decision rule that are stored with
 * it. Safe for any number of threads, which all get the same bits. {@link #close} frees the network's memory.
 *
 * <p>A prediction is {@link Diagnosis#INCONCLUSIVE}, with the reason, if the probability lies in the model's inconclusive band, or
 * if the recording is silent, heavily clipped, shorter than a window, or unlike the training set. See {@link
 * io.github.spirabr.core.quality.QualityLimits} and {@link InputStatistics}.
 *
 * <pre>{@code
 * // given: ModelRepository models, byte[] wav
 * try (Predictor predictor = Predictor.open(models, "spira", "champion")) {
 *     Prediction prediction = predictor.predict("recording 1", wav);
 *     System.out.println(prediction.diagnosis() + " " + prediction.probability());
 * }
 * }</pre>
 */
public final class Predictor implements AutoCloseable {

    private final StoredModel stored;
    private final Preprocessing preprocessing;
    private final QualityCheck quality;
    private final TrainedModel model;

    private Predictor(StoredModel stored, TrainedModel model) {
        this.stored = stored;
        this.preprocessing = stored.preprocessing();
        this.quality = new QualityCheck(stored.recipe().windowing(), stored.limits(), stored.inputStatistics());
        this.model = model;
    }

    /**
     * Opens a version with all components of the class path.
     *
     * @throws ModelRepositoryException if it is not there or damaged
     * @throws io.github.spirabr.core.component.ComponentException if a part that it needs is not on the class path
     */
    public static Predictor open(ModelRepository models, ModelVersion version) {
        return open(models, version, Components.discover());
    }

    /**
     * Opens a version.
     *
     * @param components the components that create its parts
     * @throws ModelRepositoryException if it does not exist or is damaged
     * @throws io.github.spirabr.core.component.ComponentException if a part that it needs is not known
     */
    public static Predictor open(ModelRepository models, ModelVersion version, Components components) {
        return open(models, version, components, Parallelism.allProcessors());
    }

    /**
     * Opens a version that predicts on a limited number of threads.
     *
     * @param components the providers of its parts
     * @param parallelism the number of threads of the network; the probabilities do not depend on it
     * @throws ModelRepositoryException if it is not there or damaged
     * @throws io.github.spirabr.core.component.ComponentException if a part that it needs is not known
     */
    public static Predictor open(
            ModelRepository models, ModelVersion version, Components components, Parallelism parallelism) {
        ModelArtifact artifact = models.load(version);
        StoredModel stored = StoredModel.read(version, artifact, components);
        return new Predictor(stored, stored.restore(artifact, parallelism));
    }

    /**
     * Opens the version that has an alias now, with all components of the class path. It stays with that version; a
     * {@link FollowingPredictor} goes on with the next one.
     *
     * @param alias such as {@code champion}
     * @throws ModelRepositoryException if no version has it
     * @throws ModelRepositoryException if the version is damaged
     * @throws io.github.spirabr.core.component.ComponentException if a part that it needs is not on the class path
     */
    public static Predictor open(ModelRepository models, String name, String alias) {
        return open(models, version(models, name, alias), Components.discover());
    }

    static ModelVersion version(ModelRepository models, String name, String alias) {
        return models.find(name, alias).orElseThrow(() -> new ModelRepositoryException("no version of the model '" + name
                + "' has the alias '" + alias + "'; it has the versions " + models.versions(name)
                + " and the aliases " + models.aliases(name).keySet() + "; promote one"));
    }

    /** Returns the model's version. */
    public ModelVersion version() {
        return stored.version();
    }

    /** Returns the fingerprint of the recordings and labels of the model's run; empty if an older version stored the model. */
    public Optional<String> dataFingerprint() {
        return stored.dataFingerprint();
    }

    /** Returns the decision rule of the model. */
    public DecisionRule decision() {
        return stored.recipe().decision();
    }

    /** Returns the condition that the model detects, with the names of its classes. */
    public Target target() {
        return stored.recipe().target();
    }

    /**
     * Returns the statistics of the model's input over its training set; empty if an older version of the library
     * stored the model.
     */
    public Optional<InputStatistics> inputStatistics() {
        return stored.inputStatistics();
    }

    /**
     * Returns the settings of all its parts, by path, as they are stored: reader, windows, features, network,
     * threshold.
     */
    public SortedMap<String, String> settings() {
        return stored.recipe().describe();
    }

    /**
     * Returns all that a program needs to run the exported network itself: the {@link #settings}, {@code name} and
     * {@code version} of the model, and {@code data}, the fingerprint of the recordings that it was trained on.
     */
    public SortedMap<String, String> description() {
        SortedMap<String, String> description = new TreeMap<>(settings());
        description.put("name", version().name());
        description.put("version", Integer.toString(version().number()));
        dataFingerprint().ifPresent(data -> description.put("data", data));
        return description;
    }

    /**
     * Returns the network's layers and weights, for exporters; empty if they cannot be described independently of a
     * framework.
     */
    public Optional<NetworkDescription> network() {
        return model.describe();
    }

    /** Returns the network's own files by name, for exporters: see {@link TrainedModel#state}. */
    public Map<String, byte[]> networkFiles() {
        return model.state();
    }

    /**
     * Decodes a recording and predicts its diagnosis.
     *
     * @param recording the id that the answer, or a failure, names
     * @param audio the encoded bytes, taken as untrusted
     * @throws AudioException if it cannot be read
     * @throws ModelRepositoryException if the network's output is no probability
     */
    public Prediction predict(String recording, AudioSource audio) {
        return answer(recording, stored.recipe().reader().read(recording, audio));
    }

    /**
     * Predicts for encoded bytes in memory.
     *
     * @param audio not changed, and not to be changed during the call
     * @throws AudioException if they cannot be read
     */
    public Prediction predict(String recording, byte[] audio) {
        return predict(recording, AudioSource.ofBytes(recording, audio));
    }

    /**
     * Predicts for encoded bytes of a stream.
     *
     * @param audio read to its end, or up to the reader's limits, and closed
     * @throws AudioException if they cannot be read
     */
    public Prediction predict(String recording, InputStream audio) {
        AtomicBoolean opened = new AtomicBoolean();
        return predict(recording, AudioSource.of(recording, () -> {
            if (opened.getAndSet(true)) {
                throw new IOException("the stream was read already; it can be read only once");
            }
            return audio;
        }));
    }

    /**
     * Reads all recordings of a subject and returns one answer, as in the model's subject-level metrics: the mean of
     * the recordings' probabilities, under the same rule. Recordings whose quality allows no answer are left out of the
     * mean, and reported.
     *
     * @param recordings encoded bytes by the recordings' ids, at least one; answered in the map's order
     * @throws AudioException if one of them cannot be read
     */
    public SubjectPrediction predictSubject(String subject, Map<String, AudioSource> recordings) {
        if (recordings.isEmpty()) {
            throw new IllegalArgumentException("the recordings of " + subject + " must not be empty; add at least one");
        }
        List<Prediction> answers = new ArrayList<>();
        recordings.forEach((id, audio) -> answers.add(predict(id, audio)));
        OptionalDouble probability = answers.stream()
                .filter(Prediction::bearsAnswer)
                .flatMapToDouble(one -> one.probability().stream())
                .average();
        List<String> reasons = new ArrayList<>();
        if (probability.isPresent()) {
            undecided(probability.getAsDouble()).ifPresent(reasons::add);
        } else {
            answers.forEach(one -> one.reasons().forEach(reason -> reasons.add(one.recording() + ": " + reason)));
        }
        return SubjectPrediction.builder(subject, diagnosis(probability, reasons), version())
                .probability(probability).recordings(answers).reasons(reasons).target(target())
                .dataFingerprint(dataFingerprint()).build();
    }

    /**
     * Computes the measures of the network's input for a recording, to be compared with {@link #inputStatistics}. Does
     * not run the network.
     *
     * @throws AudioException if it cannot be read, or is too short for windows that are not padded
     */
    public InputMeasures measures(String recording, AudioSource audio) {
        Waveform waveform = stored.recipe().reader().read(recording, audio);
        try {
            return HeardRecording.of(waveform, preprocessing.features(waveform)).measures();
        } catch (ShortRecordingException e) {
            throw new AudioException(recording, AudioException.Reason.TOO_SHORT, e.getMessage(), e);
        }
    }

    private Prediction answer(String recording, Waveform waveform) {
        List<WindowSpan> spans;
        List<FeatureMatrix> features;
        try {
            spans = preprocessing.spans(waveform);
            requireRoom(recording, spans, preprocessing, Runtime.getRuntime().maxMemory() / 2);
            features = preprocessing.features(waveform);
        } catch (ShortRecordingException e) {
            return prediction(recording, OptionalDouble.empty(), List.of(), quality.tooShort(waveform, e));
        }
        double[] windows = stored.requireProbabilities(model.predict(features), "a window of recording " + recording);
        return prediction(
                recording,
                OptionalDouble.of(decision().probability(windows)),
                curve(windows, spans, waveform.sampleRate()),
                quality.check(waveform, features));
    }

    /**
     * Checks the memory that the features of a recording take before they are made.
     *
     * @param most bytes
     * @throws AudioException if they take more
     */
    static void requireRoom(String recording, List<WindowSpan> spans, Preprocessing preprocessing, long most) {
        FeatureExtractor extractor = preprocessing.extractor();
        long values = 0;
        for (WindowSpan span : spans) {
            InputShape shape = preprocessing.shape(span.length());
            long extracted = (long) extractor.frames(span.length()) * extractor.features();
            values += Math.max(extracted, (long) shape.frames() * shape.features());
        }
        long bytes = values * Float.BYTES;
        if (bytes > most) {
            throw new AudioException(recording, AudioException.Reason.TOO_LARGE, "the features of its " + spans.size()
                    + " windows must take at most " + (most >> 20) + " MB, half of Java's heap, but take " + (bytes >> 20)
                    + " MB; cut the recording, or give Java more memory with -Xmx", null);
        }
    }

    private Prediction prediction(
            String recording, OptionalDouble probability, List<Prediction.Window> curve, List<QualityWarning> warnings) {
        List<String> reasons = new ArrayList<>();
        warnings.stream().filter(QualityWarning::decisive).map(QualityWarning::text).forEach(reasons::add);
        if (reasons.isEmpty()) {
            probability.stream().boxed().flatMap(value -> undecided(value).stream()).forEach(reasons::add);
        }
        return Prediction.builder(recording, diagnosis(probability, reasons), version())
                .probability(probability).windows(curve).warnings(warnings).reasons(reasons)
                .target(target()).dataFingerprint(dataFingerprint()).build();
    }

    private Diagnosis diagnosis(OptionalDouble probability, List<String> reasons) {
        return reasons.isEmpty() ? decision().decide(probability.orElseThrow()) : Diagnosis.INCONCLUSIVE;
    }

    private Optional<String> undecided(double probability) {
        return decision().decide(probability) != Diagnosis.INCONCLUSIVE
                ? Optional.empty()
                : Optional.of(String.format(Locale.ROOT,
                        "the probability %.3f lies in the band from %.3f to %.3f, in which the model decides nothing",
                        probability, decision().lower(), decision().upper()));
    }

    private static List<Prediction.Window> curve(double[] probabilities, List<WindowSpan> spans, int sampleRate) {
        List<Prediction.Window> curve = new ArrayList<>(probabilities.length);
        for (int w = 0; w < probabilities.length; w++) {
            WindowSpan span = spans.get(w);
            curve.add(new Prediction.Window(
                    time(span.start(), sampleRate), time((long) span.start() + span.length(), sampleRate), probabilities[w]));
        }
        return curve;
    }

    private static Duration time(long samples, int sampleRate) {
        return Duration.ofNanos(Math.round(samples * 1e9 / sampleRate));
    }

    @Override
    public void close() {
        model.close();
    }
}
