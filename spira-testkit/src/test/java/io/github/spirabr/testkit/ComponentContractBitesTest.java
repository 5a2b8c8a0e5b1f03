package io.github.spirabr.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComponentContractBitesTest {

    private record Tone(double pitch) implements Component {

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("tone", Map.of("pitch", pitch));
        }
    }

    /** Runs the contract on a tone of 440 Hz. */
    private abstract static class ToneContract extends ComponentContract<Tone> {

        private final ComponentProvider<Tone> provider;

        ToneContract(ComponentProvider<Tone> provider) {
            super(Tone.class);
            this.provider = provider;
        }

        @Override
        protected Tone create() {
            return new Tone(440);
        }

        @Override
        protected Components components() {
            return Components.of(List.of(provider));
        }
    }

    private static Setting pitch(double byDefault) {
        return Setting.number("pitch", "Frequency of the tone.").above(0).unit("Hz").byDefault(byDefault);
    }

    private static final class Sound extends ComponentProvider<Tone> {

        Sound() {
            super(Tone.class, "tone", pitch(220));
        }

        @Override
        protected Tone create(Settings settings) {
            return new Tone(settings.number("pitch"));
        }
    }

    /** Builds the tone with another default than the declared one. */
    private static final class OtherDefault extends ComponentProvider<Tone> {

        OtherDefault() {
            super(Tone.class, "tone", pitch(220));
        }

        @Override
        protected Tone create(Settings settings) {
            double declared = settings.number("pitch");
            return new Tone(settings.has("pitch") ? declared : 110);
        }
    }

    /** Declares a setting that it never reads. */
    private static final class Unread extends ComponentProvider<Tone> {

        Unread() {
            super(Tone.class, "tone", pitch(220), Setting.truth("loud", "Nobody reads it.").byDefault(false));
        }

        @Override
        protected Tone create(Settings settings) {
            return new Tone(settings.number("pitch"));
        }
    }

    /** Describes a setting that is not declared. */
    private static final class Undeclared extends ComponentProvider<Tone> {

        Undeclared() {
            super(Tone.class, "tone");
        }

        @Override
        protected Tone create(Settings settings) {
            return new Tone(440);
        }
    }

    static final class SoundContract extends ToneContract {
        SoundContract() {
            super(new Sound());
        }
    }

    static final class OtherDefaultContract extends ToneContract {
        OtherDefaultContract() {
            super(new OtherDefault());
        }
    }

    static final class UnreadContract extends ToneContract {
        UnreadContract() {
            super(new Unread());
        }
    }

    static final class UndeclaredContract extends ToneContract {
        UndeclaredContract() {
            super(new Undeclared());
        }
    }

    @Test
    void aSoundDeclarationPasses() {
        assertThat(Verdicts.failures(SoundContract.class)).isEmpty();
    }

    @Test
    void anotherDefaultThanTheDeclaredOneIsFound() {
        assertThat(Verdicts.failures(OtherDefaultContract.class)).containsExactly("declaredDefaultsAreThoseOfThePart");
    }

    @Test
    void aSettingThatIsDeclaredAndNeverReadIsFound() {
        assertThat(Verdicts.failures(UnreadContract.class)).contains("everySettingIsDeclaredAndRead");
    }

    @Test
    void aSettingThatIsNotDeclaredIsFound() {
        assertThat(Verdicts.failures(UndeclaredContract.class)).contains("everySettingIsDeclaredAndRead");
    }
}
