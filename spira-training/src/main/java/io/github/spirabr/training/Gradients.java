package io.github.spirabr.training;

/** The length of gradients. */
final class Gradients {

    private Gradients() {}

    /** The Euclidean norm. */
    static double norm(float[] gradient) {
        double squares = 0;
        for (float value : gradient) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }

    /** Scales the gradient down to a Euclidean norm, like {@code torch.nn.utils.clip_grad_norm_}. */
    static void clip(float[] gradient, double norm, double largest) {
        float factor = (float) Math.min(1, largest / (norm + 1e-6));
        if (factor < 1) {
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] *= factor;
            }
        }
    }
}
