package io.github.spirabr.model;

import java.util.Map;

/**
 * RAdam (Liu et al. 2020), computed as {@code torch.optim.RAdam} does: the adaptive rate is left out
 * while its variance cannot be known, and rectified afterwards; weight decay is added to the gradient
 * (L2). Immutable and thread-safe.
 */
public final class RAdam implements Optimizer {

    private final AdamSettings settings;

    private RAdam(AdamSettings settings) {
        this.settings = settings;
    }

    /**
     * With betas 0.9 and 0.999, epsilon 1e-8 and a weight decay of 0.
     *
     * @param learningRate above 0
     */
    public static RAdam of(double learningRate) {
        return new RAdam(AdamSettings.of("radam", learningRate, 0));
    }

    static RAdam with(AdamSettings settings) {
        return new RAdam(settings);
    }

    /** The same with this weight decay, 0 or more. */
    public RAdam withWeightDecay(double decay) {
        return new RAdam(settings.withWeightDecay(decay));
    }

    /** The same with these rates at which gradients and their squares are forgotten, each in [0, 1). */
    public RAdam withBetas(double beta1, double beta2) {
        return new RAdam(settings.withBetas(beta1, beta2));
    }

    /** The same with this number added to the root that steps are divided by, above 0. */
    public RAdam withEpsilon(double epsilon) {
        return new RAdam(settings.withEpsilon(epsilon));
    }

    @Override
    public double learningRate() {
        return settings.learningRate();
    }

    @Override
    public Map<String, Object> settings() {
        return settings.toMap();
    }

    @Override
    public Updates start(int weights) {
        Moments moments = new Moments(weights, settings.beta1(), settings.beta2());
        return new Updates() {
            @Override
            public void apply(float[] w, float[] gradient, long step, double learningRate) {
                Moments.decayGradient(w, gradient, (float) settings.weightDecay());
                moments.add(gradient);
                double longest = 2 / (1 - settings.beta2()) - 1;
                double second = moments.secondCorrection(step);
                double length = longest - 2 * step * (1 - second) / second;
                double rate = learningRate / moments.firstCorrection(step);
                if (length > 5) {
                    double rectified = Math.sqrt((length - 4) * (length - 2) * longest
                            / ((longest - 4) * (longest - 2) * length));
                    // PyTorch adds epsilon to the uncorrected root here.
                    moments.descend(
                            w, gradient, (float) (rate * rectified * Math.sqrt(second)), 1f, (float) settings.epsilon());
                } else {
                    moments.descendPlainly(w, (float) rate);
                }
            }

            @Override
            public float[][] memory() {
                return moments.memory();
            }
        };
    }
}
