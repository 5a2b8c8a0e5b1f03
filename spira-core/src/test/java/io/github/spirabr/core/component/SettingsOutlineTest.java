package io.github.spirabr.core.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.component.SettingsOutline.Condition;
import io.github.spirabr.core.component.SettingsOutline.Kind;
import io.github.spirabr.core.component.SettingsOutline.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SettingsOutlineTest {

    private enum Rule {
        LOOP,
        SKIP_IT
    }

    private static Setting only(Function<Settings, ?> reader) {
        return SettingsOutline.of(reader).settings().get(0);
    }

    private static Setting named(String name, Function<Settings, ?> reader) {
        return SettingsOutline.of(reader).settings().stream()
                .filter(setting -> setting.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void eachKindIsTold() {
        assertThat(only(settings -> settings.string("a")).kind()).isEqualTo(Kind.TEXT);
        assertThat(only(settings -> settings.bool("a")).kind()).isEqualTo(Kind.TRUTH);
        assertThat(only(settings -> settings.integer("a")).kind()).isEqualTo(Kind.INTEGER);
        assertThat(only(settings -> settings.longInteger("a")).kind()).isEqualTo(Kind.LONG_INTEGER);
        assertThat(only(settings -> settings.number("a")).kind()).isEqualTo(Kind.NUMBER);
        assertThat(only(settings -> settings.seconds("a")).kind()).isEqualTo(Kind.SECONDS);
        assertThat(only(settings -> settings.integers("a")).kind()).isEqualTo(Kind.INTEGERS);
        assertThat(only(settings -> settings.strings("a")).kind()).isEqualTo(Kind.TEXTS);
        assertThat(only(settings -> settings.bound("a", String.class)).kind()).isEqualTo(Kind.BOUND);
        assertThat(only(settings -> settings.components("a", Component.class)).kind()).isEqualTo(Kind.COMPONENTS);
        assertThat(only(settings -> settings.has("a")).kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(only(settings -> settings.choice("a", Rule.class)).choices()).containsExactly("loop", "skip-it");
        assertThat(only(settings -> settings.choice("a", List.of("x", "y"), "y")).choices()).containsExactly("x", "y");
    }

    @Test
    void whatHasADefaultIsNotNeeded() {
        assertThat(only(settings -> settings.integer("a")).needed()).isTrue();
        Setting withDefault = only(settings -> settings.integer("a", 5));
        assertThat(withDefault.needed()).isFalse();
        assertThat(withDefault.byDefault()).isEqualTo(Optional.of(5));
        assertThat(only(settings -> settings.choice("a", Rule.class, Rule.SKIP_IT)).byDefault()).contains("skip-it");
        assertThat(only(settings -> settings.has("a") ? settings.seconds("a") : Duration.ZERO))
                .satisfies(one -> assertThat(one.needed()).isFalse())
                .satisfies(one -> assertThat(one.kind()).isEqualTo(Kind.SECONDS));
    }

    /** A noam schedule has a warm-up that must be given, and only that has one. */
    @Test
    void whatDependsOnAChoiceIsFoundUnderIt() {
        Function<Settings, Object> reader = settings ->
                settings.choice("schedule.type", List.of("constant", "noam"), "constant").equals("noam")
                        ? settings.integer("schedule.warmup")
                        : 0;
        Setting warmup = named("schedule.warmup", reader);
        assertThat(warmup.needed()).isTrue();
        assertThat(warmup.conditions())
                .isEqualTo(Map.of("schedule.type", new Condition(Set.of("noam"), Set.of("constant"), false)));
    }

    @Test
    void whatTheUsualChoiceAloneAsksForDependsOnItAsWell() {
        Setting threshold = named("threshold", settings -> settings.choice("rule", Rule.class, Rule.LOOP) == Rule.LOOP
                ? settings.number("threshold", 0.5)
                : 0.0);
        assertThat(threshold.conditions())
                .isEqualTo(Map.of("rule", new Condition(Set.of("loop"), Set.of("skip-it"), true)));
    }

    @Test
    void whatDependsOnAChoiceThatDependsOnAnotherIsFound() {
        Setting deep = named("deep", settings -> {
            if (settings.bool("one", false) && settings.choice("two", Rule.class) == Rule.SKIP_IT) {
                return settings.string("deep");
            }
            return "";
        });
        assertThat(deep.conditions().keySet()).containsExactlyInAnyOrder("one", "two");
        assertThat(deep.needed()).isTrue();
    }

    @Test
    void aGroupMayHaveAnyNames() {
        Function<Settings, Object> reader = settings -> settings.names("categories").stream()
                .map(name -> settings.number("categories." + name + ".share"))
                .toList();
        Setting share = named("categories.*.share", reader);
        assertThat(share.needed()).isTrue();
        assertThat(share.within()).isEqualTo("categories");
    }

    /** A reader refuses what is out of range, as the stand-ins may be; it is asked again with others. */
    @Test
    void aReaderThatRefusesStandInsIsAskedAgain() {
        SettingsOutline outline = SettingsOutline.of(settings -> {
            if (settings.integer("sampleRate") < 8000) {
                throw new InvalidSettingException("sampleRate", "it is below 8000 Hz");
            }
            return settings.string("after", "it");
        });
        assertThat(outline.complete()).isTrue();
        assertThat(outline.names()).containsExactly("after", "sampleRate");
        SettingsOutline never = SettingsOutline.of(settings -> {
            throw new IllegalArgumentException("whatever " + settings.integer("a") + " is");
        });
        assertThat(never.complete()).isFalse();
        assertThat(never.names()).containsExactly("a");
    }

    private record Noisy(String fingerprint) implements Component {
        @Override
        public ComponentDescription description() {
            return new ComponentDescription("noisy", Map.of("sha256", fingerprint));
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
            return new Noisy(settings.string("sha256", settings.bound("noises", String.class)));
        }
    }

    /** Otherwise a stand-in's fingerprint would be told for everybody's. */
    @Test
    void aDefaultThatComesFromABoundValueIsNone() {
        SettingsOutline outline = Components.of(List.of(new NoisyProvider()))
                .bind(String.class, "one", "1234").bind(String.class, "two", "5678")
                .outline(Noisy.class, "noisy");
        assertThat(outline.complete()).isTrue();
        assertThat(outline.settings()).extracting(Setting::name).containsExactly("noises", "sha256");
        assertThat(outline.settings()).extracting(Setting::byDefault).containsOnly(Optional.empty());
    }
}
