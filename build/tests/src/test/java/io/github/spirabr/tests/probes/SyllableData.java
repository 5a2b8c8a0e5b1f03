package io.github.spirabr.tests.probes;

import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Recordings of somebody who speaks syllables, in a room that hisses: 2 s at 8000 Hz, as WAV. Either the pauses tell a
 * patient from a control, or a hum in the background does, and nothing else.
 */
final class SyllableData {

    private static final int RATE = 8000;
    private static final int LENGTH = 2 * RATE;

    /** What tells the classes apart. */
    enum Telling { SPEECH, BACKGROUND }

    private SyllableData() {}

    static Dataset of(Telling telling, int subjects, int recordings) {
        List<Recording> all = new ArrayList<>();
        for (Label label : Label.values()) {
            for (int s = 0; s < subjects; s++) {
                for (int r = 0; r < recordings; r++) {
                    String subject = (label == Label.PATIENT ? "p" : "c") + s;
                    String id = subject + "-" + r;
                    all.add(new Recording(id, subject, label, Map.of("sex", s % 2 == 0 ? "F" : "M"),
                            AudioSource.ofBytes(id + ".wav", wav(samples(telling, label, subject, r)))));
                }
            }
        }
        return Dataset.of(telling + " tells", all);
    }

    private static float[] samples(Telling telling, Label label, String subject, int number) {
        RandomGenerator speaker = new RandomStreams(7).stream("speaker", 0, subject);
        double pitch = 100 + 130 * speaker.nextDouble();
        double loudness = 0.15 + 0.15 * speaker.nextDouble();
        double hiss = 0.001 + 0.002 * speaker.nextDouble();
        RandomGenerator random = new RandomStreams(7).stream("speech", number, subject);
        float[] samples = new float[LENGTH];
        boolean pauses = telling == Telling.SPEECH && label == Label.PATIENT;
        int at = random.nextInt(RATE / 10);
        while (at < LENGTH) {
            int length = (int) (RATE * (0.1 + 0.1 * random.nextDouble()));
            syllable(samples, at, length, pitch * (0.9 + 0.2 * random.nextDouble()), loudness);
            double pause = pauses ? 0.25 + 0.15 * random.nextDouble() : 0.06 + 0.04 * random.nextDouble();
            at += length + (int) (RATE * pause);
        }
        double hum = telling == Telling.BACKGROUND && label == Label.PATIENT ? 0.01 : 0;
        for (int i = 0; i < LENGTH; i++) {
            double time = (double) i / RATE;
            samples[i] += (float) (hiss * random.nextGaussian() + hum * Math.sin(2 * Math.PI * 120 * time)
                    + hum / 2 * Math.sin(2 * Math.PI * 360 * time));
        }
        return samples;
    }

    private static void syllable(float[] samples, int from, int length, double pitch, double loudness) {
        for (int i = 0; i < length && from + i < samples.length; i++) {
            double time = (double) i / RATE;
            double envelope = Math.sin(Math.PI * i / length);
            double sum = 0;
            for (int harmonic = 1; harmonic * pitch < 3500; harmonic++) {
                sum += Math.sin(2 * Math.PI * harmonic * pitch * time) / harmonic;
            }
            samples[from + i] += (float) (loudness * envelope * sum / 2);
        }
    }

    /** 16 bits, mono, 8000 Hz. */
    static byte[] wav(float[] samples) {
        ByteBuffer bytes = ByteBuffer.allocate(44 + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {'R', 'I', 'F', 'F'}).putInt(36 + 2 * samples.length);
        bytes.put(new byte[] {'W', 'A', 'V', 'E', 'f', 'm', 't', ' '}).putInt(16).putShort((short) 1).putShort((short) 1);
        bytes.putInt(RATE).putInt(2 * RATE).putShort((short) 2).putShort((short) 16);
        bytes.put(new byte[] {'d', 'a', 't', 'a'}).putInt(2 * samples.length);
        for (float sample : samples) {
            bytes.putShort((short) Math.max(-32768, Math.min(32767, Math.round(sample * 32768))));
        }
        return bytes.array();
    }
}
