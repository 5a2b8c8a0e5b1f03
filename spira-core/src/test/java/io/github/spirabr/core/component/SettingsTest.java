package io.github.spirabr.core.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private enum Rule {
        LOOP,
        SKIP_IT
    }

    private record Noisy(String noises, double max) implements Component {

        Noisy {
            if (max > 1) {
                throw new InvalidSettingException("amplitude.max", max + " is above 1; amplitudes are linear, in [0, 1]");
            }
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("noisy", Map.of("amplitude.max", max));
        }
    }

    private static final class NoisyProvider implements ComponentProvider<Noisy> {
        @Override
        public Class<Noisy> port() {
            return Noisy.class;
        }

        @Override
        public String type() {
            return "noisy";
        }

        @Override
        public Noisy create(Settings settings) {
            return new Noisy(settings.bound("noises", String.class), settings.number("amplitude.max", 0.5));
        }
    }

    /** Made of several others; as loud as all of them together. */
    private static final class GroupProvider implements ComponentProvider<Noisy> {
        @Override
        public Class<Noisy> port() {
            return Noisy.class;
        }

        @Override
        public String type() {
            return "group";
        }

        @Override
        public Noisy create(Settings settings) {
            List<Noisy> parts = settings.components("parts", Noisy.class);
            return new Noisy("all", parts.stream().mapToDouble(Noisy::max).sum());
        }
    }

    private static Noisy noisy(Map<String, Object> settings) {
        return Components.of(List.of(new NoisyProvider()))
                .bind(String.class, "hospital", "ward and corridor")
                .create(Noisy.class, "preprocessing.augment[1]", new ComponentDescription("noisy", settings));
    }

    @Test
    void aRefusedValueNamesItsWholePath() {
        assertThatThrownBy(() -> noisy(Map.of("noises", "hospital", "amplitude", Map.of("max", 3))))
                .isInstanceOf(ComponentException.class)
                .hasMessage("preprocessing.augment[1].amplitude.max: 3.0 is above 1; amplitudes are linear, in [0, 1]");
    }

    @Test
    void groupsMayBeMapsOrDottedNames() {
        assertThat(noisy(Map.of("noises", "hospital", "amplitude", Map.of("max", 0.25))))
                .isEqualTo(noisy(Map.of("noises", "hospital", "amplitude.max", "0.25")));
        assertThatThrownBy(() -> new Settings("here", Map.of("a", Map.of("b", 1), "a.b", 2)))
                .hasMessage("here.a.b is given twice; remove one of them");
        assertThat(new Settings("here", Map.of("kinds", Map.of("music", Map.of("min", 1, "max", 2)))).names("kinds"))
                .containsExactly("music");
    }

    @Test
    void boundValuesAreFoundByName() {
        assertThat(noisy(Map.of("noises", "hospital")).noises()).isEqualTo("ward and corridor");
        assertThatThrownBy(() -> noisy(Map.of("noises", "hopsital")))
                .hasMessage("preprocessing.augment[1].noises: no String is called 'hopsital'; known are [hospital];"
                        + " did you mean 'hospital'?");
        assertThatThrownBy(() -> Components.of(List.of()).bind(String.class, "a", "1").bind(String.class, "a", "2"))
                .hasMessage("two String are called 'a'; rename one of them");
    }

    @Test
    void aMisspeltNameIsRecognisedWhereItIsMissed() {
        assertThatThrownBy(() -> noisy(Map.of("noisse", "hospital")))
                .hasMessage("preprocessing.augment[1].noises is missing; it must be a text;"
                        + " is 'noisse' a misspelling of it?");
    }

    @Test
    void defaultsCountOnlyWhereNothingIsGiven() {
        Settings settings = new Settings("here", Map.of("n", 3, "r", "skip-it", "s", 0.25, "t", "yes", "l", 1L << 40));
        assertThat(settings.integer("n", 5)).isEqualTo(3);
        assertThat(settings.integer("m", 5)).isEqualTo(5);
        assertThat(settings.number("x", 1.5)).isEqualTo(1.5);
        assertThat(settings.string("y", "none")).isEqualTo("none");
        assertThat(settings.bool("z", true)).isTrue();
        assertThat(settings.choice("r", Rule.class)).isEqualTo(Rule.SKIP_IT);
        assertThat(settings.choice("q", Rule.class, Rule.LOOP)).isEqualTo(Rule.LOOP);
        assertThat(settings.seconds("s")).isEqualTo(Duration.ofMillis(250));
        assertThat(settings.longInteger("l")).isEqualTo(1L << 40);
        assertThatThrownBy(() -> settings.choice("t", Rule.class))
                .hasMessage("here.t must be one of [loop, skip-it], but was yes");
        assertThatThrownBy(() -> settings.bool("t", true)).hasMessage("here.t must be true or false, but was yes");
        assertThatThrownBy(() -> settings.seconds("l")).hasMessageContaining("number of seconds between");
    }

    @Test
    void aNameWithoutAValueIsRefused() {
        assertThatThrownBy(() -> new Settings("here", Collections.singletonMap("empty", null)))
                .hasMessage("here.empty has no value; give it one or remove the line");
    }

    @Test
    void missingMistypedAndUnknownSettingsAreToldAtOnce() {
        assertThatThrownBy(() -> Settings.read("here", Map.of("a", "x", "bb", 1, "longName", 2, "wavelet", 3), settings ->
                        settings.integer("a") + settings.integer("count") + settings.number("bb")
                                + settings.choice("rule", Rule.class).ordinal() + settings.string("longNmae").length()
                                + settings.strings("names").size()))
                .isInstanceOfSatisfying(ComponentException.class, e -> assertThat(e.faults())
                        .extracting(ComponentException.Fault::path)
                        .containsExactly("here.a", "here.count", "here.rule", "here.longNmae", "here.names", "here.wavelet"))
                .hasMessageStartingWith("here.a must be an integer of 32 bits, but was x; here.count is missing;")
                .hasMessageContaining("here.longNmae is missing; it must be a text; is 'longName' a misspelling of it?")
                .hasMessageContaining("here.wavelet is unknown; known are [a, bb, count, longNmae, names, rule]");
    }

    @Test
    void aRefusalThatMayFollowFromAMissingSettingIsNotTold() {
        assertThatThrownBy(() -> Settings.read("here", Map.of("least", 0.5), settings -> {
                    if (settings.number("least") > settings.number("most")) {
                        throw new InvalidSettingException("least", "is above most");
                    }
                    return settings;
                }))
                .hasMessage("here.most is missing; it must be a number");
    }

    @Test
    void theNearestSpellingIsFound() {
        List<String> known = List.of("mel-spectrogram", "mfcc", "spectrogram");
        assertThat(Spelling.nearest("mcff", known)).isEmpty();
        assertThat(Spelling.nearest("mfc", known)).contains("mfcc");
        assertThat(Spelling.nearest("mel_spectogram", known)).contains("mel-spectrogram");
        assertThat(Spelling.nearest("wavelets", known)).isEmpty();
    }

    @Property(tries = 200)
    void oneSlipIsAlwaysFound(@ForAll @AlphaChars @StringLength(min = 4, max = 20) String name, @ForAll int where) {
        char[] letters = name.toCharArray();
        letters[Math.floorMod(where, letters.length)] = '-';
        assertThat(Spelling.nearest(new String(letters), Arrays.asList("0123456789", name))).contains(name);
    }

    @Test
    void listsOfComponentsAreReadAsListsAndAsNumberedGroups() {
        Components components =
                Components.of(List.of(new NoisyProvider(), new GroupProvider())).bind(String.class, "hospital", "ward");
        Map<String, Object> one = Map.of("type", "noisy", "noises", "hospital", "amplitude", Map.of("max", 0.25));
        assertThat(components.create(Noisy.class, "here", group(Map.of("parts", List.of(one, one)))).max())
                .isEqualTo(0.5);
        assertThat(components.create(Noisy.class, "here", group(Map.of(
                                "parts.0.type", "noisy", "parts.0.noises", "hospital", "parts.0.amplitude.max", 0.125)))
                        .max())
                .isEqualTo(0.125);
        assertThatThrownBy(() -> components.create(Noisy.class, "here", group(Map.of(
                        "parts", List.of(Map.of("type", "noisy", "noises", "hospital", "amplitude", Map.of("max", 2)))))))
                .hasMessage("here.parts[0].amplitude.max: 2.0 is above 1; amplitudes are linear, in [0, 1]");
        assertThatThrownBy(() -> components.create(Noisy.class, "here", group(Map.of("parts.0.noises", "hospital"))))
                .hasMessageContaining("here.parts.0.type is missing");
    }

    private static ComponentDescription group(Map<String, Object> settings) {
        return new ComponentDescription("group", settings);
    }

    @Test
    void textsAreListsOrSeparatedByCommas() {
        Settings settings = new Settings("here", Map.of("a", List.of("x", "y"), "b", "x, y", "c", ""));
        assertThat(settings.strings("a", List.of())).containsExactly("x", "y");
        assertThat(settings.strings("b", List.of())).containsExactly("x", "y");
        assertThat(settings.strings("c", List.of("z"))).isEmpty();
        assertThat(settings.strings("d", List.of("z"))).containsExactly("z");
    }
}
