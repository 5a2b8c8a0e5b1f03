package io.github.spirabr.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trainings of SpiraConv V2, each of which takes some 160 MB, in a small heap. {@code -Dspira.heap.recordings=3000
 * -Dspira.heap=256m} for the long campaign.
 */
@Tag("slow")
@Timeout(600)
class SmallHeapTest {

    private static final int RECORDINGS = Integer.getInteger("spira.heap.recordings", 950);
    private static final String HEAP = System.getProperty("spira.heap", "224m");

    @TempDir
    private Path folder;

    private String trained(String heap, int trainings, int recordings, int code) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        int ended = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), heap,
                "-cp", System.getProperty("java.class.path"), ManyTrainings.class.getName(),
                folder.resolve("models").toString(), Integer.toString(trainings), Integer.toString(recordings)))
                .redirectErrorStream(true).redirectOutput(out.toFile()).start().waitFor();
        String output = Files.readString(out);
        assertThat(ended).as(output).isEqualTo(code);
        return output;
    }

    /** Their features, of which a quarter of the heap is kept, leave the network its memory. */
    @Test
    @Tag("campaign")
    void manyRecordingsFit() throws Exception {
        assertThat(trained("-Xmx" + HEAP, 1, RECORDINGS, 0)).containsOnlyOnce("trained ");
    }

    @Test
    void trainingsAtTheSameTimeWaitForEachOther() throws Exception {
        List<String> lines = trained("-Xmx256m", 16, 12, 0).lines().filter(line -> line.startsWith("trained ")).toList();
        assertThat(lines).hasSize(16);
        assertThat(lines).as("trainings on the same recordings").containsOnly(lines.get(0));
    }

    @Test
    void aTrainingThatDoesNotFitIsRefusedBeforeItBegins() throws Exception {
        // The memory of a step depends on the vectors of the processor, so that its megabytes are read from the message.
        String output = trained("-Xmx128m", 1, 12, 1);
        Matcher refusal = Pattern.compile("NotEnoughMemoryException: the training of a network must fit into 96 MB, three"
                + " quarters of Java's heap, but that of 691613 weights on windows of 400 frames x 40 features takes"
                + " (\\d+) MB; .* give Java at least (\\d+) MB").matcher(output);
        assertThat(refusal.find()).as(output).isTrue();
        long training = Long.parseLong(refusal.group(1));
        assertThat(training).isBetween(97L, 250L);
        assertThat(Long.parseLong(refusal.group(2)) * 3.0 / 4).isBetween(training - 2.0, training + 2.0);
        assertThat(output).doesNotContain("trained ");
    }
}
