package io.github.spirabr.model;

import io.github.spirabr.core.component.Settings;
import java.util.LinkedHashMap;
import java.util.Map;

/** What all of the Adam family are told. */
record AdamSettings(String type, double learningRate, double beta1, double beta2, double epsilon, double weightDecay) {

    static AdamSettings of(String type, double learningRate, double weightDecay) {
        return new AdamSettings(type, learningRate, 0.9, 0.999, 1e-8, weightDecay);
    }

    AdamSettings {
        if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
            throw new IllegalArgumentException("the learning rate must be above 0, but was " + learningRate);
        }
        if (!(weightDecay >= 0) || Double.isInfinite(weightDecay)) {
            throw new IllegalArgumentException("the weight decay must be 0 or more, but was " + weightDecay);
        }
        requireBeta("beta1", beta1);
        requireBeta("beta2", beta2);
        if (!(epsilon > 0) || Double.isInfinite(epsilon)) {
            throw new IllegalArgumentException("epsilon must be above 0, but was " + epsilon);
        }
    }

    private static void requireBeta(String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new IllegalArgumentException(name + " must be in [0, 1), but was " + value);
        }
    }

    AdamSettings withWeightDecay(double decay) {
        return new AdamSettings(type, learningRate, beta1, beta2, epsilon, decay);
    }

    AdamSettings withBetas(double first, double second) {
        return new AdamSettings(type, learningRate, first, second, epsilon, weightDecay);
    }

    AdamSettings withEpsilon(double added) {
        return new AdamSettings(type, learningRate, beta1, beta2, added, weightDecay);
    }

    static AdamSettings from(Settings settings, AdamSettings defaults) {
        return new AdamSettings(
                defaults.type,
                settings.number("optimizer.learningRate", defaults.learningRate),
                settings.number("optimizer.beta1", defaults.beta1),
                settings.number("optimizer.beta2", defaults.beta2),
                settings.number("optimizer.epsilon", defaults.epsilon),
                settings.number("optimizer.weightDecay", defaults.weightDecay));
    }

    Map<String, Object> toMap() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("type", type);
        settings.put("learningRate", learningRate);
        settings.put("beta1", beta1);
        settings.put("beta2", beta2);
        settings.put("epsilon", epsilon);
        settings.put("weightDecay", weightDecay);
        return settings;
    }
}
