package io.github.spirabr.examples.cli;

import io.github.spirabr.core.pipeline.Prediction;
import io.github.spirabr.core.pipeline.Predictor;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.examples.service.PredictionJson;
import io.github.spirabr.core.SpiraException;
import io.github.spirabr.storage.fs.manifest.FileAudioSource;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spira predict}: asks a saved model about audio files. */
@Command(
        name = "predict",
        description = "Asks a saved model about audio files. An unreadable file is reported, the others are answered.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false)
final class PredictCommand implements Callable<Integer> {

    @Parameters(paramLabel = "AUDIO", arity = "1..*", showDefaultValue = Visibility.NEVER,
            description = "Audio files of any common format.")
    private List<Path> audio = List.of();

    @Option(names = "--models", paramLabel = "FOLDER", description = "Where models are saved.")
    private Path models = Path.of("models");

    @Option(names = "--name", paramLabel = "NAME", description = "The model's name.")
    private String name = "spira";

    @Option(names = "--version-number", paramLabel = "N", description = "The model's version; by default the newest.")
    private @Nullable Integer number;

    @Option(names = "--alias", paramLabel = "ALIAS", showDefaultValue = Visibility.NEVER,
            description = "The version that has this alias, such as champion.")
    private @Nullable String alias;

    @Option(names = "--json", description = "Print one line of JSON for each file in place of text, the curve with its times.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        ModelRepository repository = FileSystemModelRepository.at(models);
        int failed = 0;
        try (Predictor predictor = Predictor.open(repository, version(repository))) {
            if (!json) {
                out.println("# " + predictor.version() + "; for research, no medical finding");
            }
            for (Path file : audio) {
                try {
                    Prediction prediction = predictor.predict(file.toString(), FileAudioSource.of(file));
                    if (json) {
                        out.println(PredictionJson.line(PredictionJson.of(prediction)));
                    } else {
                        print(out, prediction);
                    }
                } catch (SpiraException e) {
                    failed++;
                    out.flush();
                    spec.commandLine().getErr().println("spira: " + e.getMessage());
                }
            }
        }
        out.flush();
        return failed == 0 ? 0 : 1;
    }

    private ModelVersion version(ModelRepository repository) {
        if (number != null && alias != null) {
            throw new ParameterException(spec.commandLine(), "--version-number and --alias both name a version; give one");
        }
        if (alias != null) {
            return repository.find(name, alias).orElseThrow(() -> new ParameterException(spec.commandLine(),
                    "no version of '" + name + "' in " + models.toAbsolutePath() + " is called '" + alias + "'; it has the aliases "
                            + repository.aliases(name).keySet()));
        }
        if (number != null) {
            return new ModelVersion(name, number);
        }
        return repository.latest(name).orElseThrow(() -> new ParameterException(spec.commandLine(),
                "there is no model called '" + name + "' in " + models.toAbsolutePath()
                        + "; train one with 'spira run', or name another folder with --models"));
    }

    static void print(PrintWriter out, Prediction prediction) {
        out.printf("%s: %s, %s%n", prediction.recording(), prediction.diagnosis(), probabilities(prediction));
        prediction.reasons().forEach(reason -> out.println("  inconclusive: " + reason));
        prediction.warnings().stream()
                .filter(warning -> !warning.decisive())
                .forEach(warning -> out.println("  warning: " + warning.text()));
    }

    private static String probabilities(Prediction prediction) {
        if (prediction.probability().isEmpty()) {
            return "no probability";
        }
        String windows = prediction.windowProbabilities().stream()
                .map(probability -> String.format(Locale.ROOT, "%.3f", probability))
                .collect(Collectors.joining(" "));
        return String.format(Locale.ROOT, "probability %.3f (windows: %s)",
                prediction.probability().getAsDouble(), windows);
    }
}
