package io.github.spirabr.cli;

import io.github.spirabr.cli.serve.PredictionJson;
import io.github.spirabr.core.SpiraException;
import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.evaluation.Diagnosis;
import io.github.spirabr.core.prediction.Prediction;
import io.github.spirabr.core.prediction.Predictor;
import io.github.spirabr.core.recording.Target;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.storage.fs.manifest.FileAudioSource;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spira predict}: asks a saved model about audio files. */
@Command(
        name = "predict",
        description = "Asks a saved model about audio files, or all those in a folder and below it, whatever their names end in. "
                + "Prints a table, or with --json a line of JSON for each recording. An unreadable file is reported, the others "
                + "are answered; the exit code then is 1.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  spira predict recording.wav",
            "  spira predict recordings/ --models /srv/models --name ward --alias challenger",
            "  spira predict recordings/ --models s3://hospital/models --alias champion",
            "  spira predict recordings/ --json | jq -r 'select(.probability > 0.8) | .recording'"
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false)
final class PredictCommand implements Callable<Integer> {

    private static final int TOLD_EVERY = 100;
    private static final int WIDEST = 60;

    @Parameters(paramLabel = "AUDIO", arity = "1..*", showDefaultValue = Visibility.NEVER,
            description = "Audio files of any common format, or folders of them.")
    private List<Path> audio = List.of();

    @Mixin
    private AnsweringModel model = new AnsweringModel();

    @Option(names = "--version-number", paramLabel = "N", description = "This version answers, whatever its aliases.")
    private @Nullable Integer number;

    @Option(names = "--json", description = "Print a line of JSON for each recording in place of a table.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (number != null && model.alias().isPresent()) {
            throw new ParameterException(spec.commandLine(), "--version-number and --alias both name a version; give one");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Listing listing = Listing.of(audio);
        List<Path> files = listing.files();
        int widest = Math.min(WIDEST, files.stream().mapToInt(file -> file.toString().length()).max().orElse(0));
        ModelRepository models = model.open();
        String name = model.name(models);
        ModelVersion version = number == null ? model.version(models, name) : new ModelVersion(name, number);
        String answering = number == null ? version + " (" + model.reason(models, version) + ")" : version.toString();
        int failed = 0;
        try (Predictor predictor = Predictor.open(models, version)) {
            if (json) {
                err.println(answering + " answers");
                err.flush();
            } else {
                out.println("# " + answering + classes(predictor.target()) + "; for research, no medical finding");
                out.println(row(widest, "recording", "diagnosis", "probability", "of each window"));
            }
            for (Listing.Fault fault : listing.faults()) {
                failed++;
                fail(out, err, fault.path().toString(), fault.message());
            }
            for (int i = 0; i < files.size(); i++) {
                String file = files.get(i).toString();
                try {
                    Prediction prediction = predictor.predict(file, FileAudioSource.of(files.get(i)));
                    if (json) {
                        Json.printLine(out, PredictionJson.of(prediction));
                    } else {
                        out.println(row(widest, file, prediction.diagnosis().toString(),
                                probability(prediction), windows(prediction)));
                        remarks(out, prediction);
                    }
                } catch (SpiraException e) {
                    if (!(e instanceof AudioException unreadable && listing.leavesOut(files.get(i), unreadable))) {
                        failed++;
                        fail(out, err, file, e.getMessage());
                    }
                } catch (OutOfMemoryError e) {
                    failed++;
                    fail(out, err, file, "recording " + file + ": " + Failures.sentence(e));
                }
                if ((i + 1) % TOLD_EVERY == 0) {
                    err.println("asked about " + (i + 1) + " of " + files.size() + " recordings");
                    err.flush();
                }
            }
        }
        out.flush();
        listing.leftOut().forEach(err::println);
        listing.requireAudio();
        return failed == 0 ? 0 : 1;
    }

    private void fail(PrintWriter out, PrintWriter err, String file, String message) {
        if (json) {
            Json.printLine(out, failure(file, message));
        }
        out.flush();
        err.println("spira: " + message);
    }

    /** Names the classes, unless they are those of every model by default. */
    private static String classes(Target target) {
        return target.equals(Target.STANDARD) ? ""
                : "; " + target.name() + ": " + Diagnosis.POSITIVE + " is " + target.positive() + ", " + Diagnosis.NEGATIVE
                + " is " + target.negative();
    }

    private static Map<String, Object> failure(String file, String message) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("recording", file);
        line.put("error", message);
        return line;
    }

    private static String row(int widest, String recording, String diagnosis, String probability, String windows) {
        return String.format(Locale.ROOT, "%-" + Math.max(widest, "recording".length()) + "s  %-12s  %-11s  %s",
                recording, diagnosis, probability, windows);
    }

    private static String probability(Prediction prediction) {
        return prediction.probability().isPresent() ? probability(prediction.probability().getAsDouble()) : "none";
    }

    private static String probability(double probability) {
        return String.format(Locale.ROOT, "%.3f", probability);
    }

    private static String windows(Prediction prediction) {
        return prediction.windowProbabilities().stream()
                .map(PredictCommand::probability).collect(Collectors.joining(" "));
    }

    private static void remarks(PrintWriter out, Prediction prediction) {
        prediction.reasons().forEach(reason -> out.println("  inconclusive: " + reason));
        prediction.warnings().stream()
                .filter(warning -> !warning.decisive())
                .forEach(warning -> out.println("  warning: " + warning.text()));
    }

    static void print(PrintWriter out, Prediction prediction) {
        out.printf(Locale.ROOT, "%s: %s, probability %s (windows: %s)%n", prediction.recording(), prediction.diagnosis(),
                probability(prediction), windows(prediction));
        remarks(out, prediction);
    }
}
