package io.github.spirabr.training.engine;

/**
 * Binary cross-entropy of one sigmoid output p = 1 / (1 + exp(-z)), from its logit z and target y in [0, 1]. Computed
 * from the logit it neither overflows nor divides by zero where the sigmoid saturates. The exponential and the logarithm are
 * those of {@link StrictMath}, whose bits are the same on every processor and Java.
 *
 * <p>Without clipping: max(z, 0) - z y + ln(1 + exp(-|z|)), with the derivative p - y. With clipping, p is held within
 * [c, 1 - c]: -(y ln q + (1 - y) ln(1 - q)) for q = min(1 - c, max(c, p)), with the derivative p - y where
 * {@literal c <= p <= 1 - c} and 0 elsewhere.
 *
 * @param clipping c, in (0, 0.5); 0 for none
 */
public record OutputLoss(double clipping) {

    /** Without clipping. */
    public static final OutputLoss PLAIN = new OutputLoss(0);

    /** Returns the probability of a logit, rounded to the precision of the networks. */
    public static double probability(double z) {
        return (float) (1 / (1 + StrictMath.exp(-z)));
    }

    /** The loss in nats. */
    public double value(double z, double y) {
        double held = z;
        if (clipping > 0) {
            double limit = limit();
            held = Math.max(-limit, Math.min(limit, z));
        }
        return Math.max(held, 0) - held * y + StrictMath.log1p(StrictMath.exp(-Math.abs(held)));
    }

    /** The loss's derivative by the logit. */
    public double slope(double z, double y) {
        if (clipping > 0 && Math.abs(z) > limit()) {
            return 0;
        }
        return 1 / (1 + StrictMath.exp(-z)) - y;
    }

    /** The logit of the largest probability that is not clipped. */
    private double limit() {
        return StrictMath.log((1 - clipping) / clipping);
    }
}
