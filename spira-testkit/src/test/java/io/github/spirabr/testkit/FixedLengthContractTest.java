package io.github.spirabr.testkit;

import io.github.spirabr.core.preprocessing.FixedLength;
import io.github.spirabr.core.preprocessing.FixedLength.LongRecordings;
import io.github.spirabr.core.preprocessing.FixedLength.Padding;
import io.github.spirabr.core.preprocessing.Windowing;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

class FixedLengthContractTest extends WindowingContract {

    @Override
    protected Windowing create() {
        return FixedLength.of(5_000, 16_000).padding(Padding.ZERO_FRAMES).longRecordings(LongRecordings.SPLIT);
    }

    @Override
    protected Arbitrary<Integer> sampleRates() {
        return Arbitraries.just(16_000);
    }
}
