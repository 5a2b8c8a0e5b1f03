package io.github.spirabr.audio.speech;

import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.testkit.FeatureExtractorContract;
import java.time.Duration;

class SpeechStatisticsContractTest extends FeatureExtractorContract {

    @Override
    protected FeatureExtractor create() {
        return SpeechStatistics.builder().pitchFloor(60).pitchCeiling(500).minimumPause(Duration.ofMillis(150))
                .minimumSpeech(Duration.ofMillis(80)).build();
    }
}
