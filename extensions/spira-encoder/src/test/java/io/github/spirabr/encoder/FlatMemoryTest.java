package io.github.spirabr.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.spirabr.core.audio.Waveform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The memory of a process does not grow with the number of windows, of whatever lengths they are. The process has a heap of one
 * size, all of which is in use from the start, so that what grows is native. Reads what Linux says of it.
 */
class FlatMemoryTest {

    private static final Path STATUS = Path.of("/proc/self/status");
    /** What the buffers of threads and compiled code may grow by. */
    private static final long MOST_GROWTH = 32L << 20;

    /** A process that prints its memory in bytes: warm, after more windows, and after a graph was opened and closed often. */
    static final class Growing {

        private Growing() {}

        public static void main(String[] arguments) throws IOException {
            int windows = Integer.parseInt(arguments[0]);
            try (OnnxEncoder encoder = Graphs.raw().build()) {
                extract(encoder, 0, 500);
                System.out.println(resident());
                extract(encoder, 500, 500 + windows);
                System.out.println(resident());
            }
            for (int i = 0; i < windows / 20; i++) {
                try (OnnxEncoder encoder = Graphs.image().build()) {
                    encoder.frames(800);
                }
            }
            System.out.println(resident());
        }

        private static void extract(OnnxEncoder encoder, int from, int to) {
            IntStream.range(from, to).parallel().forEach(i ->
                    encoder.extract(Waveform.of(Graphs.samples(2000 + i * 37 % 30_000, i), Graphs.RATE)));
        }

        private static long resident() throws IOException {
            System.gc();
            try (Stream<String> lines = Files.lines(STATUS)) {
                return lines.filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10).findFirst().orElseThrow();
            }
        }
    }

    private static void growsLittle(int windows) throws IOException, InterruptedException {
        assumeTrue(Files.isReadable(STATUS));
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch", "-cp", System.getProperty("java.class.path"),
                Growing.class.getName(), Integer.toString(windows)).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        long[] resident = Arrays.stream(output.strip().split("\\R")).mapToLong(Long::parseLong).toArray();
        assertThat(resident[1] - resident[0]).as("growth over %d windows, of %s", windows, output).isLessThan(MOST_GROWTH);
        assertThat(resident[2] - resident[1]).as("growth over %d openings, of %s", windows / 20, output).isLessThan(MOST_GROWTH);
    }

    @Test
    void memoryStaysFlat() throws IOException, InterruptedException {
        growsLittle(1_000);
    }

    @Test
    @Tag("campaign")
    void memoryStaysFlatOverTenThousandWindows() throws IOException, InterruptedException {
        growsLittle(10_000);
    }
}
