package io.github.spirabr.benchmarks.training;

import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Recordings of 10 s that nobody spoke: noise that fades in and out. */
public final class MadeUpRecordings {

    /** In hertz. */
    public static final int SAMPLE_RATE = 16_000;

    private static final int SAMPLES = 10 * SAMPLE_RATE;
    private static final int WAV_HEADER = 44;

    private MadeUpRecordings() {}

    /** So many, each of a subject of its own, controls and patients in turn. */
    public static Dataset dataset(int count) {
        List<Recording> recordings = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            int seed = r;
            String id = "made-up-" + r;
            recordings.add(new Recording(id, "subject-" + r, Label.values()[r % 2], Map.of(),
                    AudioSource.of(id, () -> new ByteArrayInputStream(wav(seed)))));
        }
        return Dataset.of("made-up", recordings);
    }

    /** A WAV file of 16 bits a sample. */
    public static byte[] wav(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        ByteBuffer bytes = ByteBuffer.allocate(WAV_HEADER + Short.BYTES * SAMPLES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(bytes.capacity() - 8);
        bytes.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) 1).putShort((short) 1);
        bytes.putInt(SAMPLE_RATE).putInt(Short.BYTES * SAMPLE_RATE).putShort((short) Short.BYTES).putShort((short) 16);
        bytes.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(Short.BYTES * SAMPLES);
        for (int i = 0; i < SAMPLES; i++) {
            double loudness = 0.5 + 0.5 * Math.sin(i / 3000.0 + seed);
            bytes.putShort((short) (8000 * loudness * (random.nextDouble() - 0.5)));
        }
        return bytes.array();
    }
}
