package org.example.ward;

import io.github.spirabr.core.prediction.Prediction;
import io.github.spirabr.core.prediction.Predictor;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.storage.fs.manifest.FileAudioSource;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import java.nio.file.Path;
import java.util.Locale;

/** Asks the champion of a model, or its newest version where there is none, about one audio file. */
public final class AskModel {

    private AskModel() {}

    public static void main(String[] arguments) {
        if (arguments.length != 3) {
            System.err.println("usage: AskModel MODELS NAME AUDIO");
            System.exit(2);
        }
        Prediction answer = ask(Path.of(arguments[0]), arguments[1], Path.of(arguments[2]));
        String why = answer.probability().isPresent()
                ? String.format(Locale.ROOT, "probability %.3f", answer.probability().getAsDouble()) : "no probability";
        System.out.println(answer.recording() + ": " + answer.diagnosis() + ", " + why
                + (answer.reasons().isEmpty() ? "" : " (" + String.join("; ", answer.reasons()) + ")")
                + "; for research, no medical finding");
    }

    static Prediction ask(Path folder, String name, Path audio) {
        ModelRepository models = FileSystemModelRepository.at(folder);
        ModelVersion version = models.find(name, "champion")
                .or(() -> models.latest(name))
                .orElseThrow(() -> new IllegalArgumentException("there is no model " + name + " in " + folder));
        try (Predictor predictor = Predictor.open(models, version)) {
            return predictor.predict(audio.getFileName().toString(), FileAudioSource.of(audio));
        }
    }
}
