package io.github.spirabr.model;

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

    /** The same with this weight decay, 0 or more. */
    public O withWeightDecay(double decay) {
        return with(settings.withWeightDecay(decay));
    }

    /** The same with these rates at which gradients and their squares are forgotten, each in [0, 1). */
    public O withBetas(double beta1, double beta2) {
        return with(settings.withBetas(beta1, beta2));
    }

    /** The same with this number added to the root that steps are divided by, above 0. */
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
