package io.github.spirabr.cli.serve;

import io.github.spirabr.core.prediction.FollowingPredictor;
import io.github.spirabr.core.prediction.Prediction;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * A first prediction, of a sound that is made up: it loads native libraries and compiles code, which takes seconds, so that the
 * first recording that is sent is answered as fast as the others.
 */
final class WarmUp {

    private static final int SAMPLE_RATE = 16_000;
    private static final int SECONDS = 10;
    private static final int HEADER = 44;
    /** Harmonics of a deep voice, which swells and fades like syllables. */
    private static final double PITCH = 120;
    private static final int HARMONICS = 20;
    private static final double SYLLABLES = 4;

    private WarmUp() {}

    static Prediction ask(FollowingPredictor predictor) {
        return predictor.predict("warm-up", recording());
    }

    /** Returns a WAV file of 16 bits. */
    private static byte[] recording() {
        int samples = SAMPLE_RATE * SECONDS;
        ByteBuffer wav = ByteBuffer.allocate(HEADER + 2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(ascii("RIFF")).putInt(HEADER - 8 + 2 * samples).put(ascii("WAVEfmt ")).putInt(16).putShort((short) 1)
                .putShort((short) 1).putInt(SAMPLE_RATE).putInt(2 * SAMPLE_RATE).putShort((short) 2).putShort((short) 16)
                .put(ascii("data")).putInt(2 * samples);
        Random noise = new Random(0);
        for (int i = 0; i < samples; i++) {
            double time = (double) i / SAMPLE_RATE;
            double voice = 0;
            for (int h = 1; h <= HARMONICS; h++) {
                voice += Math.sin(2 * Math.PI * PITCH * h * time) / h;
            }
            double level = 0.1 * (1 + Math.sin(2 * Math.PI * SYLLABLES * time));
            wav.putShort((short) Math.round(Short.MAX_VALUE * (level * voice / 2 + 0.001 * noise.nextGaussian())));
        }
        return wav.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
