package io.github.spirabr.testkit;

import io.github.spirabr.core.preprocessing.ShortRecordings;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.preprocessing.Windowing;
import java.time.Duration;

class SlidingWindowContractTest extends WindowingContract {

    @Override
    protected Windowing create() {
        return SlidingWindow.of(Duration.ofMillis(400), Duration.ofMillis(70)).shortRecordings(ShortRecordings.DROP);
    }
}
