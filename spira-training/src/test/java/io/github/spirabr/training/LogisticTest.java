package io.github.spirabr.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.model.Coefficient;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.model.RecordingFeatures;
import io.github.spirabr.core.model.TrainedModel;
import io.github.spirabr.core.model.TrainingContext;
import io.github.spirabr.core.model.TrainingException;
import io.github.spirabr.core.model.TrainingListener;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogisticTest {

    private static final AudioSource NO_AUDIO = AudioSource.ofBytes("none", new byte[0]);

    private final List<RecordingFeatures> recordings = new ArrayList<>();
    private final List<Double> probabilities = new ArrayList<>();
    private double[] coefficients = {};
    private double[] errors = {};

    private void read(String wanted) throws IOException {
        Map<String, List<FeatureMatrix>> windows = new LinkedHashMap<>();
        Map<String, Label> labels = new LinkedHashMap<>();
        try (InputStream golden = Objects.requireNonNull(LogisticTest.class.getResourceAsStream("logistic_golden.csv"))) {
            for (String line : new String(golden.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).toList()) {
                String[] cells = line.split(",");
                double[] values = Arrays.stream(cells).skip(4).mapToDouble(Double::parseDouble).toArray();
                if (!cells[0].equals(wanted)) {
                    continue;
                }
                switch (cells[1]) {
                    case "coefficients" -> coefficients = values;
                    case "errors" -> errors = values;
                    default -> {
                        windows.computeIfAbsent(cells[1], any -> new ArrayList<>()).add(matrix(values));
                        labels.put(cells[1], cells[2].equals("1") ? Label.PATIENT : Label.CONTROL);
                        probabilities.add(Double.valueOf(cells[3]));
                    }
                }
            }
        }
        windows.forEach((id, its) -> recordings.add(recording(id, Objects.requireNonNull(labels.get(id)), its)));
    }

    private static FeatureMatrix matrix(double... values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return FeatureMatrix.of(1, floats.length, floats);
    }

    private static RecordingFeatures recording(String id, Label label, List<FeatureMatrix> windows) {
        return new RecordingFeatures(new Recording(id, id, label, Map.of(), NO_AUDIO), windows);
    }

    private static TrainedModel trained(Logistic logistic, List<RecordingFeatures> recordings, long seed) {
        RandomStreams random = new RandomStreams(seed);
        SmallData data = new SmallData(recordings);
        InputShape input = new InputShape(1, recordings.get(0).windows().get(0).features());
        ModelTrainer.Result result = Logistic.trainer().train(logistic.create(input, random), data, data,
                TrainingContext.of(random, new TrainingListener() {}));
        assertThat(result.epochs()).hasSize(1);
        assertThat(result.epochs().get(0).trainingLoss()).isBetween(0.0, Math.log(2));
        return result.model();
    }

    @ParameterizedTest
    @CsvSource({"tall, 1, false", "balanced, 0.1, true", "wide, 2, false"})
    void itIsThatOfScikitLearn(String golden, double l2, boolean balanced) throws IOException {
        read(golden);
        try (TrainedModel model = trained(Logistic.standard().l2(l2).balanced(balanced), recordings, 1)) {
            double[] found = model.predict(recordings.stream().flatMap(one -> one.windows().stream()).toList());
            assertThat(found).hasSize(probabilities.size());
            for (int i = 0; i < found.length; i++) {
                assertThat(found[i]).isCloseTo(probabilities.get(i), within(2e-6));
            }
            List<Coefficient> its = model.coefficients();
            assertThat(its).hasSize(coefficients.length);
            for (int i = 0; i < coefficients.length; i++) {
                assertThat(its.get(i).value()).isCloseTo(coefficients[i], within(2e-6));
                assertThat(its.get(i).upper() - its.get(i).lower()).isCloseTo(2 * 1.959964 * errors[i], within(1e-5));
            }
        }
    }

    @Test
    void neitherTheSeedNorTheOrderChangesABit() throws IOException {
        read("tall");
        List<RecordingFeatures> rotated = new ArrayList<>(recordings.subList(5, recordings.size()));
        rotated.addAll(recordings.subList(0, 5));
        try (TrainedModel one = trained(Logistic.standard(), recordings, 1);
                TrainedModel other = trained(Logistic.standard(), rotated, 2)) {
            assertThat(other.state()).containsExactlyEntriesOf(one.state());
        }
    }

    @Test
    void aFeatureThatIsTheSameEverywhereHasNoWeight() {
        List<RecordingFeatures> data = List.of(
                recording("a", Label.CONTROL, List.of(matrix(5, 1))), recording("b", Label.CONTROL, List.of(matrix(5, 2))),
                recording("c", Label.PATIENT, List.of(matrix(5, 3))), recording("d", Label.PATIENT, List.of(matrix(5, 4))));
        try (TrainedModel model = trained(Logistic.standard(), data, 1)) {
            assertThat(model.coefficients().get(0).value()).isZero();
            assertThat(model.coefficients().get(1).value()).isPositive();
        }
    }

    @Test
    void oneClassIsRefused() {
        assertThatExceptionOfType(TrainingException.class)
                .isThrownBy(() -> trained(Logistic.standard(), List.of(recording("a", Label.PATIENT, List.of(matrix(1)))), 1))
                .withMessage("logistic regression must have recordings of both classes, but there is no CONTROL among the 1"
                        + " training recordings");
    }

    @Test
    void severalFramesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Logistic.standard().create(new InputShape(401, 40), new RandomStreams(1)))
                .withMessage("the network logistic must have windows of 1 frame, but got 401 frames x 40 features; extract one"
                        + " vector for each window, such as speech statistics, functionals or a pooled embedding");
    }

    @Test
    void anotherTrainerRefusesItAndItsTrainerRefusesOthers() {
        InputShape input = new InputShape(1, 8);
        RandomStreams random = new RandomStreams(1);
        SmallData data = new SmallData(4, 1);
        TrainingContext context = TrainingContext.of(random, new TrainingListener() {});
        assertThatIllegalArgumentException().isThrownBy(() -> Trainer.builder().build()
                .train(Logistic.standard().create(input, random), data, data, context));
        assertThatIllegalArgumentException().isThrownBy(() -> Logistic.trainer()
                        .train(Mlp.standard().create(input, random), data, data, context))
                .withMessageContaining("must be the network logistic").withMessageContaining("such as dl4j");
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> Logistic.standard().l2(0))
                .withMessageContaining("l2: must be a finite number above 0, but was 0.0");
        assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> Mlp.standard().hidden(0));
        assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> Mlp.standard().dropout(1));
    }
}
