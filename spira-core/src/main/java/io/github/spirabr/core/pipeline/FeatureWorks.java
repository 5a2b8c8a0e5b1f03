package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.artifact.HeardRecording;
import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.dataset.TrainingSet;
import io.github.spirabr.core.internal.MemoryBudget;
import io.github.spirabr.core.internal.OrderedMap;
import io.github.spirabr.core.internal.WorkThreads;
import io.github.spirabr.core.model.EvaluationData;
import io.github.spirabr.core.model.FeatureStream;
import io.github.spirabr.core.model.RecordingFeatures;
import io.github.spirabr.core.model.TrainingData;
import io.github.spirabr.core.model.TrainingData.Sampling;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.PreprocessingException;
import io.github.spirabr.core.preprocessing.ShortRecordingException;
import io.github.spirabr.core.probe.ProbedModel;
import io.github.spirabr.core.quality.InputMeasures;
import io.github.spirabr.core.quality.InputStatistics;
import io.github.spirabr.core.quality.InputStatistics.OfSubject;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A computation of features of recordings on several threads, in order, which caches as many as fit into memory. */
final class FeatureWorks {

    private static final Logger LOG = LoggerFactory.getLogger(TrainingPipeline.class);

    private final WorkThreads threads;
    private final Waveforms waveforms;
    private final Preprocessing preprocessing;
    private final RandomStreams random;
    private final @Nullable StoredFeatures stored;
    private final @Nullable PreparedSides prepared;
    private final RecordingCache<RecordingFeatures> features;
    /** The measures of every recording, a few numbers each. */
    private final Map<String, InputMeasures> measures = new ConcurrentHashMap<>();

    FeatureWorks(
            WorkThreads threads,
            Waveforms waveforms,
            Preprocessing preprocessing,
            RandomStreams random,
            MemoryBudget budget,
            @Nullable StoredFeatures stored,
            @Nullable PreparedSides prepared) {
        this.threads = threads;
        this.waveforms = waveforms;
        this.preprocessing = preprocessing;
        this.random = random;
        this.stored = stored;
        this.prepared = prepared;
        this.features = new RecordingCache<>(budget, FeatureWorks::bytes);
    }

    /** Visits every recording once, so that all unusable ones are known before anything is trained. */
    void prepare(DatasetSplit split, Preparation preparation) {
        prepare(Side.TRAINING, split.training().recordings(), preparation);
        prepare(Side.VALIDATION, split.validation().recordings(), preparation);
        prepare(Side.TEST, split.test().recordings(), preparation);
    }

    private void prepare(Side side, List<Recording> recordings, Preparation preparation) {
        if (prepared != null && prepared.names().containsKey(side)) {
            prepared.keep(side, recordings, preparation, this::plain);
        } else if (side == Side.TRAINING && preprocessing.augmentsWaveforms()) {
            preparation.check(recordings, this::heard);
        } else {
            preparation.check(recordings, this::plain);
        }
    }

    /**
     * Caches the waveform for its augmentations, and computes its measures without augmentation; refuses one that is
     * too short.
     */
    private String heard(Recording recording) {
        Waveform waveform = waveforms.keep(recording);
        measures.put(recording.id(), HeardRecording.of(waveform, preprocessing.features(waveform)).measures());
        return recording.id();
    }

    /**
     * Computes the statistics of the input over the training set, from prepared recordings, and the number of
     * validation recordings that are unlike it.
     */
    InputStatistics inputStatistics(DatasetSplit split) {
        return InputStatistics.fit(
                split.training().recordings().stream()
                        .map(one -> new OfSubject(one.subject(), measured(one)))
                        .toList(),
                split.validation().recordings().stream().map(this::measured).toList());
    }

    /** Computes the features of a recording, keeps them if they fit into memory, and returns the measures of its input. */
    InputMeasures visited(Recording recording) {
        plain(recording);
        return measured(recording);
    }

    private InputMeasures measured(Recording recording) {
        InputMeasures known = measures.get(recording.id());
        return known == null ? computed(recording).measures() : known;
    }

    TrainingData training(TrainingSet set) {
        return new TrainingData() {
            @Override
            public int recordings() {
                return set.recordings().size();
            }

            @Override
            public FeatureStream epoch(int epoch, int skip) {
                List<Recording> order = new ArrayList<>(set.recordings());
                Collections.shuffle(order, new Random(random.stream("order", epoch, "").nextLong()));
                return stream(order.subList(skip, order.size()), recording -> augmented(recording, epoch));
            }

            @Override
            public FeatureStream epoch(int epoch, int skip, Sampling sampling) {
                if (sampling == Sampling.SHUFFLED) {
                    return epoch(epoch, skip);
                }
                List<Label> labels = set.recordings().stream().map(Recording::label).toList();
                List<Recording> order = Arrays.stream(sampling.draw(labels, random.stream("order", epoch, "")))
                        .mapToObj(set.recordings()::get)
                        .toList();
                return stream(order.subList(skip, order.size()), recording -> augmented(recording, epoch));
            }
        };
    }

    EvaluationData evaluation(List<Recording> recordings) {
        return data(recordings, this::plain);
    }

    /** Returns the recordings that can be read and are long enough for a window; the others are written to the log. */
    List<Recording> usable(List<Recording> recordings) {
        List<Recording> usable = new ArrayList<>();
        try (OrderedMap<Recording, Optional<Recording>> all = threads.map(recordings, this::ifUsable)) {
            all.forEachRemaining(one -> one.ifPresent(usable::add));
        }
        return usable;
    }

    private Optional<Recording> ifUsable(Recording recording) {
        try {
            plain(recording);
            return Optional.of(recording);
        } catch (AudioException | ShortRecordingException e) {
            LOG.warn("recording {} is left out: {}", recording.id(), e.getMessage());
            return Optional.empty();
        }
    }

    /** Returns the recordings, changed after they were read. */
    EvaluationData evaluation(List<Recording> recordings, ProbedModel.WaveformChange change) {
        return data(recordings, recording -> new RecordingFeatures(
                recording, preprocessing.features(change.apply(waveforms.read(recording), recording))));
    }

    private EvaluationData data(List<Recording> set, Function<Recording, RecordingFeatures> work) {
        return new EvaluationData() {
            @Override
            public int recordings() {
                return set.size();
            }

            @Override
            public FeatureStream open() {
                return stream(set, work);
            }
        };
    }

    private RecordingFeatures plain(Recording recording) {
        return features.get(recording, wanted -> new RecordingFeatures(wanted, windows(wanted)));
    }

    private List<FeatureMatrix> windows(Recording recording) {
        Optional<List<FeatureMatrix>> kept = prepared == null ? Optional.empty() : prepared.get(recording);
        return kept.orElseGet(() -> {
            HeardRecording heard = stored == null
                    ? computed(recording)
                    : stored.get(recording.audio(), () -> computed(recording));
            measures.computeIfAbsent(recording.id(), id -> heard.measures());
            return heard.windows();
        });
    }

    private HeardRecording computed(Recording recording) {
        Waveform waveform = waveforms.read(recording);
        return HeardRecording.of(waveform, preprocessing.features(waveform));
    }

    private RecordingFeatures augmented(Recording recording, int epoch) {
        if (!preprocessing.augments()) {
            return plain(recording);
        }
        if (!preprocessing.augmentsWaveforms()) {
            return new RecordingFeatures(recording,
                    preprocessing.augmentFeatures(plain(recording).windows(), recording, epoch, random));
        }
        try {
            return new RecordingFeatures(recording,
                    preprocessing.trainingFeatures(waveforms.keep(recording), recording, epoch, random));
        } catch (ShortRecordingException e) {
            throw new PreprocessingException("recording " + recording.id() + " as augmented in epoch " + epoch + ": "
                    + e.getMessage() + ", or use augmentations that do not shorten them", e);
        }
    }

    private FeatureStream stream(List<Recording> recordings, Function<Recording, RecordingFeatures> work) {
        OrderedMap<Recording, RecordingFeatures> results = threads.map(recordings, work);
        return new FeatureStream() {
            @Override
            public boolean hasNext() {
                return results.hasNext();
            }

            @Override
            public RecordingFeatures next() {
                return results.next();
            }

            @Override
            public void close() {
                results.close();
            }
        };
    }

    private static long bytes(RecordingFeatures recording) {
        long values = 0;
        for (FeatureMatrix window : recording.windows()) {
            values += (long) window.frames() * window.features();
        }
        return Float.BYTES * values;
    }
}
