package io.github.spirabr.tests.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.SpiraException;
import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.component.ComponentException;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.model.TrainingException;
import io.github.spirabr.core.prediction.Prediction;
import io.github.spirabr.core.prediction.Predictor;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelRepositoryException;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import io.github.spirabr.training.PretrainedWeights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Stored models whose files lie, although their hashes are right: each is refused by one exception, or answers with
 * probabilities. {@code -Dspira.models=1500} for the long campaign.
 */
@Timeout(1800)
@Tag("campaign")
class DamagedModelsTest {

    private static final int MUTANTS = Integer.getInteger("spira.models", 150);
    private static final List<String> VALUES = List.of("", "-1", "0", "1", "2147483647", "-2147483648", "2000000000", "4e9",
            "1e308", "1e-320", "NaN", "Infinity", "-Infinity", "3.4e38", "99999999999999999999", "0x10", "x", "1,1", "mean");
    private static final float[] NUMBERS = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 3.4e38f, -3.4e38f,
        1e30f, Float.MIN_VALUE};

    private final Components components = Components.discover();

    @TempDir
    private Path folder;
    private TreeMap<String, byte[]> whole;
    private ModelRepository models;
    private byte[] recording;

    @BeforeEach
    void load() throws IOException {
        whole = new TreeMap<>();
        for (String name : StoredFolder.files(stored())) {
            whole.put(name, Files.readAllBytes(stored().resolve(name)));
        }
        models = FileSystemModelRepository.at(folder.resolve("damaged"));
        recording = Files.readAllBytes(Path.of("examples/demo/audio/subject-20-1.ogg"));
    }

    /** Returns the folder of the model's files. */
    Path stored() {
        return StoredFolder.COMPUTED.resolve("year/models/spira/000002/files");
    }

    /** Returns the name of the file of weights. */
    String weights() {
        return "weights.safetensors";
    }

    /** Returns the name of a weight in messages. */
    String weight(int index) {
        return "number " + index + " of the array 'conv1.weight' in weights.safetensors";
    }

    /** Returns the numbers of a file of weights, which follow its header. */
    private static ByteBuffer numbers(String name, byte[] file) {
        ByteBuffer content = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (name.endsWith(".safetensors")) {
            content.position(Math.toIntExact(content.getLong() + Long.BYTES));
        }
        return content.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    private Prediction ask(Map<String, byte[]> files) {
        ModelVersion version = models.save("spira-" + models.names().size(), ModelArtifact.of(files));
        try (Predictor predictor = Predictor.open(models, version, components)) {
            return predictor.predict("clip 1", recording);
        }
    }

    private TreeMap<String, byte[]> with(String file, String from, String to) {
        TreeMap<String, byte[]> files = new TreeMap<>(whole);
        String text = new String(whole.get(file), StandardCharsets.UTF_8);
        assertThat(text).contains(from);
        files.put(file, text.replace(from, to).getBytes(StandardCharsets.UTF_8));
        return files;
    }

    private TreeMap<String, byte[]> withWeights(float value, int from, int to) {
        byte[] weights = whole.get(weights()).clone();
        ByteBuffer buffer = numbers(weights(), weights);
        IntStream.range(from, to).forEach(i -> buffer.putFloat(i * Float.BYTES, value));
        TreeMap<String, byte[]> files = new TreeMap<>(whole);
        files.put(weights(), weights);
        return files;
    }

    @Test
    void everyMutantIsRefusedByOneExceptionOrAnswersWithProbabilities() {
        Prediction right = ask(whole);
        assertThat(right.probability()).isPresent();
        Random random = new Random(Long.getLong("spira.seed", 20261130));
        List<String> names = List.copyOf(whole.keySet());
        List<String> others = new ArrayList<>();
        int answered = 0;
        for (int m = 0; m < MUTANTS; m++) {
            TreeMap<String, byte[]> files = new TreeMap<>(whole);
            String name = names.get(m % names.size());
            String change = mutate(files, name, random);
            try {
                Prediction prediction = ask(files);
                prediction.probability().ifPresent(value -> assertThat(value).as(change).isBetween(0.0, 1.0));
                assertThat(prediction.windowProbabilities()).as(change).allSatisfy(value -> assertThat(value).isBetween(0.0, 1.0));
                answered++;
            } catch (ModelRepositoryException | ComponentException e) {
                assertThat(e).as(change).hasMessageNotContaining("null");
            } catch (AudioException e) {
                // Of a reader whose limit became so small that the recording is over it, which the message says.
                assertThat(e).as(change).hasMessageContaining("the reader's limit");
            } catch (RuntimeException | Error e) {
                others.add(change + ": " + e);
            }
            try {
                PretrainedWeights.of("spira 2", files);
            } catch (TrainingException e) {
                assertThat(e).as(change).hasMessageNotContaining("null");
            } catch (RuntimeException | Error e) {
                others.add("weights of " + change + ": " + e);
            }
        }
        assertThat(others).isEmpty();
        assertThat(answered).isBetween(MUTANTS / 10, MUTANTS - 1);
    }

    /** Changes a file, and returns a description of the change. */
    private static String mutate(Map<String, byte[]> files, String name, Random random) {
        byte[] bytes = files.get(name).clone();
        int kind = random.nextInt(7);
        switch (kind) {
            case 0 -> files.remove(name);
            case 1 -> files.put(name, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
            case 2 -> {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                files.put(name, bytes);
            }
            case 3 -> {
                byte[] longer = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(bytes.length));
                System.arraycopy(bytes, 0, longer, bytes.length, longer.length - bytes.length);
                files.put(name, longer);
            }
            default -> {
                if (name.endsWith(".f32") || name.endsWith(".safetensors")) {
                    float value = NUMBERS[random.nextInt(NUMBERS.length)];
                    ByteBuffer buffer = numbers(name, bytes);
                    int numbers = buffer.capacity() / Float.BYTES;
                    int count = kind == 4 ? numbers : 1 + random.nextInt(10);
                    for (int i = 0; i < count; i++) {
                        buffer.putFloat(random.nextInt(numbers) * Float.BYTES, value);
                    }
                } else {
                    return replaceValue(files, name, random);
                }
                files.put(name, bytes);
            }
        }
        return name + " by a change of kind " + kind;
    }

    private static String replaceValue(Map<String, byte[]> files, String name, Random random) {
        String[] lines = new String(files.get(name), StandardCharsets.UTF_8).split("\n");
        int at = random.nextInt(lines.length);
        String value = VALUES.get(random.nextInt(VALUES.size()));
        String before = lines[at];
        int word = Math.max(before.indexOf('='), before.lastIndexOf(' '));
        lines[at] = before.substring(0, word + 1) + value;
        files.put(name, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        return name + ": '" + before + "' as '" + lines[at] + "'";
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void weightsThatAreNoNumbersAreRefusedAtLoad(float value) {
        assertThatExceptionOfType(ModelRepositoryException.class)
                .isThrownBy(() -> ask(withWeights(value, 7, 8)))
                .withMessageContaining("spira-0 version 1").withMessageContaining(weight(7))
                .withMessageContaining("restore the version from a backup");
    }

    @Test
    void weightsThatOverflowGiveNoProbability() {
        assertThatExceptionOfType(ModelRepositoryException.class)
                .isThrownBy(() -> ask(withWeights(3.4e38f, 0, numbers(weights(), whole.get(weights())).capacity() / Float.BYTES)))
                .withMessageContaining("spira-0 version 1").withMessageContaining("answered NaN for a trial window");
    }

    /** Nothing of these sizes is allocated. */
    @ParameterizedTest
    @CsvSource({
        "model.properties, melBands=12, melBands=2000000000, melBands",
        "model.properties, coefficients=8, coefficients=2000000000, coefficients",
        "model.properties, dense=2, dense=2000000000, weights",
        "model.properties, 'dense=2', 'dense=2147483647,2147483647', weights",
        "model.properties, outputs=1, outputs=2000000000, weights",
        "model.properties, averagePooling=0, averagePooling=2000000000, weights",
        "model.properties, input.frames=41, input.frames=2000000000, input",
        "model.properties, input.features=8, input.features=2000000000, input",
        "model.properties, window.length=2.0, window.length=200000.0, input",
        "input-statistics.properties, features=8, features=2000000000, features"
    })
    void sizesThatLieAreRefused(String file, String from, String to, String culprit) {
        assertThatThrownBy(() -> ask(with(file, from, to)))
                .isInstanceOfAny(ModelRepositoryException.class, ComponentException.class)
                .isInstanceOf(SpiraException.class)
                .hasMessageContaining(culprit);
    }

    @Test
    void aMissingFileIsNamed() {
        whole.remove(weights());
        assertThatExceptionOfType(ModelRepositoryException.class).isThrownBy(() -> ask(whole))
                .withMessageContaining("the model artifact has no file " + weights());
    }
}
