package io.github.spirabr.cli;

import io.github.spirabr.core.audit.SplitCertificate;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.model.EpochSummary;
import io.github.spirabr.core.model.TrainingEvent;
import io.github.spirabr.core.pipeline.PipelineEvent;
import io.github.spirabr.core.pipeline.PipelineListener;
import java.io.Console;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows a run: with a progress bar in a terminal, otherwise as plain lines. */
final class ConsoleProgress implements PipelineListener, AutoCloseable {

    private final PrintWriter out;
    private final boolean terminal;
    private @Nullable ProgressBar bar;
    private int epochs;
    private int stepsPerEpoch;
    private Duration remaining = Duration.ZERO;

    private ConsoleProgress(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    static ConsoleProgress to(PrintWriter out) {
        return new ConsoleProgress(out, isTerminal());
    }

    @Override
    public void onPipeline(PipelineEvent event) {
        if (event instanceof PipelineEvent.Loaded loaded) {
            line("%s of %s in %s", Counted.of(loaded.dataset().recordings().size(), "recording"),
                    Counted.of(loaded.dataset().subjects().size(), "subject"), loaded.dataset().name());
        } else if (event instanceof PipelineEvent.Split split) {
            split(split.split());
        } else if (event instanceof PipelineEvent.Prepared prepared) {
            read("reading", "read", prepared.done(), prepared.total());
        } else if (event instanceof PipelineEvent.Compared compared) {
            read("comparing", "compared", compared.done(), compared.total());
        } else if (event instanceof PipelineEvent.Certified certified) {
            certified(certified.certificate());
        } else if (event instanceof PipelineEvent.Rejected rejected) {
            line("left out, as they cannot be used: %d recordings", rejected.recordings().size());
            rejected.recordings().forEach(one -> line("  %s (%s)", one.detail(), one.reason()));
        } else {
            stage(event);
        }
    }

    private void stage(PipelineEvent event) {
        if (event instanceof PipelineEvent.StageStarted started) {
            line("stage %s", started.stage());
        } else if (event instanceof PipelineEvent.StageSkipped skipped) {
            line("stage %s: skipped, as recordings, settings and code are unchanged (%s)", skipped.stage(), skipped.location());
        } else if (event instanceof PipelineEvent.StageCompleted completed) {
            close();
            line("stage %s: done (%s)", completed.stage(), completed.location());
        }
    }

    private void split(DatasetSplit split) {
        line("training on %s of %s, validation on %d of %d (%s), test on %d of %d (%s)",
                Counted.of(split.training().recordings().size(), "recording"),
                Counted.of(split.training().subjects().size(), "subject"),
                split.validation().recordings().size(), split.validation().subjects().size(),
                String.join(", ", split.validation().subjects()),
                split.test().recordings().size(), split.test().subjects().size(),
                String.join(", ", split.test().subjects()));
    }

    private void read(String doing, String did, int done, int total) {
        if (terminal) {
            if (bar == null) {
                bar = open(doing, total);
            }
            bar.stepTo(done);
            if (done == total) {
                close();
            }
        } else if (done == total) {
            line("%s %d recordings", did, total);
        }
    }

    private void certified(SplitCertificate certificate) {
        if (certificate.sharedSubjects().isEmpty() && certificate.pretraining().isEmpty()) {
            int compared = certificate.audit().recordings();
            line("the sides of the split are apart: no subject, recording, part of one or noise is on two of them; %d of %d"
                    + " recordings compared in any form", compared - certificate.audit().tooQuiet().size(), compared);
        }
        certificate.warnings().forEach(warning -> line("WARNING: %s", warning));
    }

    @Override
    public void onTraining(TrainingEvent event) {
        if (event instanceof TrainingEvent.Started started) {
            epochs = started.epochs();
            stepsPerEpoch = started.stepsPerEpoch();
            line("training %,d parameters for %d epochs of %d steps", started.parameters(), epochs, stepsPerEpoch);
            if (terminal) {
                bar = open("training", (long) epochs * stepsPerEpoch);
            }
        } else if (event instanceof TrainingEvent.Resumed resumed) {
            resumed.damaged().forEach(one -> line("%s", one));
            line("going on in epoch %d, after %d steps", resumed.epoch(), resumed.step());
        } else if (event instanceof TrainingEvent.StepCompleted step) {
            remaining = step.remaining();
            if (bar != null) {
                bar.setExtraMessage(String.format(Locale.ROOT, " epoch %d/%d, loss %.3f", step.epoch(), epochs, step.loss()));
                bar.stepTo((long) (step.epoch() - 1) * stepsPerEpoch + step.step());
            }
        } else if (event instanceof TrainingEvent.EpochCompleted completed && bar == null) {
            epoch(completed.summary(), completed.best());
        }
        if (event instanceof TrainingEvent.StoppedEarly stopped) {
            close();
            line("stopped early after epoch %d of %d: %s; the model of epoch %d is kept",
                    stopped.epoch(), epochs, stopped.reason(), stopped.bestEpoch());
        }
        if (event instanceof TrainingEvent.EpochCompleted completed && completed.summary().epoch() == epochs) {
            close();
        }
    }

    private void epoch(EpochSummary summary, boolean best) {
        line("epoch %d/%d: training loss %.4f, validation loss %.4f, validation accuracy %.3f%s, %d s left",
                summary.epoch(), epochs, summary.trainingLoss(), summary.validationLoss(),
                summary.validationAccuracy(), best ? " (best so far)" : "", remaining.toSeconds());
    }

    private void line(String format, Object... values) {
        out.printf(Locale.ROOT, format + "%n", values);
        out.flush();
    }

    private static ProgressBar open(String task, long steps) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(steps)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .build();
    }

    /** Ends the bar, if there is one, so that what follows starts on a line of its own. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }

    /** Tells whether a console is a terminal; from JDK 22 on there is one without a terminal, too. */
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }
}
