package io.github.spirabr.testkit;

import io.github.spirabr.core.preprocessing.Acl2021SlidingWindow;
import io.github.spirabr.core.preprocessing.Windowing;
import java.time.Duration;

class Acl2021SlidingWindowContractTest extends WindowingContract {

    @Override
    protected Windowing create() {
        return Acl2021SlidingWindow.of(Duration.ofMillis(400), Duration.ofMillis(100));
    }

    /** One sample more than a window: what was published loses the last full window. */
    @Override
    protected int shortestRecording(int sampleRate) {
        return create().windowLength(sampleRate) + 1;
    }
}
