package io.github.spirabr.training.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockWorkspaceTest {

    @ParameterizedTest
    @CsvSource({
        "1, 32, 7, 2, 1, true, 401, 40",
        "32, 16, 5, 2, 16, true, 194, 40",
        "16, 8, 3, 1, 8, false, 93, 40",
        "8, 4, 1, 1, 1, false, 30, 13",
    })
    void itsSizeIsKnownBeforeItIsAllocated(
            int inChannels, int outChannels, int kernel, int dilation, int groups, boolean pooling, int frames, int features) {
        BlockShape shape = new BlockShape(inChannels, outChannels, kernel, dilation, groups, pooling, frames, features);
        assumeTrue(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean, "this Java does not count what threads allocate");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        BlockScratch scratch = new BlockScratch(shape);
        long before = threads.getCurrentThreadAllocatedBytes();
        new BlockWorkspace(shape, true, scratch);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(BlockWorkspace.bytes(shape)).isCloseTo(allocated, withinPercentage(5));
    }
}
