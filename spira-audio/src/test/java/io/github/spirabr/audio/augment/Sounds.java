package io.github.spirabr.audio.augment;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Recordings and noises for tests, all at 1000 Hz. */
final class Sounds {

    static final int RATE = 1000;

    private Sounds() {}

    static Waveform of(double... samples) {
        float[] floats = new float[samples.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) samples[i];
        }
        return Waveform.of(floats, RATE);
    }

    static Waveform silence(int length) {
        return Waveform.of(new float[length], RATE);
    }

    static Waveform random(String name, int length, double amplitude) {
        RandomGenerator random = new RandomStreams(7).stream("sound", 0, name);
        double[] samples = random.doubles(length, -amplitude, amplitude).toArray();
        return of(samples);
    }

    static Noises noises(String name, int count, int length) {
        return Noises.of(name, IntStream.range(0, count)
                .mapToObj(i -> new Noises.Noise(name + i, random(name + i, length, 0.5)))
                .toList());
    }

    static Noises noises(Waveform... waveforms) {
        return Noises.of("hospital", Arrays.stream(waveforms)
                .map(waveform -> new Noises.Noise("noise" + waveform.hashCode(), waveform))
                .toList());
    }

    static Recording control(String id) {
        return recording(id, Label.CONTROL);
    }

    static Recording patient(String id) {
        return recording(id, Label.PATIENT);
    }

    private static Recording recording(String id, Label label) {
        return new Recording(id, "subject of " + id, label, Map.of(), source(id));
    }

    static AudioSource source(String name) {
        return new AudioSource() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(name.getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    static RandomGenerator stream(long seed) {
        return new RandomStreams(seed).stream("test");
    }

    /** Gives the waveform that belongs to a name; other names cannot be read. */
    record Reader(Map<String, Waveform> waveforms) implements AudioReader {

        @Override
        public int sampleRate() {
            return RATE;
        }

        @Override
        public Waveform read(String recording, AudioSource source) {
            try (InputStream in = source.open()) {
                Waveform waveform = waveforms.get(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                if (waveform == null) {
                    throw new AudioException(recording, AudioException.Reason.UNREACHABLE, "there is no such file", null);
                }
                return waveform;
            } catch (IOException e) {
                throw new AudioException(recording, AudioException.Reason.UNREACHABLE, "unreadable", e);
            }
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("map", Map.of());
        }
    }

    /** Draws that are written down: integers below a bound, and numbers in [0, 1), in the order of the calls. */
    static final class Draws implements RandomGenerator {

        private final List<Number> draws;
        private int next;

        private Draws(List<Number> draws) {
            this.draws = draws;
        }

        static Draws of(Number... draws) {
            return new Draws(List.of(draws));
        }

        boolean used() {
            return next == draws.size();
        }

        @Override
        public int nextInt(int bound) {
            int draw = (Integer) draws.get(next++);
            if (draw >= bound) {
                throw new IllegalStateException("the draw " + draw + " is not below " + bound);
            }
            return draw;
        }

        @Override
        public double nextDouble() {
            return (Double) draws.get(next++);
        }

        @Override
        public long nextLong() {
            throw new IllegalStateException("nobody draws whole words");
        }
    }
}
