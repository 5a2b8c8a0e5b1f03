package io.github.spirabr.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.preprocessing.ShortRecordingException;
import io.github.spirabr.core.preprocessing.WindowSpan;
import io.github.spirabr.core.preprocessing.Windowing;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each fault that the contract is there for is found by it. */
@Tag("slow")
class WindowingContractBitesTest {

    /** One window at the beginning, silence past the end. */
    private interface Part extends Windowing, Verdicts.Faulty {

        @Override
        default int windowLength(int sampleRate) {
            return 100;
        }

        @Override
        default List<WindowSpan> windows(int length, int sampleRate) {
            return List.of(new WindowSpan(0, 100));
        }
    }

    private abstract static class Contract extends WindowingContract {

        @Override
        protected Components components() {
            return Verdicts.registered(Windowing.class, this::create);
        }
    }

    static class Faultless extends Contract {
        @Override
        protected Part create() {
            return new Part() {};
        }
    }

    @Test
    void aFaultlessPartPasses() {
        assertThat(Verdicts.failures(Faultless.class)).isEmpty();
    }

    static class RefusesOneWindow extends Contract {
        @Override
        protected Part create() {
            return new Part() {
                @Override
                public List<WindowSpan> windows(int length, int sampleRate) {
                    if (length <= 100) {
                        throw new ShortRecordingException(length, 101, sampleRate, false);
                    }
                    return Part.super.windows(length, sampleRate);
                }
            };
        }
    }

    @Test
    void aRecordingOfExactlyOneWindowRefused() {
        assertThat(Verdicts.failures(RefusesOneWindow.class))
                .containsExactly("onlyAndAlwaysTheSameShortRecordingsAreRefused");
    }

    static class DrawsUnsaid extends Contract {
        @Override
        protected Part create() {
            return new Part() {
                @Override
                public List<WindowSpan> trainingWindows(int length, int sampleRate, RandomGenerator random) {
                    return List.of(new WindowSpan(random.nextInt(length), 100));
                }
            };
        }
    }

    @Test
    void aDrawThatIsNotAnnounced() {
        assertThat(Verdicts.failures(DrawsUnsaid.class)).containsExactly("theSameStreamGivesTheSameWindows");
    }

    static class AnyOrder extends Contract {
        @Override
        protected Part create() {
            return new Part() {
                @Override
                public List<WindowSpan> windows(int length, int sampleRate) {
                    return length == 1
                            ? Part.super.windows(length, sampleRate)
                            : List.of(new WindowSpan(1, 100), new WindowSpan(0, 100));
                }
            };
        }
    }

    @Test
    void windowsOutOfOrder() {
        assertThat(Verdicts.failures(AnyOrder.class)).containsExactly("windowsHaveTheirLengthAndOrder");
    }

    static class ShortLast extends Contract {
        @Override
        protected Part create() {
            return new Part() {
                @Override
                public List<WindowSpan> windows(int length, int sampleRate) {
                    return List.of(new WindowSpan(0, Math.min(100, length)));
                }
            };
        }
    }

    @Test
    void aWindowOfAnotherLength() {
        assertThat(Verdicts.failures(ShortLast.class)).containsExactly("windowsHaveTheirLengthAndOrder");
    }

    static class PastTheEnd extends Contract {
        @Override
        protected Part create() {
            return new Part() {
                @Override
                public List<WindowSpan> windows(int length, int sampleRate) {
                    return List.of(new WindowSpan(0, 100), new WindowSpan(length, 100));
                }
            };
        }
    }

    @Test
    void aWindowOfNothingButSilencePastTheEnd() {
        assertThat(Verdicts.failures(PastTheEnd.class)).containsExactly("windowsHaveTheirLengthAndOrder");
    }
}
