package io.github.spirabr.training;

import java.util.Map;

/**
 * Optimizers that keep running means of gradients and of their squares. Its methods are not final, so that the compiler gives
 * each public optimizer its own, by which reflection and other packages reach them.
 *
 * @param <O> the optimizer itself
 */
abstract class AdamFamily<O extends AdamFamily<O>> implements Optimizer {

    final AdamSettings settings;

    AdamFamily(AdamSettings settings) {
        this.settings = settings;
    }

    abstract O with(AdamSettings changed);

    /** Changes the weights once; see {@link Updates#apply}. */
    abstract void update(Moments moments, float[] weights, float[] gradient, long step, double learningRate);

    /** Returns an optimizer with this weight decay, 0 or more, and the other settings of this one. */
    public O withWeightDecay(double decay) {
        return with(settings.withWeightDecay(decay));
    }

    /**
     * Returns an optimizer with these decay rates, each in [0, 1), and the other settings of this one.
     *
     * @param beta1 decay rate of the mean of gradients
     * @param beta2 decay rate of the mean of squared gradients
     */
    public O withBetas(double beta1, double beta2) {
        return with(settings.withBetas(beta1, beta2));
    }

    /** Returns an optimizer with this term in the denominator of a step, above 0, and the other settings of this one. */
    public O withEpsilon(double epsilon) {
        return with(settings.withEpsilon(epsilon));
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
                update(moments, w, gradient, step, learningRate);
            }

            @Override
            public float[][] memory() {
                return moments.memory();
            }
        };
    }
}
