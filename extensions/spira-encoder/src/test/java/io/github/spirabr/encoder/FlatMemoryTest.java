package io.github.spirabr.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.spirabr.core.audio.Waveform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Native memory does not grow with the number of windows, of whatever lengths they are. Reads what Linux says of the process. */
class FlatMemoryTest {

    private static final Path STATUS = Path.of("/proc/self/status");
    /** What the buffers of threads and compiled code may still grow by. */
    private static final long MOST_GROWTH = 48L << 20;

    /** Returns the memory of the process that is not Java's heap. */
    private static long resident() throws IOException {
        System.gc();
        try (Stream<String> lines = Files.lines(STATUS)) {
            long all = lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10).findFirst().orElseThrow();
            return all - Runtime.getRuntime().totalMemory();
        }
    }

    private static void extract(OnnxEncoder encoder, int from, int to) {
        IntStream.range(from, to).parallel().forEach(i ->
                encoder.extract(Waveform.of(Graphs.samples(2000 + i * 37 % 30_000, i), Graphs.RATE)));
    }

    private static void growsLittle(int windows, int openings) throws IOException {
        assumeTrue(Files.isReadable(STATUS));
        try (OnnxEncoder encoder = Graphs.raw().build()) {
            extract(encoder, 0, 500);
            long before = resident();
            extract(encoder, 500, 500 + windows);
            assertThat(resident() - before).as("growth of memory over %d windows", windows).isLessThan(MOST_GROWTH);
        }
        long before = resident();
        for (int i = 0; i < openings; i++) {
            try (OnnxEncoder encoder = Graphs.image().build()) {
                assertThat(encoder.frames(800)).isEqualTo(1);
            }
        }
        assertThat(resident() - before).as("growth of memory over %d openings", openings).isLessThan(MOST_GROWTH);
    }

    @Test
    void memoryStaysFlat() throws IOException {
        growsLittle(1_000, 50);
    }

    @Test
    @Tag("campaign")
    void memoryStaysFlatOverTenThousandWindows() throws IOException {
        growsLittle(10_000, 1_000);
    }
}
