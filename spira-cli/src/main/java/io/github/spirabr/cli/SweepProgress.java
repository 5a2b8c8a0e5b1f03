package io.github.spirabr.cli;

import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.model.TrainingEvent;
import io.github.spirabr.core.pipeline.PipelineEvent;
import io.github.spirabr.core.pipeline.PipelineListener;
import io.github.spirabr.core.sweep.SweepListener;
import io.github.spirabr.core.sweep.SweptPoint;
import io.github.spirabr.core.sweep.SweptSetting;
import io.github.spirabr.core.sweep.Trial;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Shows a sweep: a line for each training with the best so far and the time left, and the winner's run as any other. */
final class SweepProgress implements SweepListener {

    private final ConsoleProgress progress;
    private final Optional<ProgressLine> bar;
    private final Metric metric;
    private boolean winning;
    private List<Trial> trials = List.of();
    private int trained;
    private long begun;
    private double best = Double.NaN;
    private String bestPoint = "";

    SweepProgress(ConsoleProgress progress, PrintWriter err, Metric metric) {
        this.progress = progress;
        this.bar = Terminal.readsErrors() ? Optional.of(new ProgressLine(err)) : Optional.empty();
        this.metric = metric;
    }

    @Override
    public synchronized void onRound(int round, List<Trial> ofRound) {
        trials = ofRound;
        trained = 0;
        begun = System.nanoTime();
        best = Double.NaN;
        bestPoint = "";
        line("round %d: %s%s", round, Counted.of(ofRound.size(), "training"), ofRound.get(0).epochs().isPresent()
                ? " of " + Counted.of(ofRound.get(0).epochs().getAsInt(), "epoch") : "");
    }

    @Override
    public synchronized void onTrained(Trial trial, double value) {
        trained++;
        if (!Double.isNaN(value) && (Double.isNaN(best) || (metric.moreIsBetter() ? value > best : value < best))) {
            best = value;
            bestPoint = "point " + trial.point();
        }
        line("training %d of %d: point %d (%s)%s: %s%s", trained, trials.size(), trial.point(), text(trial.settings()),
                trial.fold() == 0 ? "" : ", fold " + trial.fold(), Double.isNaN(value) ? "no value" : RepeatSummary.number(value),
                bestPoint.isEmpty() ? left() : ", best so far " + RepeatSummary.number(best) + " (" + bestPoint + ")" + left());
    }

    @Override
    public synchronized void onBest(SweptPoint point) {
        line("best: point %d (%s), %s of the validation set %s; it is tested now", point.number(), text(point.settings()),
                Settings.nameOf(metric), RepeatSummary.number(point.mean()));
        winning = true;
    }

    /** Returns the display of one training, or of the winner's run. */
    synchronized PipelineListener listener(Trial trial) {
        return winning ? progress : new PipelineListener() {
            @Override
            public void onPipeline(PipelineEvent event) {
                if (event instanceof PipelineEvent.Prepared prepared) {
                    show("reading", prepared.done(), prepared.total(), "");
                }
            }

            @Override
            public void onTraining(TrainingEvent event) {
                if (event instanceof TrainingEvent.StepCompleted step) {
                    show("training", trained, trials.size(), String.format(Locale.ROOT, "point %d, epoch %d, loss %.3f",
                            trial.point(), step.epoch(), step.loss()));
                }
            }
        };
    }

    private synchronized void show(String task, long done, long total, String message) {
        bar.ifPresent(line -> line.show(task, done, total, message));
    }

    private void line(String format, Object... values) {
        bar.ifPresent(ProgressLine::clear);
        progress.line(format, values);
    }

    private String left() {
        int left = trials.size() - trained;
        long minutes = Duration.ofNanos((System.nanoTime() - begun) / trained * left).toMinutes();
        return left == 0 ? "" : String.format(Locale.ROOT, "; %d left%s", left,
                minutes == 0 ? "" : ", about " + minutes + " min in this round");
    }

    /** Returns the settings with the last parts of their names, if these are different. */
    static String text(Map<String, Object> settings) {
        boolean different = settings.keySet().stream().map(SweepProgress::last).distinct().count() == settings.size();
        return settings.entrySet().stream()
                .map(entry -> (different ? last(entry.getKey()) : entry.getKey()) + " " + SweptSetting.text(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
