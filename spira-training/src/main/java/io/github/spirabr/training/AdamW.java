package io.github.spirabr.training;

/**
 * AdamW (Loshchilov and Hutter 2019), computed as {@code torch.optim.AdamW} does: weights shrink by
 * learning rate times weight decay, independently of the gradient. Immutable and thread-safe.
 */
public final class AdamW extends AdamFamily<AdamW> implements Optimizer {

    AdamW(AdamSettings settings) {
        super(settings);
    }

    /**
     * Returns an optimizer with betas 0.9 and 0.999, epsilon 1e-8 and a weight decay of 0.01.
     *
     * @param learningRate learning rate, above 0
     */
    public static AdamW of(double learningRate) {
        return new AdamW(AdamSettings.of("adamw", learningRate, 0.01));
    }

    @Override
    AdamW with(AdamSettings changed) {
        return new AdamW(changed);
    }

    @Override
    void update(Moments moments, float[] weights, float[] gradient, long step, double learningRate) {
        Moments.decayWeights(weights, (float) (1 - learningRate * settings.weightDecay()));
        moments.add(gradient);
        float rate = (float) (learningRate / moments.firstCorrection(step));
        float root = (float) Math.sqrt(moments.secondCorrection(step));
        moments.descend(weights, gradient, rate, root, (float) settings.epsilon());
    }
}
