package io.github.spirabr.testkit;

import io.github.spirabr.core.preprocessing.WholeRecording;
import io.github.spirabr.core.preprocessing.Windowing;
import java.time.Duration;

class WholeRecordingContractTest extends WindowingContract {

    @Override
    protected Windowing create() {
        return WholeRecording.of(Duration.ofMillis(400));
    }
}
