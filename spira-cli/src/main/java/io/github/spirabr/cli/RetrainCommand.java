package io.github.spirabr.cli;

import io.github.spirabr.audio.fingerprint.BandFingerprinter;
import io.github.spirabr.audio.quality.AudioInspector;
import io.github.spirabr.config.Experiment;
import io.github.spirabr.config.ExperimentParts;
import io.github.spirabr.config.RetrainingPlan;
import io.github.spirabr.core.audit.SplitAudit;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.continuous.ContinuousTraining;
import io.github.spirabr.core.continuous.Round;
import io.github.spirabr.core.continuous.RoundInput;
import io.github.spirabr.core.continuous.RoundListener;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.pipeline.PipelineListener;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.core.work.Parallelism;
import io.github.spirabr.report.run.RunReport;
import io.github.spirabr.training.PretrainedWeights;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spira retrain}: one round of continuous training. */
@Command(
        name = "retrain",
        description = "Runs one round of continuous training: looks whether there are new labelled recordings and enough of "
                + "them, trains a challenger as the experiment says, compares it with the champion on held-out subjects that "
                + "no round trains on, and promotes it if it passes the gate. A scheduler may call it as often as it likes: one "
                + "round runs at a time, and the next call completes an interrupted one.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:A challenger was trained and judged, promoted or not.",
            "1:Failed, a setting was changed that the plan keeps, or a round is under way; the champion is what it was.",
            "2:Wrong usage.",
            "3:Nothing to do."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  spira retrain experiment.yaml --plan plan.yaml",
            "  spira retrain experiment.yaml --plan plan.yaml --now",
            "  spira retrain history experiment.yaml --html history.html"
        },
        subcommands = {RetrainHistoryCommand.class, RetrainVerifyCommand.class, RetrainReleaseCommand.class, CommandLine.HelpCommand.class},
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false)
final class RetrainCommand implements Callable<Integer> {

    private static final String CHAMPION = "champion";

    @Parameters(arity = "0..1", paramLabel = "EXPERIMENT", showDefaultValue = Visibility.NEVER,
            description = "An experiment file (.yaml), whose manifest grows. Its split is not used: subjects keep the side "
                    + "that they got when they arrived.")
    private @Nullable Path file;

    @Mixin
    private RetrainOptions options;

    @Mixin
    private ManifestColumns columns = new ManifestColumns();

    @Option(names = "--now", description = "Train whatever the triggers say.")
    private boolean now;

    @Option(names = "--holder", paramLabel = "WHO", description = "Who runs the round, for lease and history.")
    private String holder = System.getProperty("user.name", "spira");

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (file == null) {
            throw new ParameterException(spec.commandLine(), "name an experiment file, such as: spira retrain experiment.yaml");
        }
        Experiment experiment = options.experiment(file, columns);
        if (!experiment.recordings().sides().isEmpty()) {
            throw new ParameterException(spec.commandLine(), file + " lists recordings by set; retraining assigns new subjects to"
                    + " sets itself, so give one manifest (recordings.manifest)");
        }
        RetrainingPlan plan = options.plan();
        PrintWriter progressTo = options.output().json() ? options.output().err() : options.output().out();
        ConsoleProgress progress = ConsoleProgress.to(progressTo);
        Optional<Round> ended = StopSignal.during(progress, progress, options.output().err(), listener -> {
            ContinuousTraining training = training(experiment, plan, listener)
                    .holder(holder)
                    .listener((step, detail) -> tell(progressTo, step, detail))
                    .build();
            return now ? training.roundNow() : training.round();
        });
        if (ended.isEmpty()) {
            return Spira.INTERRUPTED;
        }
        Round round = ended.get();
        options.output().print(() -> RoundText.json(round), out -> RoundText.print(out, round));
        if (round.outcome() == Round.Outcome.CHANGE_NOT_ALLOWED) {
            options.output().err().println("spira: nothing was trained, since " + round.explanation());
            return 1;
        }
        return round.outcome().idle() ? Spira.NOTHING_TO_DO : 0;
    }

    /** Builds the training, without its holder, clock and receiver of steps. */
    static ContinuousTraining.Builder training(Experiment experiment, RetrainingPlan plan, PipelineListener progress) {
        ExperimentParts parts = ExperimentParts.of(experiment);
        ContinuousTraining.Builder training = plan.applyTo(ContinuousTraining.builder())
                .addRecordings(parts.recordings())
                .inspector(AudioInspector.of(parts.reader()))
                .pipeline(input -> pipeline(parts, plan, input).listener(parts.listener().andThen(progress)))
                .models(experiment.models().models())
                .modelName(experiment.modelName())
                .journal(RetrainOptions.journal(experiment, plan))
                .seed(experiment.seed());
        plan.feedback().forEach(manifest -> training.addRecordings(parts.recordings(manifest)));
        experiment.threads().ifPresent(threads -> training.parallelism(Parallelism.of(threads)));
        return training;
    }

    private static TrainingPipeline.Builder pipeline(ExperimentParts parts, RetrainingPlan plan, RoundInput input) {
        TrainingPipeline.Builder pipeline = parts.applyTo(TrainingPipeline.builder())
                .audit(SplitAudit.of(new BandFingerprinter()))
                .addReporter(new RunReport());
        if (plan.fineTune() && input.champion().isPresent()) {
            pipeline.trainer(fineTuning(parts.trainer(), input, input.champion().get()));
        }
        return pipeline;
    }

    /** Returns the trainer with the champion's weights as its start. */
    private static ModelTrainer fineTuning(ModelTrainer trainer, RoundInput input, ModelVersion champion) {
        ModelArtifact artifact = input.models().load(champion);
        Map<String, byte[]> state = new HashMap<>();
        artifact.fileNames().forEach(name -> state.put(name, artifact.file(name)));
        Map<String, Object> settings = new LinkedHashMap<>(trainer.description().settings());
        settings.put("pretrained.weights", CHAMPION);
        return Components.discover()
                .bind(PretrainedWeights.class, CHAMPION, PretrainedWeights.of(champion.toString(), state))
                .create(ModelTrainer.class, "training",
                        new ComponentDescription(trainer.description().type(), settings));
    }

    private static void tell(PrintWriter out, RoundListener.Step step, String detail) {
        if (step != RoundListener.Step.RELEASED) {
            out.println(step.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ": " + detail);
            out.flush();
        }
    }
}
