package io.github.spirabr.examples.cli;

import io.github.spirabr.core.pipeline.PipelineEvent;
import io.github.spirabr.core.pipeline.PipelineListener;
import io.github.spirabr.core.training.TrainingEvent;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a run when the process is asked to end, by Ctrl-C or SIGTERM: at a moment when a checkpoint can be kept. The process
 * waits for it, but not for ever. The Java runtime then ends with 128 plus the signal's number: 130 or 143.
 */
final class StopSignal implements PipelineListener, AutoCloseable {

    private static final int SECONDS = 20;

    /** What ends the run; not a failure. */
    static final class Stopped extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Stopped() {
            super("the run was ended; what is stored is whole, and the same command goes on from there");
        }
    }

    private final CountDownLatch ended = new CountDownLatch(1);
    private final PipelineListener progress;
    private final Thread hook;
    private volatile boolean asked;

    private StopSignal(PipelineListener progress, PrintWriter err) {
        this.progress = progress;
        this.hook = new Thread(() -> await(err), "spira-stop");
    }

    /**
     * Listens from now on, until it is closed.
     *
     * @param progress hears of everything first
     */
    static StopSignal listening(PipelineListener progress, PrintWriter err) {
        StopSignal signal = new StopSignal(progress, err);
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    private void await(PrintWriter err) {
        asked = true;
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

    /** Whether the process was asked to end. */
    boolean asked() {
        return asked;
    }

    @Override
    public void onPipeline(PipelineEvent event) {
        progress.onPipeline(event);
        if (asked && !(event instanceof PipelineEvent.Saved)) {
            throw new Stopped();
        }
    }

    @Override
    public void onTraining(TrainingEvent event) {
        progress.onTraining(event);
        if (asked && event instanceof TrainingEvent.StepCompleted) {
            // The trainer looks before its next step, and keeps a checkpoint where there is a place for it.
            Thread.currentThread().interrupt();
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
