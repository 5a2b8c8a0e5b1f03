package io.github.spirabr.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.evaluation.Diagnosis;
import io.github.spirabr.core.prediction.Prediction;
import io.github.spirabr.core.prediction.Predictor;
import io.github.spirabr.core.prediction.SubjectPrediction;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.storage.fs.manifest.FileAudioSource;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpiraInferenceTest {

    private static final ModelVersion MODEL = new ModelVersion("spira", 1);

    @Test
    @Tag("slow")
    void recordingsAreAnsweredInTheOrderOfTheForm(@TempDir Path folder) {
        ModelRepository models = FileSystemModelRepository.at(folder);
        List<AudioSource> audio = SmallModels.recordings().stream().limit(3).<AudioSource>map(FileAudioSource::of).toList();
        Map<String, AudioSource> recordings = new HashMap<>();
        recordings.put("frase", audio.get(2));
        recordings.put("aceite", audio.get(0));
        recordings.put("vogal_sustentada", audio.get(1));
        try (Predictor predictor = Predictor.open(models, SmallModels.train(models))) {
            SpiraInference answer = SpiraInference.of(predictor, "61f2", recordings);
            assertThat(answer.inferenceId()).isEqualTo("61f2");
            assertThat(answer.output()).containsExactlyElementsOf(audio.stream()
                    .map(one -> predictor.predict("any", one).probability().orElseThrow()).toList());
            assertThat(answer.diagnosis()).isIn("positive", "negative").isEqualTo(
                    SpiraInference.of("61f2", predictor.predictSubject("s", recordings)).diagnosis().toLowerCase(Locale.ROOT));
            recordings.put("sustentada", audio.get(1));
            assertThatThrownBy(() -> SpiraInference.of(predictor, "61f2", recordings))
                    .hasMessageContaining("both sustentada and vogal_sustentada");
            assertThatThrownBy(() -> SpiraInference.of(predictor, "61f2", Map.of("cough", audio.get(0))))
                    .hasMessageContaining("[aceite, sustentada, parlenda, frase]").hasMessageContaining("[cough]");
        }
    }

    /** The place of a number says whose it is, so that none may be missing. */
    @Test
    void withoutTheProbabilityOfARecordingThereAreNoNumbers() {
        SubjectPrediction answer = SubjectPrediction.builder("s", Diagnosis.POSITIVE, MODEL)
                .probability(OptionalDouble.of(0.9))
                .recordings(List.of(
                        prediction("frase", OptionalDouble.of(0.9)), prediction("parlenda", OptionalDouble.empty())))
                .build();
        assertThat(SpiraInference.of("61f2", answer)).isEqualTo(new SpiraInference("61f2", List.of(), "positive"));
    }

    private static Prediction prediction(String recording, OptionalDouble probability) {
        return Prediction.builder(recording, Diagnosis.POSITIVE, MODEL).probability(probability).build();
    }
}
