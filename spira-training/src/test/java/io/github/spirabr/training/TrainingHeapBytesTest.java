package io.github.spirabr.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.training.engine.Network;
import io.github.spirabr.training.engine.NetworkEngine;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingHeapBytesTest {

    private static final InputShape INPUT = new InputShape(400, 40);
    private static final long WEIGHTS = 1000;
    private static final long COPIES = 7 * Float.BYTES * WEIGHTS;

    /** An engine that computes outside of Java's heap. */
    private record Outside() implements NetworkEngine {

        @Override
        public String type() {
            return "outside";
        }

        @Override
        public Map<String, Object> settings() {
            return Map.of();
        }

        @Override
        public Network compute(Network network) {
            return network;
        }
    }

    private static Network built() {
        throw new AssertionError("a network is built although its size alone is asked for");
    }

    private static Trainer trainer(int batchSize) {
        return Trainer.builder().batchSize(batchSize).build();
    }

    @Test
    void noNetworkIsBuiltForTheSizeOfItsTraining() {
        UntrainedNetwork network = new UntrainedNetwork(
                INPUT, WEIGHTS, true, windows -> 50L * windows, TrainingHeapBytesTest::built);
        assertThat(trainer(3).heapBytes(network)).isEqualTo(COPIES + 150);
    }

    @Test
    void theWeightsAloneTakeHeapWhereAnEngineComputes() {
        UntrainedNetwork network = new UntrainedNetwork(
                INPUT, WEIGHTS, true, windows -> 50L * windows, TrainingHeapBytesTest::built);
        assertThat(Trainer.builder().engine(new Outside()).build().heapBytes(network)).isEqualTo(COPIES);
        assertThat(trainer(3).heapBytes(new UntrainedNetwork(INPUT, WEIGHTS, true, TrainingHeapBytesTest::built)))
                .isEqualTo(COPIES);
    }

    @Test
    void eightWindowsOfABatchTakeHeapAtATimeUnlessItIsNormalised() {
        RandomStreams random = new RandomStreams(1);
        long eight = trainer(8).heapBytes(SpiraConv.v2().create(INPUT, random));
        assertThat(eight).isBetween(100L << 20, 200L << 20);
        assertThat(trainer(16).heapBytes(SpiraConv.v2().create(INPUT, random))).isEqualTo(eight);
        assertThat(trainer(16).heapBytes(SpiraConv.v1().create(INPUT, random)))
                .isGreaterThan(trainer(8).heapBytes(SpiraConv.v1().create(INPUT, random)));
    }
}
