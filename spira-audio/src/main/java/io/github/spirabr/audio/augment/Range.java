package io.github.spirabr.audio.augment;

import java.util.Map;
import java.util.random.RandomGenerator;

/** Numbers from min to max, drawn uniformly. */
record Range(double min, double max) {

    double draw(RandomGenerator random) {
        return min + (max - min) * random.nextDouble();
    }

    void describe(String name, Map<String, Object> settings) {
        settings.put(name + ".min", min);
        settings.put(name + ".max", max);
    }
}
