package io.github.spirabr.core.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomStreamsTest {

    @Test
    void aStreamHangsOnItsNameAlone() {
        RandomStreams random = new RandomStreams(42);
        long first = random.stream("dropout", 3, "a.wav").nextLong();
        random.stream("other", 3, "a.wav").nextLong();
        assertThat(new RandomStreams(42).stream("dropout", 3, "a.wav").nextLong()).isEqualTo(first);
    }

    @Test
    void everyPartOfTheNameCounts() {
        Set<Long> firsts = new HashSet<>();
        for (long seed = -5; seed < 5; seed++) {
            for (String purpose : new String[] {"dropout", "order", ""}) {
                for (int epoch = 0; epoch < 20; epoch++) {
                    for (int recording = 0; recording < 20; recording++) {
                        firsts.add(new RandomStreams(seed).stream(purpose, epoch, "r" + recording).nextLong());
                    }
                }
            }
        }
        assertThat(firsts).hasSize(10 * 3 * 20 * 20);
    }

    @Test
    void theNumbersStayTheSameFromVersionToVersion() {
        // By a second implementation, in Python. Models that were published must be made again by later versions.
        assertThat(new RandomStreams(42).stream("weights").nextLong()).isEqualTo(GOLDEN);
    }

    private static final long GOLDEN = 6524087162857669575L;
}
