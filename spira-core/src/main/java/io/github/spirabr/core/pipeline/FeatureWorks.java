package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.dataset.EvaluationSet;
import io.github.spirabr.core.dataset.TrainingSet;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.training.EvaluationData;
import io.github.spirabr.core.training.FeatureStream;
import io.github.spirabr.core.training.RecordingFeatures;
import io.github.spirabr.core.training.TrainingData;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Makes features of recordings on several threads, in order, and keeps what fits into memory. */
final class FeatureWorks implements AutoCloseable {

    private final AudioReader reader;
    private final Preprocessing preprocessing;
    private final RandomStreams random;
    private final ExecutorService executor;
    private final int lookAhead;
    private final RecordingCache<Waveform> waveforms;
    private final RecordingCache<RecordingFeatures> features;

    FeatureWorks(AudioReader reader, Preprocessing preprocessing, RandomStreams random, int threads, long cacheBytes) {
        this.reader = reader;
        this.preprocessing = preprocessing;
        this.random = random;
        this.lookAhead = 2 * threads;
        AtomicInteger number = new AtomicInteger();
        this.executor = Executors.newFixedThreadPool(threads, runnable -> {
            Thread thread = new Thread(runnable, "spira-features-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        MemoryBudget budget = new MemoryBudget(cacheBytes);
        this.waveforms = new RecordingCache<>(budget, waveform -> (long) Float.BYTES * waveform.length());
        this.features = new RecordingCache<>(budget, FeatureWorks::bytes);
    }

    /**
     * Decodes every recording once, so that all unusable ones are known before anything is trained.
     *
     * @param progress hears how many are done
     * @return those that cannot be used, in the order of the sides
     */
    List<RejectedRecording> prepare(DatasetSplit split, IntConsumer progress) {
        List<RejectedRecording> rejected = new ArrayList<>();
        Consumer<Recording> work = preprocessing.augments() ? this::waveform : this::plain;
        int done = prepare(split.training().recordings(), work, rejected, 0, progress);
        done = prepare(split.validation().recordings(), this::plain, rejected, done, progress);
        prepare(split.test().recordings(), this::plain, rejected, done, progress);
        return rejected;
    }

    private int prepare(
            List<Recording> recordings,
            Consumer<Recording> work,
            List<RejectedRecording> rejected,
            int done,
            IntConsumer progress) {
        int count = done;
        try (OrderedMap<Recording, Optional<RejectedRecording>> results = new OrderedMap<>(
                executor, recordings.iterator(), recording -> attempt(recording, work), lookAhead)) {
            while (results.hasNext()) {
                results.next().ifPresent(rejected::add);
                progress.accept(++count);
            }
        }
        return count;
    }

    private static Optional<RejectedRecording> attempt(Recording recording, Consumer<Recording> work) {
        try {
            work.accept(recording);
            return Optional.empty();
        } catch (AudioException e) {
            return Optional.of(new RejectedRecording(recording, e.reason(), e.getMessage()));
        }
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
                order = order.subList(skip, order.size());
                return stream(order, preprocessing.augments() ? recording -> augmented(recording, epoch) : r -> plain(r));
            }
        };
    }

    EvaluationData evaluation(EvaluationSet set) {
        return new EvaluationData() {
            @Override
            public int recordings() {
                return set.recordings().size();
            }

            @Override
            public FeatureStream open() {
                return stream(set.recordings(), recording -> plain(recording));
            }
        };
    }

    private Waveform waveform(Recording recording) {
        return waveforms.get(recording, wanted -> reader.read(wanted.id(), wanted.audio()));
    }

    private RecordingFeatures plain(Recording recording) {
        return features.get(recording, wanted ->
                new RecordingFeatures(wanted, preprocessing.features(reader.read(wanted.id(), wanted.audio()))));
    }

    private RecordingFeatures augmented(Recording recording, int epoch) {
        return new RecordingFeatures(
                recording, preprocessing.trainingFeatures(waveform(recording), recording, epoch, random));
    }

    private FeatureStream stream(List<Recording> recordings, Function<Recording, RecordingFeatures> work) {
        OrderedMap<Recording, RecordingFeatures> results =
                new OrderedMap<>(executor, recordings.iterator(), work, lookAhead);
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

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
