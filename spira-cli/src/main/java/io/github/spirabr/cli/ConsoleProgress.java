package io.github.spirabr.cli;

import io.github.spirabr.core.audit.SplitCertificate;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.model.EpochSummary;
import io.github.spirabr.core.model.TrainingEvent;
import io.github.spirabr.core.pipeline.PipelineEvent;
import io.github.spirabr.core.pipeline.PipelineListener;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Shows a run: with a progress bar in a terminal, otherwise as plain lines. */
final class ConsoleProgress implements PipelineListener, AutoCloseable {

    private final PrintWriter out;
    private final Optional<ProgressLine> bar;
    private final String prefix;
    private int epochs;
    private int stepsPerEpoch;
    private Duration remaining = Duration.ZERO;

    private ConsoleProgress(PrintWriter out, boolean terminal, String prefix) {
        this.out = out;
        this.bar = terminal ? Optional.of(new ProgressLine(out)) : Optional.empty();
        this.prefix = prefix;
    }

    static ConsoleProgress to(PrintWriter out) {
        return new ConsoleProgress(out, Terminal.readsErrors(), "");
    }

    /** Returns the progress of one of several runs at the same time: lines that name it, and no bar. */
    static ConsoleProgress ofOne(PrintWriter out, String name) {
        return new ConsoleProgress(out, false, name + ": ");
    }

    @Override
    public void onPipeline(PipelineEvent event) {
        if (event instanceof PipelineEvent.Loaded loaded) {
            line("%s of %s in %s", Counted.of(loaded.dataset().recordings().size(), "recording"),
                    Counted.of(loaded.dataset().subjects().size(), "subject"), loaded.dataset().name());
            int ambient = loaded.dataset().ambient().size();
            if (ambient > 0) {
                line("%s of rooms set apart: in no set, for the probe of the room", Counted.of(ambient, "recording"));
            }
            loaded.dataset().notes().forEach(note -> line("%s", note));
            ManifestColumns.subjectAdvice(loaded.dataset())
                    .ifPresent(advice -> line("%s: %s", Terminal.yellow("WARNING"), advice));
        } else if (event instanceof PipelineEvent.Split split) {
            split(split.split());
        } else if (event instanceof PipelineEvent.Prepared prepared) {
            read("reading", "read", prepared.done(), prepared.total());
        } else if (event instanceof PipelineEvent.Compared compared) {
            read("comparing", "compared", compared.done(), compared.total());
        } else if (event instanceof PipelineEvent.Certified certified) {
            certified(certified.certificate());
        } else if (event instanceof PipelineEvent.Rejected rejected) {
            line("left out as unusable: %d recordings", rejected.recordings().size());
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
            line("stage %s: done (%s)", completed.stage(), completed.location());
        } else {
            evaluation(event);
        }
    }

    private void evaluation(PipelineEvent event) {
        if (event instanceof PipelineEvent.Evaluated evaluated) {
            line("evaluated on %s", Counted.of(evaluated.test().confusionMatrix().total(), "recording"));
        } else if (event instanceof PipelineEvent.EvaluatedUnderProtocol under) {
            line("evaluated under %s", under.evaluation().protocol());
        } else if (event instanceof PipelineEvent.Probed probed) {
            line("probe %s: %s", probed.result().name(), probed.result().verdict());
        } else if (event instanceof PipelineEvent.Saved saved) {
            line("saved %s", saved.version());
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
        bar.ifPresent(shown -> shown.show(doing, done, total, ""));
        if (done == total) {
            line("%s %s", did, Counted.of(total, "recording"));
        }
    }

    private void certified(SplitCertificate certificate) {
        if (certificate.sharedSubjects().isEmpty() && certificate.pretraining().isEmpty()) {
            int compared = certificate.audit().recordings();
            line("split audit passed: no subject, recording, excerpt or noise is in two sets; %d of %d"
                    + " recordings compared in any form", compared - certificate.audit().tooQuiet().size(), compared);
        }
        certificate.warnings().forEach(warning -> line("%s: %s", Terminal.yellow("WARNING"), warning));
    }

    @Override
    public void onTraining(TrainingEvent event) {
        if (event instanceof TrainingEvent.Started started) {
            epochs = started.epochs();
            stepsPerEpoch = started.stepsPerEpoch();
            line("training %,d parameters for %d epochs of %d steps", started.parameters(), epochs, stepsPerEpoch);
        } else if (event instanceof TrainingEvent.Resumed resumed) {
            resumed.damaged().forEach(one -> line("%s", one));
            line("going on in epoch %d, after %d steps", resumed.epoch(), resumed.step());
        } else if (event instanceof TrainingEvent.StepCompleted step) {
            step(step);
        } else if (event instanceof TrainingEvent.EpochCompleted completed) {
            epoch(completed.summary(), completed.best());
        } else if (event instanceof TrainingEvent.StoppedEarly stopped) {
            line("stopped early after epoch %d of %d: %s; the model of epoch %d is kept",
                    stopped.epoch(), epochs, stopped.reason(), stopped.bestEpoch());
        }
    }

    private void step(TrainingEvent.StepCompleted step) {
        remaining = step.remaining();
        bar.ifPresent(shown -> shown.show(
                "training", (long) (step.epoch() - 1) * stepsPerEpoch + step.step(), (long) epochs * stepsPerEpoch,
                String.format(Locale.ROOT, "epoch %d/%d, loss %.3f, %d s left",
                        step.epoch(), epochs, step.loss(), remaining.toSeconds())));
    }

    private void epoch(EpochSummary summary, boolean best) {
        line("epoch %d/%d: training loss %.4f, validation loss %.4f, validation accuracy %.3f%s, %d s left",
                summary.epoch(), epochs, summary.trainingLoss(), summary.validationLoss(),
                summary.validationAccuracy(), best ? " (best so far)" : "", remaining.toSeconds());
    }

    void line(String format, Object... values) {
        close();
        out.println(prefix + String.format(Locale.ROOT, format, values));
        out.flush();
    }

    /** Takes the progress line away, if there is one. */
    @Override
    public void close() {
        bar.ifPresent(ProgressLine::clear);
    }
}
