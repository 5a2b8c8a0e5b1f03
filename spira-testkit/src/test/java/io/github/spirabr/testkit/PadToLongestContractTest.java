package io.github.spirabr.testkit;

import io.github.spirabr.core.preprocessing.FixedLength.LongRecordings;
import io.github.spirabr.core.preprocessing.FixedLength.Padding;
import io.github.spirabr.core.preprocessing.PadToLongest;
import io.github.spirabr.core.preprocessing.UnfittedWindowing;

class PadToLongestContractTest extends ComponentContract<UnfittedWindowing> {

    PadToLongestContractTest() {
        super(UnfittedWindowing.class);
    }

    @Override
    protected UnfittedWindowing create() {
        return PadToLongest.create().padding(Padding.ZERO_FRAMES).longRecordings(LongRecordings.SPLIT);
    }
}
