package io.github.spirabr.training;

/**
 * Adam (Kingma and Ba 2015) with bias correction, computed as {@code torch.optim.Adam} does: weight
 * decay is added to the gradient (L2) of all parameters, normalisations and biases included. Immutable
 * and thread-safe.
 */
public final class Adam extends AdamFamily<Adam> implements Optimizer {

    Adam(AdamSettings settings) {
        super(settings);
    }

    /**
     * Returns an optimizer with betas 0.9 and 0.999, epsilon 1e-8 and a weight decay of 0.
     *
     * @param learningRate learning rate, above 0
     */
    public static Adam of(double learningRate) {
        return new Adam(AdamSettings.of("adam", learningRate, 0));
    }

    @Override
    Adam with(AdamSettings changed) {
        return new Adam(changed);
    }

    @Override
    void update(Moments moments, float[] weights, float[] gradient, long step, double learningRate) {
        Moments.decayGradient(weights, gradient, (float) settings.weightDecay());
        moments.add(gradient);
        float rate = (float) (learningRate / moments.firstCorrection(step));
        float root = (float) Math.sqrt(moments.secondCorrection(step));
        moments.descend(weights, gradient, rate, root, (float) settings.epsilon());
    }
}
