package io.github.spirabr.core.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.internal.adapter.Spelling;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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

    private static final class NoisyProvider extends ComponentProvider<Noisy> {

        NoisyProvider() {
            super(Noisy.class, "noisy",
                    Setting.bound("noises", String.class, "Recorded noises."),
                    Setting.number("amplitude.max", "Largest amplitude.").byDefault(0.5));
        }

        @Override
        protected Noisy create(Settings settings) {
            return new Noisy(settings.bound("noises", String.class), settings.number("amplitude.max"));
        }
    }

    /** Made of several others; as loud as all of them together. */
    private static final class GroupProvider extends ComponentProvider<Noisy> {

        GroupProvider() {
            super(Noisy.class, "group", Setting.components("parts", Noisy.class, "Parts that sound together."));
        }

        @Override
        protected Noisy create(Settings settings) {
            List<Noisy> parts = settings.components("parts", Noisy.class);
            return new Noisy("all", parts.stream().mapToDouble(Noisy::max).sum());
        }
    }

    /** As loud as another one, from a file. */
    private static final class CopyProvider extends ComponentProvider<Noisy> {

        CopyProvider() {
            super(Noisy.class, "copy", Setting.component("of", Noisy.class, "What is copied."),
                    Setting.file("file", "File of the copy.").optional("none"));
        }

        @Override
        protected Noisy create(Settings settings) {
            return new Noisy(settings.has("file") ? settings.string("file") : "none", settings.component("of", Noisy.class).max());
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
        assertThatThrownBy(() -> noisy(Map.of("noises", "hospital", "amplitude", Map.of("max", 0.1), "amplitude.max", 0.2)))
                .hasMessage("preprocessing.augment[1].amplitude.max is given twice; remove one of them");
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

    /** Reads one setting. */
    private static Object read(Setting setting, Map<String, ?> values, Function<Settings, Object> reader) {
        return SettingsDeclaration.of(setting).read("here", values, reader);
    }

    @Test
    void defaultsCountOnlyWhereNothingIsGiven() {
        Setting count = Setting.integer("n", "Count.").byDefault(5);
        assertThat(read(count, Map.of("n", 3), settings -> settings.integer("n"))).isEqualTo(3);
        assertThat(read(count, Map.of(), settings -> settings.integer("n"))).isEqualTo(5);
        Setting rule = Setting.choice("r", Rule.class, "Rule.").byDefault(Rule.LOOP);
        assertThat(read(rule, Map.of("r", "skip-it"), settings -> settings.choice("r", Rule.class))).isEqualTo(Rule.SKIP_IT);
        assertThat(read(rule, Map.of(), settings -> settings.choice("r", Rule.class))).isEqualTo(Rule.LOOP);
        assertThat(read(Setting.number("x", "X.").byDefault(1), Map.of(), settings -> settings.number("x"))).isEqualTo(1.0);
        assertThat(read(Setting.truth("t", "T.").byDefault(true), Map.of(), settings -> settings.bool("t"))).isEqualTo(true);
        assertThat(read(Setting.text("s", "S.").byDefault("none"), Map.of(), settings -> settings.string("s"))).isEqualTo("none");
        assertThat(read(Setting.seconds("s", "S."), Map.of("s", "0.25"), settings -> settings.seconds("s")))
                .isEqualTo(Duration.ofMillis(250));
        assertThat(read(Setting.longInteger("l", "L."), Map.of("l", 1L << 40), settings -> settings.longInteger("l")))
                .isEqualTo(1L << 40);
        assertThat(read(Setting.numbers("d", "D."), Map.of("d", "-1, 2.5"), settings -> settings.numbers("d")))
                .isEqualTo(List.of(-1.0, 2.5));
    }

    @Test
    void aValueOfAnotherKindIsRefused() {
        assertThatThrownBy(() -> read(Setting.choice("r", Rule.class, "Rule."), Map.of("r", "skip-its"), settings -> settings))
                .hasMessage("here.r must be one of [loop, skip-it], but was skip-its; did you mean 'skip-it'?");
        assertThatThrownBy(() -> read(Setting.truth("t", "T."), Map.of("t", "yes"), settings -> settings))
                .hasMessage("here.t must be true or false, but was yes");
        assertThatThrownBy(() -> read(Setting.seconds("s", "S."), Map.of("s", 1L << 40), settings -> settings))
                .hasMessage("here.s must be a number of seconds between -9.2e9 and 9.2e9, but was 1099511627776");
        assertThatThrownBy(() -> read(Setting.number("x", "X."), Map.of("x", "Infinity"), settings -> settings))
                .hasMessage("here.x must be a finite number, but was Infinity");
        assertThatThrownBy(() -> read(Setting.numbers("x", "X."), Map.of("x", List.of(1, "loud")), settings -> settings))
                .hasMessage("here.x[1] must be a finite number, but was loud");
    }

    @Test
    void aNameWithoutAValueIsRefused() {
        assertThatThrownBy(() -> read(Setting.text("empty", "E."), Collections.singletonMap("empty", null), settings -> settings))
                .hasMessage("here.empty has no value; give it one or remove the line");
    }

    @Test
    void aValueOutOfRangeIsToldWithUnitAndDefault() {
        Setting rate = Setting.integer("rate", "Sample rate.").between(1000, 384_000).unit("Hz").byDefault(16_000);
        assertThatThrownBy(() -> read(rate, Map.of("rate", 999), settings -> settings))
                .hasMessage("here.rate must be between 1000 and 384000 Hz, but was 999 Hz; the default is 16000");
        assertThatThrownBy(() -> rate.check(384_001))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("rate must be between 1000 and 384000 Hz, but was 384001 Hz; the default is 16000");
        assertThat(rate.check(1000)).isEqualTo(1000);
        Setting share = Setting.number("share", "Share.").above(0).atMost(1);
        assertThatThrownBy(() -> share.check(0.0)).hasMessage("share must be above 0 and at most 1, but was 0");
        assertThatThrownBy(() -> share.check(Double.NaN)).hasMessage("share must be above 0 and at most 1, but was NaN");
        assertThat(share.check(1.0)).isEqualTo(1);
        Setting word = Setting.number("fMax", "Top.").above(0).unit("Hz").or("nyquist").byDefault("nyquist");
        assertThat(read(word, Map.of(), settings -> settings.string("fMax"))).isEqualTo("nyquist");
        assertThat(read(word, Map.of("fMax", 4000), settings -> settings.number("fMax"))).isEqualTo(4000.0);
        assertThatThrownBy(() -> read(word, Map.of("fMax", 0), settings -> settings))
                .hasMessage("here.fMax must be above 0 Hz or nyquist, but was 0 Hz; the default is nyquist");
        assertThatThrownBy(() -> read(Setting.integers("n", "N.").atLeast(1), Map.of("n", "3,0"), settings -> settings))
                .hasMessage("here.n[1] must be at least 1, but was 0");
    }

    @Test
    void missingMistypedAndUnknownSettingsAreToldAtOnce() {
        SettingsDeclaration declared = SettingsDeclaration.of(
                Setting.integer("a", "A."), Setting.integer("count", "C."), Setting.number("bb", "B.").atMost(0),
                Setting.choice("rule", Rule.class, "R."), Setting.text("longNmae", "L."), Setting.texts("names", "N."));
        assertThatThrownBy(() -> declared.read("here", Map.of("a", "x", "bb", 1, "longName", 2, "wavelet", 3), settings -> settings))
                .isInstanceOfSatisfying(ComponentException.class, e -> assertThat(e.faults())
                        .extracting(ComponentException.Fault::path)
                        .containsExactly("here.a", "here.count", "here.bb", "here.rule", "here.longNmae", "here.names",
                                "here.wavelet"))
                .hasMessageStartingWith("here.a must be an integer of 32 bits, but was x; here.count is missing;")
                .hasMessageContaining("here.bb must be at most 0, but was 1;")
                .hasMessageContaining("here.rule is missing; it must be one of [loop, skip-it];")
                .hasMessageContaining("here.longNmae is missing; it must be a text; is 'longName' a misspelling of it?")
                .hasMessageContaining("here.wavelet is unknown; known are [a, bb, count, longNmae, names, rule]");
    }

    @Test
    void aSettingOfAnotherChoiceIsRefusedAndMissedWhereItBelongs() {
        SettingsDeclaration declared = SettingsDeclaration.of(
                Setting.choice("rule", Rule.class, "R.").byDefault(Rule.LOOP),
                Setting.number("gap", "G.").when("rule", Rule.SKIP_IT));
        Function<Settings, Double> gap = settings ->
                settings.choice("rule", Rule.class) == Rule.SKIP_IT ? settings.number("gap") : 0;
        assertThat(declared.<Double>read("here", Map.of(), gap)).isZero();
        assertThat(declared.<Double>read("here", Map.of("rule", "skip-it", "gap", 2), gap)).isEqualTo(2);
        assertThatThrownBy(() -> declared.read("here", Map.of("gap", 2), gap))
                .hasMessage("here.gap is only for rule skip-it, but rule is loop; remove it, or change rule");
        assertThatThrownBy(() -> declared.read("here", Map.of("rule", "skip-it"), gap))
                .hasMessage("here.gap is missing; it must be a number");
        assertThatThrownBy(() -> declared.read("here", Map.of("rule", "skip", "gap", 2), gap))
                .hasMessageStartingWith("here.rule must be one of [loop, skip-it], but was skip").hasMessageNotContaining("gap");
    }

    @Test
    void aGroupThatMayBeLeftOutIsWholeOrMissing() {
        SettingsDeclaration declared = SettingsDeclaration.of(
                Setting.integer("patience", "P."), Setting.number("least", "L.").byDefault(0)).asOptionalGroup("stop");
        Function<Settings, Integer> patience = settings -> {
            if (!settings.has("stop")) {
                return -1;
            }
            settings.number("stop.least");
            return settings.integer("stop.patience");
        };
        assertThat(declared.<Integer>read("here", Map.of(), patience)).isEqualTo(-1);
        assertThat(declared.<Integer>read("here", Map.of("stop.patience", 3), patience)).isEqualTo(3);
        assertThatThrownBy(() -> declared.read("here", Map.of("stop", Map.of("least", 1)), patience))
                .hasMessage("here.stop.patience is missing; it must be an integer");
    }

    @Test
    void groupsOfAnyNameHaveTheSettingsOfOne() {
        SettingsDeclaration declared = SettingsDeclaration.of(
                Setting.number("kinds.*.min", "Least."), Setting.number("kinds.*.max", "Most.").byDefault(9));
        Function<Settings, List<Double>> sums = settings -> settings.names("kinds").stream()
                .map(name -> settings.number("kinds." + name + ".min") + settings.number("kinds." + name + ".max"))
                .toList();
        assertThat(declared.read("here", Map.of("kinds", Map.of("music", Map.of("min", 1, "max", 2))), sums)).containsExactly(3.0);
        assertThat(declared.read("here", Map.of("kinds", List.of(Map.of("min", 1))), sums)).containsExactly(10.0);
        assertThat(declared.read("here", Map.of(), sums)).isEmpty();
        assertThatThrownBy(() -> declared.read("here", Map.of("kinds.music.max", 1, "kinds.music.mix", 2), sums))
                .hasMessage("here.kinds.music.min is missing; it must be a number; is 'kinds.music.mix' a misspelling of it?");
    }

    @Test
    void whatIsReadMustBeDeclaredAndWhatIsDeclaredMustBeRead() {
        SettingsDeclaration declared = SettingsDeclaration.of(Setting.number("x", "X.").optional("nothing"), Setting.truth("t", "T."));
        Map<String, ?> values = Map.of("t", true);
        assertThatThrownBy(() -> declared.read("here", values, settings -> settings.number("y")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("here.y is read, but not declared; declare it among [x, t]");
        assertThatThrownBy(() -> declared.read("here", values, settings -> settings.integer("x")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("here.x is read as INTEGER, but declared as NUMBER; read it as it is declared");
        assertThatThrownBy(() -> declared.read("here", values, settings -> settings.number("x")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("here.x is read, but is not given and has no default; ask has() before");
        assertThatThrownBy(() -> declared.read("here", values, settings -> settings.has("x")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("here: [t] are declared, but not read; read them, or remove the declaration");
    }

    @Test
    void aFaultyDeclarationIsRefusedWhereItIsMade() {
        assertThatThrownBy(() -> Setting.integer("n", "N.").byDefault("many"))
                .hasMessage("n must be an integer of 32 bits, but was many");
        assertThatThrownBy(() -> Setting.integer("n", "N.").atLeast(1).byDefault(0)).hasMessage("n must be at least 1, but was 0");
        assertThatThrownBy(() -> Setting.text("n", "N.").atLeast(1)).hasMessageContaining("is not a number and must have no range");
        assertThatThrownBy(() -> Setting.text("n", " ")).hasMessage("the setting 'n' must have a meaning, but has none");
        assertThatThrownBy(() -> Setting.text("a..b", "N.")).hasMessageContaining("must be words with dots between them");
        assertThatThrownBy(() -> SettingsDeclaration.of(Setting.text("n", "N."), Setting.truth("n", "N.")))
                .hasMessage("the setting 'n' is declared twice; remove one of them");
        assertThatThrownBy(() -> SettingsDeclaration.of(Setting.text("n", "N.").when("rule", Rule.LOOP)))
                .hasMessageContaining("must be declared as a choice");
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
    void aComponentIsReadAsAGroup() {
        Components components =
                Components.of(List.of(new NoisyProvider(), new CopyProvider())).bind(String.class, "hospital", "ward");
        ComponentDescription copy = copy(Map.of("of.type", "noisy", "of.noises", "hospital", "file", "a/b.wav"));
        assertThat(components.create(Noisy.class, "here", copy)).isEqualTo(new Noisy("a/b.wav", 0.5));
        assertThat(components.create(Noisy.class, "here", copy(Map.of("of", Map.of("type", "copy", "of", Map.of(
                "type", "noisy", "noises", "hospital", "amplitude", Map.of("max", 0.25)))))).max()).isEqualTo(0.25);
        assertThatThrownBy(() -> components.create(Noisy.class, "here", copy(Map.of())))
                .hasMessage("here.of is missing; it must be a part");
        assertThatThrownBy(() -> components.create(Noisy.class, "here", copy(Map.of("of", "noisy"))))
                .hasMessage("here.of must be a part, such as {type: TYPE}, but was noisy");
        assertThatThrownBy(() -> components.create(Noisy.class, "here", copy(Map.of("of.noises", "hospital"))))
                .hasMessage("here.of.type is missing; it names the kind of part");
        assertThatThrownBy(() -> components.create(Noisy.class, "here",
                        copy(Map.of("of.type", "noisy", "of.noises", "hospital", "of.amplitude.max", 2))))
                .hasMessage("here.of.amplitude.max: 2.0 is above 1; amplitudes are linear, in [0, 1]");
    }

    private static ComponentDescription copy(Map<String, Object> settings) {
        return new ComponentDescription("copy", settings);
    }

    @Test
    void settingsAreCheckedWithoutMakingThePart() {
        Components components = Components.of(List.of(new NoisyProvider())).bind(String.class, "hospital", "ward");
        // A part that would refuse its amplitude is not made.
        components.check(Noisy.class, "here", new ComponentDescription("noisy", Map.of("noises", "hospital", "amplitude.max", 3)));
        assertThatThrownBy(() -> components.check(Noisy.class, "here", new ComponentDescription("noisy", Map.of("amplitude.max", 3))))
                .hasMessage("here.noises is missing; it must be a text");
        assertThatThrownBy(() -> components.check(Noisy.class, "here", new ComponentDescription("loud", Map.of())))
                .hasMessageContaining("here.type: no Noisy is called 'loud'");
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
                .hasMessageContaining("here.parts[0].type is missing");
    }

    private static ComponentDescription group(Map<String, Object> settings) {
        return new ComponentDescription("group", settings);
    }

    @Test
    void textsAreListsOrSeparatedByCommas() {
        Setting texts = Setting.texts("a", "A.").byDefault(List.of("z"));
        assertThat(read(texts, Map.of("a", List.of("x", "y")), settings -> settings.strings("a"))).isEqualTo(List.of("x", "y"));
        assertThat(read(texts, Map.of("a", "x, y"), settings -> settings.strings("a"))).isEqualTo(List.of("x", "y"));
        assertThat(read(texts, Map.of("a", ""), settings -> settings.strings("a"))).isEqualTo(List.of());
        assertThat(read(texts, Map.of(), settings -> settings.strings("a"))).isEqualTo(List.of("z"));
    }
}
