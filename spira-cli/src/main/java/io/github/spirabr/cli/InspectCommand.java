package io.github.spirabr.cli;

import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.audio.quality.AudioInspector;
import io.github.spirabr.audio.quality.HeaderInspector;
import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.inspection.ContentInspector;
import io.github.spirabr.core.inspection.DatasetInspection;
import io.github.spirabr.core.inspection.RecordingFacts;
import io.github.spirabr.core.pipeline.InspectedDataset;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.work.Parallelism;
import io.github.spirabr.storage.fs.manifest.CsvManifest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code spira inspect}: looks at a data set before anything is trained. */
@Command(
        name = "inspect",
        description = "Looks at the recordings of a manifest before anything is trained: how much there is of each class, "
                + "what cannot be read, what sounds the same, and which columns and acoustic properties give the class away "
                + "without any speech (confounders), so that a model could learn them instead.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  spira inspect data/metadata.csv",
            "  spira inspect data/metadata.csv --json > inspection.json"
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false)
final class InspectCommand implements Callable<Integer> {

    @Parameters(paramLabel = "MANIFEST", arity = "1..*", showDefaultValue = Visibility.NEVER,
            description = "CSV file as for 'spira run'. Of several, such as one for each side of a split, it is told what is in "
                    + "more than one.")
    private List<Path> manifests = List.of();

    @Option(names = "--headers",
            description = "Look at the headers of the files and at the manifest's columns alone: decode nothing, and read no "
                    + "more of a file than its header needs. For large sets, and for a first look.")
    private boolean headers;

    @Option(names = "--against", paramLabel = "OLDER", showDefaultValue = Visibility.NEVER,
            description = "A manifest of an earlier version of the data set: say what came, what went and what was labelled "
                    + "anew, by the recordings' bytes; with --headers by their paths.")
    private @Nullable Path against;

    @Mixin
    private Output output = new Output();

    @Option(names = "--threads", paramLabel = "N", description = "Threads that read audio.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() {
        Dataset dataset = ListedTogether.load(manifests);
        InspectedDataset inspected = InspectedDataset.of(
                dataset,
                headers ? new HeaderInspector() : AudioInspector.of(FfmpegAudioReader.builder().sampleRate(16_000).build()),
                Parallelism.of(threads),
                progress(dataset.recordings().size()));
        if (inspected.facts().isEmpty()) {
            inspected.rejected().forEach(one -> output.err().println("spira: " + one.detail()));
            output.err().println("spira: " + dataset.name() + ": none of its recordings can be read");
            return 1;
        }
        DatasetInspection inspection = DatasetInspection.of(inspected.facts());
        Optional<DatasetInspection.Difference> difference =
                Optional.ofNullable(against).map(older -> DatasetInspection.Difference.between(older(older), inspected.facts()));
        output.print(
                () -> InspectionText.json(dataset, inspected, inspection, difference),
                out -> new InspectionText(out).print(dataset, inspected, inspection, difference));
        return 0;
    }

    /** Describes the recordings of an older manifest; one that is missing is known by its path alone. */
    private List<RecordingFacts> older(Path older) {
        return CsvManifest.at(older).list().stream().map(one -> {
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
