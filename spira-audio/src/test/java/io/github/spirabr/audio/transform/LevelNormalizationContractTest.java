package io.github.spirabr.audio.transform;

import io.github.spirabr.core.preprocessing.WaveformTransform;
import io.github.spirabr.testkit.WaveformTransformContract;
import net.jqwik.api.Group;

class LevelNormalizationContractTest {

    @Group
    class Peak extends WaveformTransformContract {

        @Override
        protected WaveformTransform create() {
            return LevelNormalization.peak(-3);
        }
    }

    @Group
    class Rms extends WaveformTransformContract {

        @Override
        protected WaveformTransform create() {
            return LevelNormalization.rms(-20);
        }
    }

    @Group
    class OfLoudness extends WaveformTransformContract {

        @Override
        protected WaveformTransform create() {
            return LevelNormalization.loudness(-16);
        }
    }
}
