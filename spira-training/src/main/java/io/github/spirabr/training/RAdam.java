package io.github.spirabr.training;

/**
 * RAdam (Liu et al. 2020), computed as {@code torch.optim.RAdam} does: the adaptive rate is left out
 * while its variance is intractable, and rectified afterwards; weight decay is added to the gradient
 * (L2). Immutable and thread-safe.
 */
public final class RAdam extends AdamFamily<RAdam> implements Optimizer {

    RAdam(AdamSettings settings) {
        super(settings);
    }

    /**
     * Returns an optimizer with betas 0.9 and 0.999, epsilon 1e-8 and a weight decay of 0.
     *
     * @param learningRate learning rate, above 0
     */
    public static RAdam of(double learningRate) {
        return new RAdam(AdamSettings.of("radam", learningRate, 0));
    }

    @Override
    RAdam with(AdamSettings changed) {
        return new RAdam(changed);
    }

    @Override
    void update(Moments moments, float[] weights, float[] gradient, long step, double learningRate) {
        Moments.decayGradient(weights, gradient, (float) settings.weightDecay());
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
                    weights, gradient, (float) (rate * rectified * Math.sqrt(second)), 1f, (float) settings.epsilon());
        } else {
            moments.descendPlainly(weights, (float) rate);
        }
    }
}
