package io.github.spirabr.model;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Adam (Kingma and Ba 2015) with bias correction, computed as {@code torch.optim.Adam} does: weight
 * decay is added to the gradient (L2) of all parameters, normalisations and biases included. Immutable
 * and thread-safe.
 */
public final class Adam implements Optimizer {

    private final double learningRate;
    private final double beta1;
    private final double beta2;
    private final double epsilon;
    private final double weightDecay;

    private Adam(double learningRate, double beta1, double beta2, double epsilon, double weightDecay) {
        this.learningRate = learningRate;
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = epsilon;
        this.weightDecay = weightDecay;
    }

    /**
     * Adam with betas 0.9 and 0.999, epsilon 1e-8 and no weight decay.
     *
     * @param learningRate above 0
     */
    public static Adam of(double learningRate) {
        if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
            throw new IllegalArgumentException("the learning rate must be above 0, but was " + learningRate);
        }
        return new Adam(learningRate, 0.9, 0.999, 1e-8, 0);
    }

    /** The same with this weight decay, 0 or more. */
    public Adam withWeightDecay(double decay) {
        if (!(decay >= 0) || Double.isInfinite(decay)) {
            throw new IllegalArgumentException("the weight decay must be 0 or more, but was " + decay);
        }
        return new Adam(learningRate, beta1, beta2, epsilon, decay);
    }

    @Override
    public double learningRate() {
        return learningRate;
    }

    @Override
    public Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("optimizer", "adam");
        settings.put("learningRate", learningRate);
        settings.put("beta1", beta1);
        settings.put("beta2", beta2);
        settings.put("epsilon", epsilon);
        settings.put("weightDecay", weightDecay);
        return settings;
    }

    @Override
    public Updates start(int weights) {
        return new Moments(new float[weights], new float[weights]);
    }

    private final class Moments implements Updates {

        private final float[] first;
        private final float[] second;
        private int steps;

        Moments(float[] first, float[] second) {
            this.first = first;
            this.second = second;
        }

        @Override
        public void apply(float[] weights, float[] gradient, double rate) {
            steps++;
            decay(weights, gradient, (float) weightDecay);
            average(first, gradient, (float) beta1, (float) (1 - beta1));
            averageSquares(second, gradient, (float) beta2, (float) (1 - beta2));
            float step = (float) (rate / (1 - Math.pow(beta1, steps)));
            float root = (float) Math.sqrt(1 - Math.pow(beta2, steps));
            for (int i = 0; i < weights.length; i++) {
                gradient[i] = (float) Math.sqrt(second[i]) / root + (float) epsilon;
            }
            for (int i = 0; i < weights.length; i++) {
                weights[i] -= step * (first[i] / gradient[i]);
            }
        }

        // Short loops over few arrays, as the compiler makes vector code of these only.

        private static void decay(float[] weights, float[] gradient, float decay) {
            for (int i = 0; i < weights.length; i++) {
                gradient[i] += decay * weights[i];
            }
        }

        private static void average(float[] mean, float[] values, float keep, float add) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] = keep * mean[i] + add * values[i];
            }
        }

        private static void averageSquares(float[] mean, float[] values, float keep, float add) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] = keep * mean[i] + add * values[i] * values[i];
            }
        }
    }
}
