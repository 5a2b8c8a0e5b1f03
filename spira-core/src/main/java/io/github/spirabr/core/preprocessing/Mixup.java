package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.preprocessing.BatchAugmentation.LabelledWindow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.random.AbstractRandomGenerator;

/**
 * An augmentation that mixes the windows of a batch in pairs, and their targets with them (Zhang et al., "mixup: Beyond
 * Empirical Risk Minimization", ICLR 2018), as SPIRA-ComParE2021 did: the first window with the second, the third with
 * the fourth, whatever their classes, so that a batch of n gives n / 2 mixtures. Of a pair (x, y) it makes λx + (1 -
 * λ)y, λ being drawn for each pair from a Beta distribution. The last one of an odd number stays as it is. Immutable
 * and thread-safe.
 */
public final class Mixup implements BatchAugmentation {

    private static final String TYPE = "mixup";
    private static final double LARGEST = 1000;
    private static final Setting ALPHA =
            Setting.number("alpha", "First parameter of the beta distribution that shares are drawn from.").above(0).atMost(LARGEST);
    private static final Setting BETA = Setting.number("beta", "Second parameter of the beta distribution.")
            .above(0).atMost(LARGEST).optional("the value of alpha");

    private final double alpha;
    private final double beta;

    private Mixup(double alpha, double beta) {
        this.alpha = alpha;
        this.beta = beta;
    }

    /**
     * Returns a mixup whose λ is drawn from Beta(alpha, alpha).
     *
     * @param alpha above 0, at most 1000: near 0, pairs are hardly mixed; at 1, λ is uniform; published experiments
     *     used 0.1 to 1
     */
    public static Mixup of(double alpha) {
        return of(alpha, alpha);
    }

    /**
     * Returns a mixup whose λ is drawn from Beta(alpha, beta), whose mean is alpha / (alpha + beta).
     *
     * @param alpha above 0, at most 1000
     * @param beta above 0, at most 1000
     */
    public static Mixup of(double alpha, double beta) {
        return new Mixup(ALPHA.check(alpha), BETA.check(beta));
    }

    @Override
    public List<LabelledWindow> augment(List<LabelledWindow> batch, RandomGenerator random) {
        BetaDistribution distribution = new BetaDistribution(new Stream(random), alpha, beta);
        List<LabelledWindow> mixed = new ArrayList<>((batch.size() + 1) / 2);
        for (int i = 0; i + 1 < batch.size(); i += 2) {
            mixed.add(mix(batch.get(i), batch.get(i + 1), distribution.sample()));
        }
        if (batch.size() % 2 == 1) {
            mixed.add(batch.get(batch.size() - 1));
        }
        return List.copyOf(mixed);
    }

    private static LabelledWindow mix(LabelledWindow one, LabelledWindow other, double lambda) {
        FeatureMatrix first = one.features();
        FeatureMatrix second = other.features();
        if (first.frames() != second.frames() || first.features() != second.features()) {
            throw new IllegalArgumentException(
                    "windows that are mixed must have one shape, but were " + first + " and " + second);
        }
        float[] values = first.toArray();
        float[] others = second.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (lambda * values[i] + (1 - lambda) * others[i]);
        }
        double target = lambda * one.target() + (1 - lambda) * other.target();
        return new LabelledWindow(
                FeatureMatrix.of(first.frames(), first.features(), values), Math.max(0, Math.min(1, target)));
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("alpha", alpha);
        settings.put("beta", beta);
        return new ComponentDescription(TYPE, settings);
    }

    @Override
    public String toString() {
        return "Mixup" + description().settings();
    }

    /** An adapter of this project's random streams to Commons Math. */
    private static final class Stream extends AbstractRandomGenerator {

        private final RandomGenerator random;

        Stream(RandomGenerator random) {
            this.random = random;
        }

        @Override
        public void setSeed(long seed) {
            throw new UnsupportedOperationException("a stream is seeded where it is made");
        }

        @Override
        public double nextDouble() {
            return random.nextDouble();
        }
    }

    /** Registers {@code mixup} with setting {@code alpha}, and optionally {@code beta}, by default {@code alpha}. */
    public static final class Provider extends ComponentProvider<BatchAugmentation> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(BatchAugmentation.class, TYPE,
                    ALPHA, BETA);
        }

        @Override
        protected BatchAugmentation create(Settings settings) {
            double alpha = settings.number("alpha");
            return Mixup.of(alpha, settings.has("beta") ? settings.number("beta") : alpha);
        }
    }
}
