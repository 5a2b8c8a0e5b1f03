package io.github.spirabr.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.preprocessing.Augmentation;
import io.github.spirabr.core.recording.Recording;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each fault that the contract is there for is found by it. */
@Tag("slow")
class AugmentationContractBitesTest {

    private interface Part extends Augmentation, Verdicts.Faulty {}

    private abstract static class Contract extends AugmentationContract {

        @Override
        protected Components components() {
            return Verdicts.registered(Augmentation.class, this::create);
        }
    }

    private static Waveform scaled(Waveform waveform, double factor) {
        float[] samples = waveform.toArray();
        for (int i = 0; i < samples.length; i++) {
            samples[i] *= (float) factor;
        }
        return Waveform.of(samples, waveform.sampleRate());
    }

    static class Faultless extends Contract {
        @Override
        protected Part create() {
            return (waveform, recording, random) -> scaled(waveform, random.nextDouble(0.5, 1));
        }
    }

    @Test
    void aFaultlessPartPasses() {
        assertThat(Verdicts.failures(Faultless.class)).isEmpty();
    }

    static class SharedGenerator extends Contract {
        private static final SplittableRandom SHARED = new SplittableRandom(1);

        @Override
        protected Part create() {
            return (waveform, recording, random) ->
                    Waveform.of(new float[] {SHARED.nextFloat(), SHARED.nextFloat()}, waveform.sampleRate());
        }
    }

    @Test
    void aSharedGenerator() {
        assertThat(Verdicts.failures(SharedGenerator.class))
                .containsExactlyInAnyOrder("theSameStreamGivesTheSameBits", "eightThreadsGetTheBitsOfOne");
    }

    static class DependsOnThread extends Contract {
        @Override
        protected Part create() {
            return (waveform, recording, random) -> Waveform.of(
                    new float[] {Thread.currentThread().getName().hashCode()}, waveform.sampleRate());
        }
    }

    @Test
    void aResultThatDependsOnTheThread() {
        assertThat(Verdicts.failures(DependsOnThread.class)).containsExactly("eightThreadsGetTheBitsOfOne");
    }

    static class ChangesInput extends Contract {
        @Override
        protected Part create() {
            return (waveform, recording, random) -> {
                try {
                    Field samples = Waveform.class.getDeclaredField("samples");
                    samples.setAccessible(true);
                    ((float[]) samples.get(waveform))[0] += 1;
                } catch (ReflectiveOperationException e) {
                    throw new AssertionError(e);
                }
                return waveform;
            };
        }
    }

    @Test
    void aChangedInput() {
        assertThat(Verdicts.failures(ChangesInput.class)).contains("theInputIsLeftAsItIs");
    }

    static class NotFinite extends Contract {
        @Override
        protected Part create() {
            return (waveform, recording, random) -> scaled(waveform, 1.0 / peak(waveform));
        }

        private static double peak(Waveform waveform) {
            double peak = 0;
            for (float sample : waveform.toArray()) {
                peak = Math.max(peak, Math.abs(sample));
            }
            return peak;
        }
    }

    @Test
    void samplesThatAreNotFiniteWhereTheInputIsSilent() {
        assertThat(Verdicts.failures(NotFinite.class)).contains("theSampleRateIsKept", "theSameStreamGivesTheSameBits");
    }

    static class OtherRate extends Contract {
        @Override
        protected Part create() {
            return (waveform, recording, random) -> Waveform.of(waveform.toArray(), 2 * waveform.sampleRate());
        }
    }

    @Test
    void anotherSampleRate() {
        assertThat(Verdicts.failures(OtherRate.class)).containsExactly("theSampleRateIsKept");
    }

    /** Its provider forgets the setting. */
    private static final class Forgetful implements Part {

        private final double strength;

        Forgetful(double strength) {
            this.strength = strength;
        }

        @Override
        public Waveform augment(Waveform waveform, Recording recording, RandomGenerator random) {
            return scaled(waveform, strength);
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("faulty", Map.of("strength", strength));
        }
    }

    static class ForgetsASetting extends AugmentationContract {
        @Override
        protected Augmentation create() {
            return new Forgetful(0.25);
        }

        @Override
        protected Components components() {
            return Verdicts.registered(Augmentation.class, () -> new Forgetful(1));
        }
    }

    @Test
    void aForgottenSetting() {
        assertThat(Verdicts.failures(ForgetsASetting.class)).containsExactlyInAnyOrder(
                "settingsMakeAnEqualPart", "settingsAsTextMakeAnEqualPart", "theSameStreamGivesTheSameBits");
    }

    static class UnstorableSetting extends Contract {
        @Override
        protected Part create() {
            return new Part() {
                @Override
                public Waveform augment(Waveform waveform, Recording recording, RandomGenerator random) {
                    return waveform;
                }

                @Override
                public ComponentDescription description() {
                    return new ComponentDescription("faulty", Map.of("strength", 0.5f));
                }
            };
        }
    }

    @Test
    void aSettingThatCannotBeStored() {
        assertThat(Verdicts.failures(UnstorableSetting.class)).containsExactly("settingsAreOfTheTypesThatCanBeStored");
    }

    static class NamedMaterial extends Contract {
        @Override
        protected Part create() {
            return new Part() {
                @Override
                public Waveform augment(Waveform waveform, Recording recording, RandomGenerator random) {
                    return waveform;
                }

                @Override
                public Map<String, String> material() {
                    return Map.of("street.wav", "street");
                }
            };
        }
    }

    @Test
    void materialWithoutAHash() {
        assertThat(Verdicts.failures(NamedMaterial.class)).containsExactly("materialIsNamedByItsHash");
    }
}
