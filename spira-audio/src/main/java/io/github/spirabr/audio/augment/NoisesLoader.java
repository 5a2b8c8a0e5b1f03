package io.github.spirabr.audio.augment;

import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.preprocessing.NoiseLoader;
import io.github.spirabr.core.preprocessing.NoiseLoader.NoiseSet;
import io.github.spirabr.core.recording.AudioSource;
import java.util.Random;

/** The loader of {@link Noises} for experiment files. Stateless. */
public final class NoisesLoader implements NoiseLoader {

    private static final int STAND_IN_LENGTH = 16;

    /** Called by {@link java.util.ServiceLoader}. */
    public NoisesLoader() {}

    @Override
    public Components load(Components components, NoiseSet set, AudioReader reader) {
        return set.ambient() ? ambient(components, set) : bind(components, set, Noises.load(set.name(), reader, set.sources()));
    }

    @Override
    public Components standIn(Components components, NoiseSet set, int sampleRate) {
        return set.ambient() ? ambient(components, set) : bind(components, set, Noises.standIns(
                set.name(), set.sources().stream().map(source -> standIn(source, sampleRate)).toList()));
    }

    private static Components ambient(Components components, NoiseSet set) {
        return components.bind(Noises.class, set.name(), Noises.ambient(set.name()));
    }

    private static Components bind(Components components, NoiseSet set, Noises noises) {
        Components bound = components.bind(Noises.class, set.name(), noises);
        if (set.trainingShare().isEmpty()) {
            return bound;
        }
        Noises.Split split = noises.split(set.trainingShare().getAsDouble(), set.seed());
        return bound.bind(Noises.class, split.training().name(), split.training())
                .bind(Noises.class, split.evaluation().name(), split.evaluation());
    }

    /** Returns samples that depend on the name alone, so that a noise in two sets is recognised as one. */
    private static Noises.Noise standIn(AudioSource source, int sampleRate) {
        Random random = new Random(source.name().hashCode());
        float[] samples = new float[STAND_IN_LENGTH];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = 0.5f + random.nextFloat() / 2;
        }
        return new Noises.Noise(source.name(), Waveform.of(samples, sampleRate));
    }
}
