package io.github.spirabr.audio.transform;

import io.github.spirabr.core.preprocessing.WaveformTransform;
import io.github.spirabr.testkit.WaveformTransformContract;
import java.time.Duration;
import net.jqwik.api.Group;

@SuppressWarnings("ClassCanBeStatic") // groups of jqwik are inner classes
class TransformContractsTest {

    @Group
    class PeakNormalization extends WaveformTransformContract {

        @Override
        protected WaveformTransform create() {
            return LevelNormalization.peak(-3);
        }
    }

    @Group
    class RmsNormalization extends WaveformTransformContract {

        @Override
        protected WaveformTransform create() {
            return LevelNormalization.rms(-20);
        }
    }

    @Group
    class LoudnessNormalization extends WaveformTransformContract {

        @Override
        protected WaveformTransform create() {
            return LevelNormalization.loudness(-16);
        }
    }

    @Group
    class RemoveDc extends WaveformTransformContract {

        @Override
        protected WaveformTransform create() {
            return DcRemoval.wholeRecording();
        }
    }

    @Group
    class Emphasis extends WaveformTransformContract {

        @Override
        protected WaveformTransform create() {
            return PreEmphasis.of(0.9);
        }
    }

    @Group
    class HighPass extends WaveformTransformContract {

        @Override
        protected WaveformTransform create() {
            return ButterworthFilter.highPass(80).order(2);
        }
    }

    @Group
    class LowPass extends WaveformTransformContract {

        @Override
        protected WaveformTransform create() {
            return ButterworthFilter.lowPass(3400).order(6);
        }
    }

    @Group
    class BandLimit extends WaveformTransformContract {

        @Override
        protected WaveformTransform create() {
            return ButterworthFilter.band(300, 3400).order(2);
        }
    }

    @Group
    class ResampleTo extends WaveformTransformContract {

        @Override
        protected WaveformTransform create() {
            return RateLimit.of(6000);
        }
    }

    @Group
    class TrimSilence extends WaveformTransformContract {

        @Override
        protected WaveformTransform create() {
            return SilenceRemoval.atEnds(Duration.ofMillis(20));
        }
    }

    @Group
    class SpeechOnly extends WaveformTransformContract {

        @Override
        protected WaveformTransform create() {
            return SilenceRemoval.everywhere(Duration.ofMillis(10), Duration.ofMillis(100));
        }
    }
}
