package io.github.spirabr.cli;

import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.core.SpiraException;
import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.pipeline.PreparedFeatures;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spira features}: an experiment's first stage; or features of audio files for NumPy. */
@Command(
        name = "features",
        description = "Prepares the features of an experiment's recordings as data sets in its work store: the first stage of a "
                + "run. Or writes the features of audio files as NumPy arrays, NAME.npy for each file, which numpy.load "
                + "reads: [frames, features] of the whole recording, or [windows, frames, features]; "
                + "an unreadable file is reported, the others are written.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  spira features experiment.yaml --work s3://hospital/work",
            "  spira features audio/*.wav --out features",
            "  spira features recording.ogg --out features --windows --window 4 --step 1",
            "  spira features recording.ogg --out features --kind mel"
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false)
final class FeaturesCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", arity = "1..*", showDefaultValue = Visibility.NEVER,
            description = "An experiment (.yaml or .yml), or audio files of any common format.")
    private List<Path> files = List.of();

    @Option(names = "--out", paramLabel = "FOLDER", showDefaultValue = Visibility.NEVER,
            description = "Where the arrays are written; made if it is missing. Arrays of the same name are replaced. Needed for "
                    + "audio files.")
    private @Nullable Path out;

    @Mixin
    private StageOptions stageOptions = new StageOptions();

    @Option(names = "--kind", paramLabel = "KIND", converter = FeatureKind.Converter.class,
            description = "spectrogram, mel or mfcc, as the published models use them.")
    private FeatureKind kind = FeatureKind.MFCC;

    @Option(names = "--windows", description = "Write the features of each window instead of the whole recording's.")
    private boolean windows;

    @Mixin
    private Output output = new Output();

    @Mixin
    private WindowOptions windowOptions = new WindowOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (files.size() == 1 && StageOptions.isExperiment(files.get(0))) {
            return prepare(files.get(0));
        }
        if (out == null) {
            throw new ParameterException(
                    spec.commandLine(), "Missing required option: '--out=FOLDER', where the arrays of audio files are written");
        }
        return write(out);
    }

    private Integer prepare(Path experiment) {
        return stageOptions.staged(experiment).run(output.err(), TrainingPipeline::prepareFeatures,
                prepared -> output.print(() -> StageJson.features(prepared), out -> print(out, prepared)));
    }

    private static void print(PrintWriter out, PreparedFeatures prepared) {
        prepared.dataSets().forEach((side, name) ->
                out.println(side.name().toLowerCase(Locale.ROOT) + ": data set " + name));
        if (!prepared.dataSets().containsKey(Side.TRAINING)) {
            out.println("training: none, as its features are drawn anew in every epoch");
        }
    }

    private Integer write(Path folder) {
        SlidingWindow windowing = windowOptions.windowing();
        Map<Path, Path> places = places(folder);
        createFolder(folder);
        WholeFiles.requireWritable(folder);
        AudioReader reader = FfmpegAudioReader.builder().sampleRate(16_000).build();
        FeatureArrays arrays = new FeatureArrays(reader, kind.extractor(), windows ? windowing : null);
        List<FeatureArrays.Written> all = new ArrayList<>();
        places.forEach((array, file) -> {
            try {
                FeatureArrays.Written written = arrays.write(file, array);
                all.add(written);
                written.notes().forEach(note -> report("recording " + file + ": " + note.text()));
                if (!output.json()) {
                    output.out().println(written);
                }
            } catch (SpiraException e) {
                report(e.getMessage());
            } catch (IllegalArgumentException e) {
                report("recording " + file + ": " + e.getMessage());
            }
        });
        if (output.json()) {
            Json.print(output.out(), all.stream().map(FeatureArrays.Written::json).toList());
        }
        output.out().flush();
        return all.size() == places.size() ? 0 : 1;
    }

    private Map<Path, Path> places(Path folder) {
        try {
            return FeatureArrays.places(files, folder);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static void createFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IllegalArgumentException("the folder " + folder + " could not be made: " + e, e);
        }
    }

    private void report(String message) {
        output.out().flush();
        output.err().println("spira: " + message);
    }
}
