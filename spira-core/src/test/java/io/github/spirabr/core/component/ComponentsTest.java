package io.github.spirabr.core.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComponentsTest {

    private record Gain(double factor, int[] taps) implements Component {
        @Override
        public ComponentDescription description() {
            return new ComponentDescription("gain", Map.of("factor", factor));
        }
    }

    private static final class GainProvider extends ComponentProvider<Gain> {

        GainProvider() {
            super(Gain.class, "gain", Setting.number("factor", "Loudness."), Setting.integers("taps", "Places."));
        }

        @Override
        protected Gain create(Settings settings) {
            return new Gain(settings.number("factor"), settings.integers("taps"));
        }
    }

    private static final Components COMPONENTS = Components.of(List.of(new GainProvider()));

    private static Gain gain(Map<String, Object> settings) {
        return COMPONENTS.create(Gain.class, "pre.gain", new ComponentDescription("gain", settings));
    }

    @Test
    void valuesMayBeTypedOrText() {
        assertThat(gain(Map.of("factor", 2, "taps", List.of(1, 2))).factor()).isEqualTo(2);
        Gain fromText = gain(Map.of("factor", "0.5", "taps", "1, 2,3"));
        assertThat(fromText.factor()).isEqualTo(0.5);
        assertThat(fromText.taps()).containsExactly(1, 2, 3);
    }

    @Test
    void faultsNamePathValueAndWhatIsWanted() {
        assertThatThrownBy(() -> gain(Map.of("taps", "1")))
                .isInstanceOf(ComponentException.class)
                .hasMessage("pre.gain.factor is missing; it must be a number");
        assertThatThrownBy(() -> gain(Map.of("factor", "loud", "taps", "1")))
                .hasMessage("pre.gain.factor must be a finite number, but was loud");
        assertThatThrownBy(() -> gain(Map.of("factor", 1, "taps", "1,x")))
                .hasMessage("pre.gain.taps[1] must be an integer of 32 bits, but was x");
        assertThatThrownBy(() -> gain(Map.of("factor", 1, "taps", "1", "fcator", 3, "z", 1)))
                .hasMessage("pre.gain.fcator is unknown; known are [factor, taps]; did you mean 'factor'?;"
                        + " pre.gain.z is unknown; known are [factor, taps]");
    }

    @Test
    void anUnknownTypeListsTheKnownOnes() {
        assertThatThrownBy(() -> COMPONENTS.create(Gain.class, "pre", new ComponentDescription("gian", Map.of())))
                .isInstanceOf(ComponentException.class)
                .hasMessageContaining("pre.type: no Gain is called 'gian'; known are [gain]; did you mean 'gain'?");
    }

    @Test
    void twoOfAKindAreRefused() {
        assertThatThrownBy(() -> Components.of(List.of(new GainProvider(), new GainProvider())))
                .hasMessageContaining("'gain' of Gain is registered twice");
    }
}
