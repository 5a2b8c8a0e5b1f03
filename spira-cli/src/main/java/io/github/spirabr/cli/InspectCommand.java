package io.github.spirabr.cli;

import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.audio.quality.AudioInspector;
import io.github.spirabr.audio.quality.HeaderInspector;
import io.github.spirabr.audio.speech.SpeechStatistics;
import io.github.spirabr.config.Experiment;
import io.github.spirabr.config.ExperimentParts;
import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.InvalidDatasetException;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.inspection.ContentInspector;
import io.github.spirabr.core.inspection.DatasetInspection;
import io.github.spirabr.core.inspection.RecordingFacts;
import io.github.spirabr.core.pipeline.InspectedDataset;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.work.Parallelism;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spira inspect}: looks at a data set before anything is trained. */
@Command(
        name = "inspect",
        description = "Looks at the recordings of a manifest before anything is trained: how much there is of each class, "
                + "what cannot be read, what sounds the same, and which columns and acoustic properties give the class away "
                + "without any speech (confounders), so that a model could learn them instead; and how pauses, rate, pitch and "
                + "voice of the speech itself differ between the classes.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  spira inspect data/metadata.csv",
            "  spira inspect data/metadata.csv --class-column diagnosis --control-words healthy --patient-words covid,asthma",
            "  spira inspect experiment.yaml --headers",
            "  spira inspect data/metadata.csv --json > inspection.json"
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false)
final class InspectCommand implements Callable<Integer> {

    @Parameters(paramLabel = "MANIFEST", arity = "1..*", showDefaultValue = Visibility.NEVER,
            description = "List of recordings as for 'spira run', or - for standard input; or an experiment (.yaml or .yml), whose recordings "
                    + "are inspected. Several manifests, such as one for each set of a split, are inspected together, and "
                    + "content in more than one of them is reported.")
    private List<String> manifests = List.of();

    @Mixin
    private ManifestColumns columns = new ManifestColumns();

    @Mixin
    private SettingsOption settings = new SettingsOption();

    @Option(names = "--headers",
            description = "Look at the headers of the files and at the manifest's columns alone: decode nothing, and read no "
                    + "more of a file than its header needs. For large sets, and for a first look.")
    private boolean headers;

    @Option(names = "--against", paramLabel = "OLDER", showDefaultValue = Visibility.NEVER,
            description = "A manifest of an earlier version of the data set: say what came, what went and what was labelled "
                    + "anew, by the recordings' bytes; with --headers by their paths.")
    private @Nullable String against;

    @Mixin
    private Output output = new Output();

    @Option(names = "--threads", paramLabel = "N", description = "Threads that read audio.")
    private int threads = Runtime.getRuntime().availableProcessors();

    /** Says whether an experiment lets the class differ between sessions; manifests alone do not. */
    private boolean labelsBySession;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Map<String, RecordingSource> sources = sources();
        List<String> missing = new ArrayList<>();
        Dataset dataset = ListedTogether.withManifests(sources, missing::add);
        if (!headers && !missing.isEmpty()) {
            throw new InvalidDatasetException(dataset.name(), missing);
        }
        InspectedDataset inspected = inspect(dataset);
        List<RecordingFacts> facts = missing.isEmpty() ? inspected.facts() : RecordingFacts.compact(Stream.concat(
                inspected.facts().stream(),
                inspected.rejected().stream().filter(one -> one.reason() == AudioException.Reason.UNREACHABLE)
                        .map(one -> listed(one.recording()))).iterator());
        if (facts.isEmpty()) {
            inspected.rejected().forEach(one -> output.err().println("spira: " + one.detail()));
            output.err().println("spira: " + dataset.name() + ": none of its recordings can be read");
            return 1;
        }
        DatasetInspection inspection = DatasetInspection.of(facts);
        Optional<DatasetInspection.Difference> difference =
                Optional.ofNullable(against).map(older -> DatasetInspection.Difference.between(older(older), facts));
        List<String> labelFaults = dataset.labelFaults(labelsBySession);
        output.print(
                () -> InspectionText.json(dataset, labelFaults, inspected, missing, inspection, difference),
                out -> {
                    new InspectionText(out).print(dataset, labelFaults, inspected, missing, inspection, difference);
                    if (manifests.size() == 1 && !columns.layout().isEmpty() && !StageOptions.isExperiment(Path.of(manifests.get(0)))) {
                        out.print("\nIn an experiment file:\n" + columns.section(manifests.get(0)));
                    }
                });
        return missing.isEmpty() ? 0 : 1;
    }

    private InspectedDataset inspect(Dataset dataset) {
        return InspectedDataset.of(
                dataset,
                headers ? new HeaderInspector() : AudioInspector.of(FfmpegAudioReader.builder().sampleRate(16_000).build())
                        .withSpeech(SpeechStatistics.builder().build()),
                Parallelism.of(threads),
                progress(dataset.recordings().size()));
    }

    /** Returns the sources of the recordings by their names. */
    private Map<String, RecordingSource> sources() {
        Map<String, RecordingSource> sources = new LinkedHashMap<>();
        for (String manifest : manifests) {
            if (!StageOptions.isExperiment(Path.of(manifest))) {
                sources.put(manifest, columns.recordings(manifest));
            } else if (manifests.size() > 1) {
                throw new ParameterException(spec.commandLine(),
                        "an experiment is inspected alone, but there are " + manifests.size() + " parameters; remove the others");
            } else {
                Experiment experiment = settings.read(Path.of(manifest), columns);
                labelsBySession = experiment.labelsBySession();
                sources.put(manifest, ExperimentParts.of(experiment).recordings());
            }
        }
        return sources;
    }

    /** Describes the recordings of an older manifest; one that is missing is known by its path alone. */
    private List<RecordingFacts> older(String older) {
        return columns.recordings(older).list().stream().map(one -> {
            try {
                return headers ? listed(one) : new ContentInspector().inspect(one);
            } catch (AudioException e) {
                return listed(one);
            }
        }).toList();
    }

    private static RecordingFacts listed(Recording recording) {
        return new RecordingFacts(recording, "", "", Duration.ZERO, Map.of(), Map.of());
    }

    /** On standard error: the result alone goes to standard output. */
    private IntConsumer progress(int total) {
        PrintWriter err = output.err();
        return done -> {
            if (done == total || done % Math.max(500, total / 20) == 0) {
                err.println("read " + done + " of " + total + " recordings");
                err.flush();
            }
        };
    }
}
