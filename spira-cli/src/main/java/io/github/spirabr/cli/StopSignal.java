package io.github.spirabr.cli;

import io.github.spirabr.core.SpiraException;
import io.github.spirabr.core.model.TrainingEvent;
import io.github.spirabr.core.pipeline.PipelineEvent;
import io.github.spirabr.core.pipeline.PipelineListener;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Ends a run when the process is asked to end, by Ctrl-C or SIGTERM: at a moment when a checkpoint can be kept. The process
 * waits for it, but not for ever. The Java runtime then ends with 128 plus the signal's number: 130 or 143.
 */
final class StopSignal implements PipelineListener, AutoCloseable {

    private static final int SECONDS = 20;

    /** Thrown to end the run; not a failure. */
    private static final class Stopped extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Stopped() {
            super("the run was ended; what is stored is whole, and the same command goes on from there");
        }
    }

    private final CountDownLatch ended = new CountDownLatch(1);
    private final PipelineListener progress;
    private final Thread hook;
    private volatile boolean asked;

    private StopSignal(PipelineListener progress, ConsoleProgress shown, PrintWriter err) {
        this.progress = progress;
        this.hook = new Thread(() -> await(shown, err), "spira-stop");
    }

    /**
     * Does something that may be asked to end.
     *
     * @param listener receives every event first
     * @param progress display of the listener; closed when the work is over
     * @param work receives the listener of all events
     * @return empty if it was asked to end, and has
     */
    static <T> Optional<T> during(
            PipelineListener listener, ConsoleProgress progress, PrintWriter err, Function<PipelineListener, T> work) {
        try (progress; StopSignal stop = listening(listener, progress, err)) {
            try {
                return Optional.of(work.apply(stop));
            } catch (SpiraException | Stopped e) {
                if (!stop.asked) {
                    throw e;
                }
                progress.close();
                err.println("spira: " + e.getMessage());
                err.flush();
                return Optional.empty();
            }
        }
    }

    private static StopSignal listening(PipelineListener progress, ConsoleProgress shown, PrintWriter err) {
        StopSignal signal = new StopSignal(progress, shown, err);
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    private void await(ConsoleProgress shown, PrintWriter err) {
        asked = true;
        shown.close();
        err.println("spira: asked to end");
        err.flush();
        try {
            if (!ended.await(SECONDS, TimeUnit.SECONDS)) {
                err.println("spira: ended without waiting any longer; what is stored is whole, and the same command goes on"
                        + " from there");
                err.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onPipeline(PipelineEvent event) {
        progress.onPipeline(event);
        if (asked && !(event instanceof PipelineEvent.Saved)) {
            // Whoever catches it knows by this that the work has not failed.
            Thread.currentThread().interrupt();
            throw new Stopped();
        }
    }

    @Override
    public void onTraining(TrainingEvent event) {
        if (asked && event instanceof TrainingEvent.StepCompleted) {
            // The trainer looks before its next step, and keeps a checkpoint where there is a place for it.
            Thread.currentThread().interrupt();
        } else {
            progress.onTraining(event);
        }
    }

    /** The run is over, whichever way. */
    @Override
    public void close() {
        ended.countDown();
        if (!asked) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The process began to end at this very moment; the hook finds the run ended.
                asked = true;
            }
        }
    }
}
