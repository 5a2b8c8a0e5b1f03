package io.github.spirabr.audio.decode;

import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.testkit.AudioReaderContract;
import java.time.Duration;

class FfmpegAudioReaderContractTest extends AudioReaderContract {

    @Override
    protected AudioReader create() {
        return FfmpegAudioReader.builder().sampleRate(16_000).maxDuration(Duration.ofMinutes(10)).build();
    }
}
