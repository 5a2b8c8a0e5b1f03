package io.github.spirabr.model;

/**
 * Running means of gradients and of their squares, the state of the Adam family. Loops are short and use few arrays, because
 * the JIT compiler vectorises only those.
 */
final class Moments {

    final float[] first;
    final float[] second;

    private final double beta1;
    private final double beta2;

    Moments(int weights, double beta1, double beta2) {
        this.first = new float[weights];
        this.second = new float[weights];
        this.beta1 = beta1;
        this.beta2 = beta2;
    }

    float[][] memory() {
        return new float[][] {first, second};
    }

    void add(float[] gradient) {
        average(first, gradient, (float) beta1, (float) (1 - beta1));
        averageSquares(second, gradient, (float) beta2, (float) (1 - beta2));
    }

    double firstCorrection(long step) {
        return 1 - StrictMath.pow(beta1, step);
    }

    double secondCorrection(long step) {
        return 1 - StrictMath.pow(beta2, step);
    }

    /** Computes w -= step * first / (sqrt(second) / root + epsilon). */
    void descend(float[] weights, float[] scratch, float step, float root, float epsilon) {
        for (int i = 0; i < scratch.length; i++) {
            scratch[i] = (float) Math.sqrt(second[i]) / root + epsilon;
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] -= step * (first[i] / scratch[i]);
        }
    }

    /** Computes w -= step * first. */
    void descendPlainly(float[] weights, float step) {
        for (int i = 0; i < weights.length; i++) {
            weights[i] -= step * first[i];
        }
    }

    /** Adds decay * w to the gradient: L2 regularisation. */
    static void decayGradient(float[] weights, float[] gradient, float decay) {
        for (int i = 0; i < weights.length; i++) {
            gradient[i] += decay * weights[i];
        }
    }

    /** Multiplies the weights by a factor: decoupled weight decay. */
    static void decayWeights(float[] weights, float factor) {
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= factor;
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
