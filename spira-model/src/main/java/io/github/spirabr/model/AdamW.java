package io.github.spirabr.model;

import java.util.Map;

/**
 * AdamW (Loshchilov and Hutter 2019), computed as {@code torch.optim.AdamW} does: weights shrink by
 * learning rate times weight decay, apart from the gradient. Immutable and thread-safe.
 */
public final class AdamW implements Optimizer {

    private final AdamSettings settings;

    private AdamW(AdamSettings settings) {
        this.settings = settings;
    }

    /**
     * With betas 0.9 and 0.999, epsilon 1e-8 and a weight decay of 0.01.
     *
     * @param learningRate above 0
     */
    public static AdamW of(double learningRate) {
        return new AdamW(AdamSettings.of("adamw", learningRate, 0.01));
    }

    static AdamW with(AdamSettings settings) {
        return new AdamW(settings);
    }

    /** The same with this weight decay, 0 or more. */
    public AdamW withWeightDecay(double decay) {
        return new AdamW(settings.withWeightDecay(decay));
    }

    /** The same with these rates at which gradients and their squares are forgotten, each in [0, 1). */
    public AdamW withBetas(double beta1, double beta2) {
        return new AdamW(settings.withBetas(beta1, beta2));
    }

    /** The same with this number added to the root that steps are divided by, above 0. */
    public AdamW withEpsilon(double epsilon) {
        return new AdamW(settings.withEpsilon(epsilon));
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
                Moments.decayWeights(w, (float) (1 - learningRate * settings.weightDecay()));
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
