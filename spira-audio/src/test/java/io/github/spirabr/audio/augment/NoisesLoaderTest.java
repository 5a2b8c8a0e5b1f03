package io.github.spirabr.audio.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.preprocessing.Augmentation;
import io.github.spirabr.core.preprocessing.EvaluationProtocol;
import io.github.spirabr.core.preprocessing.NoiseLoader;
import io.github.spirabr.core.preprocessing.NoiseLoader.NoiseSet;
import io.github.spirabr.core.recording.AudioSource;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class NoisesLoaderTest {

    /** Fails the test when it is opened. */
    private record Unopened(String name) implements AudioSource {
        @Override
        public InputStream open() {
            throw new AssertionError(name + " was opened");
        }
    }

    private static Components standIns(OptionalDouble trainingShare, String... names) {
        List<AudioSource> sources = new ArrayList<>();
        List.of(names).forEach(name -> sources.add(new Unopened(name)));
        NoiseLoader loader = ServiceLoader.load(NoiseLoader.class).findFirst().orElseThrow();
        return loader.standIn(Components.discover(), new NoiseSet("ward", sources, trainingShare, 1), 16_000);
    }

    private static Augmentation insertion(Components components, Map<String, Object> more) {
        Map<String, Object> settings = new LinkedHashMap<>(Map.of(
                "noises", "ward", "perControl", 1, "perPatient", 0, "amplitude.min", 0.1, "amplitude.max", 0.2));
        settings.putAll(more);
        return components.create(Augmentation.class, "augment", new ComponentDescription("noise-insertion", settings));
    }

    @Test
    void settingsAreCheckedWithoutOpeningANoise() {
        Components components = standIns(OptionalDouble.empty(), "fan", "pump");
        assertThat(insertion(components, Map.of()).material()).hasSize(2);
        assertThatThrownBy(() -> insertion(components, Map.of("noises", "wrad")))
                .hasMessageContaining("no Noises is called 'wrad'; known are [ward]; did you mean 'ward'?");
        assertThatThrownBy(() -> insertion(components, Map.of("amplitude.max", 2)))
                .hasMessage("augment.amplitude.max must be between 0 and 1, but was 2");
    }

    @Test
    void aFingerprintIsNotHeldAgainstStandIns() {
        Components components = standIns(OptionalDouble.empty(), "fan", "pump");
        Augmentation other = insertion(components, Map.of("noisesSha256", "00"));
        assertThat(other.description()).isEqualTo(insertion(components, Map.of()).description());
    }

    @Test
    void sharedNoisesAreFoundWithoutOpeningThem() {
        Components components = standIns(OptionalDouble.of(0.5), "fan", "pump");
        Map<String, Object> settings = Map.of("count", 1, "amplitude.min", 0.1, "amplitude.max", 0.2);
        Augmentation training = insertion(components, Map.of("noises", "ward/training"));
        for (String side : List.of("ward", "ward/evaluation")) {
            Map<String, Object> all = new LinkedHashMap<>(settings);
            all.put("noises", side);
            EvaluationProtocol protocol = components.create(
                    EvaluationProtocol.class, "evaluation", new ComponentDescription("noise-in-every-recording", all));
            if (side.equals("ward")) {
                assertThatThrownBy(() -> protocol.refuseMaterialOf(List.of(training))).hasMessageContaining("mixes in");
            } else {
                protocol.refuseMaterialOf(List.of(training));
            }
        }
    }
}
