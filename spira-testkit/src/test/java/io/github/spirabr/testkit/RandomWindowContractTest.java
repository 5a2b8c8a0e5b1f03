package io.github.spirabr.testkit;

import io.github.spirabr.core.preprocessing.RandomWindow;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.core.preprocessing.Windowing;
import java.time.Duration;

class RandomWindowContractTest extends WindowingContract {

    @Override
    protected Windowing create() {
        return RandomWindow.of(SlidingWindow.of(Duration.ofMillis(400), Duration.ofMillis(100)));
    }
}
