package io.github.spirabr.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.WindowSpan;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each fault that the contract is there for is found by it. */
class FeatureExtractorContractBitesTest {

    /** Every hundredth sample, as the only feature. */
    private static class Part implements FeatureExtractor, Verdicts.Faulty {

        @Override
        public int features() {
            return 1;
        }

        @Override
        public int frames(int samples) {
            return samples / 100;
        }

        @Override
        public FeatureMatrix extract(Waveform waveform) {
            float[] values = new float[waveform.length() / 100];
            for (int frame = 0; frame < values.length; frame++) {
                values[frame] = value(waveform, 100 * frame);
            }
            return FeatureMatrix.of(values.length, 1, values);
        }

        float value(Waveform waveform, int index) {
            return waveform.sample(index);
        }
    }

    private abstract static class Contract extends FeatureExtractorContract {

        @Override
        protected Components components() {
            return Verdicts.registered(FeatureExtractor.class, this::create);
        }
    }

    static class Faultless extends Contract {
        @Override
        protected FeatureExtractor create() {
            return new Part();
        }
    }

    @Test
    void aFaultlessPartPasses() {
        assertThat(Verdicts.failures(Faultless.class)).isEmpty();
    }

    static class RoundsUp extends Contract {
        @Override
        protected FeatureExtractor create() {
            return new Part() {
                @Override
                public int frames(int samples) {
                    return (samples + 99) / 100;
                }
            };
        }
    }

    @Test
    void aNumberOfFramesThatIsNotTheAnnouncedOne() {
        assertThat(Verdicts.failures(RoundsUp.class)).containsExactly("theShapeIsTheAnnouncedOne");
    }

    static class LogarithmOfSilence extends Contract {
        @Override
        protected FeatureExtractor create() {
            return new Part() {
                @Override
                float value(Waveform waveform, int index) {
                    return (float) Math.log(Math.abs(waveform.sample(index)));
                }
            };
        }
    }

    @Test
    void silenceWhoseLogarithmIsNotFinite() {
        assertThat(Verdicts.failures(LogarithmOfSilence.class)).contains("theShapeIsTheAnnouncedOne");
    }

    static class WholeRecording extends Contract {
        @Override
        protected FeatureExtractor create() {
            return new Part() {
                @Override
                public List<FeatureMatrix> extract(Waveform waveform, List<WindowSpan> windows) {
                    int most = windows.get(0).length();
                    float[] samples = new float[most];
                    waveform.copyTo(0, samples, 0, most);
                    return Collections.nCopies(windows.size(), extract(Waveform.of(samples, waveform.sampleRate())));
                }
            };
        }
    }

    @Test
    void windowsThatDifferFromWindowsAlone() {
        assertThat(Verdicts.failures(WholeRecording.class)).containsExactly("aWindowAmongOthersIsAWindowAlone");
    }

    static class Remembers extends Contract {
        @Override
        protected FeatureExtractor create() {
            return new Part() {
                private float before;

                @Override
                float value(Waveform waveform, int index) {
                    float difference = waveform.sample(index) - before;
                    before = waveform.sample(index);
                    return difference;
                }
            };
        }
    }

    @Test
    void aFilterThatRemembersTheRecordingBefore() {
        assertThat(Verdicts.failures(Remembers.class)).contains("theSameSamplesGiveTheSameBits");
    }

    static class DependsOnThread extends Contract {
        @Override
        protected FeatureExtractor create() {
            return new Part() {
                @Override
                float value(Waveform waveform, int index) {
                    return Thread.currentThread().getName().hashCode();
                }
            };
        }
    }

    @Test
    void aResultThatDependsOnTheThread() {
        assertThat(Verdicts.failures(DependsOnThread.class)).containsExactly("eightThreadsGetTheBitsOfOne");
    }
}
