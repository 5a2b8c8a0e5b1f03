package io.github.spirabr.storage.fs.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A long list of lhotse's cuts is listed in a small heap: {@code -Dspira.cuts=1000000} with one of 512 MB. */
@Tag("slow")
class LongCutsTest {

    private static final int CUTS = Integer.getInteger("spira.cuts", 40_000);
    private static final int OF_A_FILE = 20;

    @TempDir
    Path folder;

    @Test
    void manyCutsFitIntoASmallHeap() throws IOException, InterruptedException {
        Path list = folder.resolve("cuts.jsonl");
        try (BufferedWriter out = Files.newBufferedWriter(list)) {
            for (int i = 0; i < CUTS; i++) {
                out.write(cut(i));
            }
        }
        Path told = folder.resolve("told.txt");
        int code = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + (12 + CUTS / 2000) + "m", "-cp", System.getProperty("java.class.path"), ListingProcess.class.getName(),
                list.toString())).redirectErrorStream(true).redirectOutput(told.toFile()).start().waitFor();
        int last = CUTS - 1;
        assertThat(told).content().contains("listed " + CUTS + ", the last audio/" + last / OF_A_FILE + ".wav@" + last % OF_A_FILE * 3
                + "+2.75");
        assertThat(code).isZero();
    }

    private static String cut(int number) {
        int file = number / OF_A_FILE;
        return String.format(Locale.ROOT, """
                {"id": "utt-%1$07d", "start": %2$d.0, "duration": 2.75, "channel": 0, "supervisions": [{"id": "utt-%1$07d",\
                 "recording_id": "rec-%3$06d", "start": 0.0, "duration": 2.75, "channel": 0, "text": "o rato roeu a roupa",\
                 "language": "Portuguese", "speaker": "spk-%4$05d", "gender": "F", "custom": {"class": "%5$d", "age": %6$d,\
                 "session": "%7$d", "task": "phrase"}}], "recording": {"id": "rec-%3$06d", "sources": [{"type": "file",\
                 "channels": [0], "source": "audio/%3$d.wav"}], "sampling_rate": 16000, "num_samples": 960000, "duration": 60.0,\
                 "channel_ids": [0]}, "type": "MonoCut"}
                """, number, number % OF_A_FILE * 3, file, file % 5000, file % 2, 20 + file % 60, number % 3);
    }
}
