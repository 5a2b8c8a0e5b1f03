package io.github.spirabr.examples.cli;

import io.github.spirabr.audio.decode.FfmpegAudioReader;
import io.github.spirabr.core.SpiraException;
import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.storage.fs.manifest.FileAudioSource;
import io.github.spirabr.storage.fs.npy.NpyFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

    @Option(names = "--json", description = "Print JSON in place of text.")
    private boolean json;

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
        PrintWriter console = spec.commandLine().getOut();
        return stageOptions.staged(experiment).run(spec.commandLine().getErr(), TrainingPipeline::prepareFeatures, prepared -> {
            if (json) {
                Json.print(console, StageJson.features(prepared));
                return;
            }
            prepared.dataSets().forEach((side, name) ->
                    console.println(side.name().toLowerCase(Locale.ROOT) + ": data set " + name));
            if (!prepared.dataSets().containsKey(Side.TRAINING)) {
                console.println("training: none, as its features are drawn anew in every epoch");
            }
            console.flush();
        });
    }

    private Integer write(Path folder) {
        SlidingWindow windowing = windowOptions.windowing();
        Map<Path, Path> arrays = arrays(folder);
        createFolder(folder);
        AudioReader reader = FfmpegAudioReader.builder().sampleRate(16_000).build();
        FeatureExtractor extractor = kind.extractor();
        PrintWriter console = spec.commandLine().getOut();
        List<Map<String, Object>> written = new ArrayList<>();
        int failed = 0;
        for (Map.Entry<Path, Path> array : arrays.entrySet()) {
            Path file = array.getValue();
            try {
                Waveform waveform = reader.read(file.toString(), FileAudioSource.of(file));
                List<Integer> shape = write(array.getKey(), waveform, extractor, windowing);
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("file", file.toString());
                one.put("array", array.getKey().toString());
                one.put("shape", shape);
                written.add(one);
                if (!json) {
                    console.println(array.getKey() + ": " + text(shape));
                }
            } catch (SpiraException e) {
                failed++;
                report(e.getMessage());
            } catch (IllegalArgumentException e) {
                failed++;
                report("recording " + file + ": " + e.getMessage());
            }
        }
        if (json) {
            Json.print(console, written);
        }
        console.flush();
        return failed == 0 ? 0 : 1;
    }

    /** Gives the array's shape. */
    private List<Integer> write(Path array, Waveform waveform, FeatureExtractor extractor, SlidingWindow windowing) {
        if (windows) {
            List<FeatureMatrix> matrices = extractor.extract(waveform, WindowOptions.spans(windowing, waveform));
            NpyFile.write(array, matrices);
            return List.of(matrices.size(), matrices.get(0).frames(), matrices.get(0).features());
        }
        FeatureMatrix matrix = extractor.extract(waveform);
        NpyFile.write(array, matrix);
        return List.of(matrix.frames(), matrix.features());
    }

    private static String text(List<Integer> shape) {
        int last = shape.size() - 1;
        return (last == 2 ? shape.get(0) + " windows x " : "")
                + shape.get(last - 1) + " frames x " + shape.get(last) + " features";
    }

    /** The audio file of each array. */
    private Map<Path, Path> arrays(Path folder) {
        Map<Path, Path> arrays = new LinkedHashMap<>();
        for (Path file : files) {
            String name = String.valueOf(file.getFileName());
            int dot = name.lastIndexOf('.');
            Path array = folder.resolve((dot > 0 ? name.substring(0, dot) : name) + ".npy");
            Path other = arrays.put(array, file);
            if (other != null) {
                throw new ParameterException(spec.commandLine(), other + " and " + file + " would both be written to "
                        + array + "; write them to two folders");
            }
        }
        return arrays;
    }

    private static void createFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IllegalArgumentException("the folder " + folder + " cannot be made: " + e, e);
        }
    }

    private void report(String message) {
        spec.commandLine().getOut().flush();
        spec.commandLine().getErr().println("spira: " + message);
    }
}
