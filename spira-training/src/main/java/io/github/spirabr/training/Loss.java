package io.github.spirabr.training;

import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.component.SettingsDeclaration;
import io.github.spirabr.training.engine.OutputLoss;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The loss to minimise: binary cross-entropy, computed from the logit z of a window's probability p = 1 / (1 +
 * exp(-z)) and its target y in [0, 1]. Over a batch it is the mean over windows or, balanced, over classes. Immutable and
 * thread-safe.
 */
public final class Loss {

    static final String PLAIN = "binary-cross-entropy";
    static final String CLIPPED = "clipped-binary-cross-entropy";
    private static final double USUAL_CLIPPING = 1e-7;

    static final SettingsDeclaration SETTINGS = SettingsDeclaration.of(
            Setting.choice("loss.type", List.of(PLAIN, CLIPPED), "Loss to minimise.").byDefault(PLAIN),
            Setting.number("loss.clipping", "Distance from 0 and 1 at which probabilities are clipped.").above(0).below(0.5)
                    .byDefault(USUAL_CLIPPING).when("loss.type", CLIPPED),
            Setting.truth("loss.balanced", "True if the loss is averaged for each class first.").byDefault(false));

    private final double clipping;
    private final boolean balanced;

    private Loss(double clipping, boolean balanced) {
        this.clipping = clipping;
        this.balanced = balanced;
    }

    /** Returns -(y ln p + (1 - y) ln(1 - p)), computed as max(z, 0) - z y + ln(1 + exp(-|z|)), which never overflows. */
    public static Loss binaryCrossEntropy() {
        return new Loss(0, false);
    }

    /** Returns {@link #clippedBinaryCrossEntropy(double)} with a clipping of 1e-7. */
    public static Loss clippedBinaryCrossEntropy() {
        return clippedBinaryCrossEntropy(USUAL_CLIPPING);
    }

    /**
     * Returns -(y ln q + (1 - y) ln(1 - q)) for q = min(1 - c, max(c, p)). The loss of a window is at most -ln c, and its
     * gradient is 0 where p is clipped.
     *
     * @param clipping c, above 0 and below 0.5
     */
    public static Loss clippedBinaryCrossEntropy(double clipping) {
        if (!(clipping > 0 && clipping < 0.5)) {
            throw new InvalidSettingException("clipping", "must be above 0 and below 0.5, but was " + clipping);
        }
        return new Loss(clipping, false);
    }

    /**
     * Returns this loss, averaged over the windows of each class of a batch and then over the classes, so that both
     * classes have equal weight. A class without windows in the batch is left out of the mean. A mixed window counts for
     * each class by its target.
     */
    public Loss balanced() {
        return new Loss(clipping, true);
    }

    OutputLoss ofOutput() {
        return clipping == 0 ? OutputLoss.PLAIN : new OutputLoss(clipping);
    }

    /** Returns the weight of each window; the weights add up to 1. */
    float[] shares(float[] targets) {
        float[] shares = new float[targets.length];
        double patients = 0;
        for (float target : targets) {
            patients += target;
        }
        double controls = targets.length - patients;
        if (!balanced || patients <= 0 || controls <= 0) {
            Arrays.fill(shares, 1f / targets.length);
            return shares;
        }
        for (int w = 0; w < targets.length; w++) {
            shares[w] = (float) (targets[w] / (2 * patients) + (1 - targets[w]) / (2 * controls));
        }
        return shares;
    }

    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("type", clipping == 0 ? PLAIN : CLIPPED);
        if (clipping > 0) {
            settings.put("clipping", clipping);
        }
        settings.put("balanced", balanced);
        return settings;
    }

    boolean isClipped() {
        return clipping > 0;
    }

    static Loss from(Settings settings) {
        Loss loss = settings.string("loss.type").equals(CLIPPED)
                ? clippedBinaryCrossEntropy(settings.number("loss.clipping"))
                : binaryCrossEntropy();
        return settings.bool("loss.balanced") ? loss.balanced() : loss;
    }
}
