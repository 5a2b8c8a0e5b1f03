package io.github.spirabr.model;

import java.util.Map;

/**
 * Adam (Kingma and Ba 2015) with bias correction, computed as {@code torch.optim.Adam} does: weight
 * decay is added to the gradient (L2) of all parameters, normalisations and biases included. Immutable
 * and thread-safe.
 */
public final class Adam implements Optimizer {

    private final AdamSettings settings;

    private Adam(AdamSettings settings) {
        this.settings = settings;
    }

    /**
     * With betas 0.9 and 0.999, epsilon 1e-8 and a weight decay of 0.
     *
     * @param learningRate above 0
     */
    public static Adam of(double learningRate) {
        return new Adam(AdamSettings.of("adam", learningRate, 0));
    }

    static Adam with(AdamSettings settings) {
        return new Adam(settings);
    }

    /** The same with this weight decay, 0 or more. */
    public Adam withWeightDecay(double decay) {
        return new Adam(settings.withWeightDecay(decay));
    }

    /** The same with these rates at which gradients and their squares are forgotten, each in [0, 1). */
    public Adam withBetas(double beta1, double beta2) {
        return new Adam(settings.withBetas(beta1, beta2));
    }

    /** The same with this number added to the root that steps are divided by, above 0. */
    public Adam withEpsilon(double epsilon) {
        return new Adam(settings.withEpsilon(epsilon));
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
                float rate = (float) (learningRate / moments.firstCorrection(step));
                float root = (float) Math.sqrt(moments.secondCorrection(step));
                moments.descend(w, gradient, rate, root, (float) settings.epsilon());
            }

            @Override
            public float[][] memory() {
                return moments.memory();
            }
        };
    }
}
