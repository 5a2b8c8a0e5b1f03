package io.github.spirabr.training;

import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.component.SettingsDeclaration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings of all optimizers of the Adam family. */
record AdamSettings(String type, double learningRate, double beta1, double beta2, double epsilon, double weightDecay) {

    static final double LEARNING_RATE = 1e-3;

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

    /** Returns the declared settings of an optimizer; the default weight decay depends on the type. */
    static SettingsDeclaration settings() {
        AdamSettings usual = of("adam", LEARNING_RATE, 0);
        return SettingsDeclaration.of(
                Setting.choice("optimizer.type", List.of("adam", "adamw", "radam"), "Rule by which gradients change the weights.")
                        .byDefault(usual.type),
                Setting.number("optimizer.learningRate", "Size of a step, before the schedule.").above(0).byDefault(LEARNING_RATE),
                Setting.number("optimizer.beta1", "Decay of the running mean of gradients.").atLeast(0).below(1)
                        .byDefault(usual.beta1),
                Setting.number("optimizer.beta2", "Decay of the running mean of squared gradients.").atLeast(0).below(1)
                        .byDefault(usual.beta2),
                Setting.number("optimizer.epsilon", "Number that is added to the root that steps are divided by.").above(0)
                        .byDefault(usual.epsilon),
                Setting.number("optimizer.weightDecay", "Share of the weights that is subtracted.").atLeast(0)
                        .optional("0.01 for adamw, otherwise 0"));
    }

    static AdamSettings from(Settings settings, AdamSettings defaults) {
        return new AdamSettings(
                defaults.type,
                settings.number("optimizer.learningRate"),
                settings.number("optimizer.beta1"),
                settings.number("optimizer.beta2"),
                settings.number("optimizer.epsilon"),
                settings.has("optimizer.weightDecay") ? settings.number("optimizer.weightDecay") : defaults.weightDecay);
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
