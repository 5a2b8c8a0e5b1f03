package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.internal.OrderedMap;
import io.github.spirabr.core.internal.WorkThreads;
import io.github.spirabr.core.preprocessing.ShortRecordingException;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** A visit of every recording before training, which finds all recordings that cannot be used. Used by one thread. */
final class Preparation {

    private record Outcome<R>(
            @Nullable R result, @Nullable RejectedRecording rejected, @Nullable String refused) {}

    private final WorkThreads threads;
    private final IntConsumer progress;
    private final List<RejectedRecording> rejected = new ArrayList<>();
    private final Set<String> leftOut = new HashSet<>();
    private final List<String> refused = new ArrayList<>();
    private int done;

    /**
     * Creates a preparation.
     *
     * @param progress receives the number of completed visits
     */
    Preparation(WorkThreads threads, IntConsumer progress) {
        this.threads = threads;
        this.progress = progress;
    }

    /**
     * Does the work for each recording that was not found unusable before.
     *
     * @return the results of those that can be used, in their order
     */
    <R> List<R> visit(List<Recording> recordings, Function<Recording, R> work) {
        List<R> results = new ArrayList<>(recordings.size());
        try (Visits<R> visits = visits(recordings, work)) {
            visits.forEachRemaining(results::add);
        }
        return results;
    }

    /** Processes recordings whose results are not needed. */
    void check(List<Recording> recordings, Function<Recording, ?> work) {
        try (Visits<?> visits = visits(recordings, work)) {
            while (visits.hasNext()) {
                visits.next();
            }
        }
    }

    /** Processes recordings whose results are pulled one by one, so that only a few of them are in memory. */
    <R> Visits<R> visits(List<Recording> recordings, Function<Recording, R> work) {
        return new Visits<>(recordings.stream().filter(one -> !leftOut.contains(one.id())).toList(), work);
    }

    /** Counts visits that need not be made; a negative number of them are to be made again. */
    void counted(int visits) {
        for (int i = 0; i < visits; i++) {
            progress.accept(++done);
        }
        done += Math.min(0, visits);
    }

    /** The results of recordings that can be used, in their order; notes those that cannot. */
    final class Visits<R> implements Iterator<R>, AutoCloseable {

        private final OrderedMap<Recording, Outcome<R>> outcomes;
        private @Nullable Outcome<R> next;

        private Visits(List<Recording> recordings, Function<Recording, R> work) {
            this.outcomes = threads.map(recordings, one -> attempt(one, work));
        }

        @Override
        public boolean hasNext() {
            while (next == null && outcomes.hasNext()) {
                Outcome<R> outcome = outcomes.next();
                if (outcome.rejected != null) {
                    rejected.add(outcome.rejected);
                    leftOut.add(outcome.rejected.recording().id());
                } else if (outcome.refused != null) {
                    refused.add(outcome.refused);
                } else {
                    next = outcome;
                }
                progress.accept(++done);
            }
            return next != null;
        }

        @Override
        public R next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            R result = Objects.requireNonNull(next).result;
            next = null;
            return result;
        }

        @Override
        public void close() {
            outcomes.close();
        }
    }

    private static <R> Outcome<R> attempt(Recording recording, Function<Recording, R> work) {
        try {
            return new Outcome<>(work.apply(recording), null, null);
        } catch (AudioException e) {
            // Reports are handed on, and name no folder of this machine.
            String detail = e.getMessage().replace(recording.audio().name(), recording.id());
            String file = recording.audio().whole().name();
            if (!recording.id().contains(file)) {
                detail = detail.replace(file, recording.id());
            }
            return new Outcome<>(null, new RejectedRecording(recording, e.reason(), detail), null);
        } catch (ShortRecordingException e) {
            String detail = "recording " + recording.id() + ": " + e.getMessage();
            return e.leftOut()
                    ? new Outcome<>(null, new RejectedRecording(recording, AudioException.Reason.TOO_SHORT, detail), null)
                    : new Outcome<>(null, null, detail);
        }
    }

    /**
     * Returns the recordings that are to be left out.
     *
     * @throws InvalidDatasetException that lists all recordings which the preprocessing refuses, if there are any
     */
    List<RejectedRecording> rejected(String dataset) {
        if (!refused.isEmpty()) {
            throw new InvalidDatasetException(dataset, refused);
        }
        return List.copyOf(rejected);
    }
}
