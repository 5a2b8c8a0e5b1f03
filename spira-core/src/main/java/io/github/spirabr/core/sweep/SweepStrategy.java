package io.github.spirabr.core.sweep;

import io.github.spirabr.core.random.RandomStreams;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** The choice of the points of a sweep, and of the epochs that each is trained for. Immutable and thread-safe. */
public final class SweepStrategy {

    /** A random sweep that draws so many points in vain has seen them all. */
    private static final int MOST_DRAWS_EACH = 100;
    /** More points than anyone waits for. */
    private static final int MOST_POINTS = 100_000;

    private final int drawn;
    private final long seed;
    private final List<Integer> rungs;
    private final int factor;

    private SweepStrategy(int drawn, long seed, List<Integer> rungs, int factor) {
        this.drawn = drawn;
        this.seed = seed;
        this.rungs = rungs;
        this.factor = factor;
    }

    /** Returns the strategy of every combination of the values; the last setting varies fastest. */
    public static SweepStrategy grid() {
        return new SweepStrategy(0, 0, List.of(), 1);
    }

    /**
     * Returns the strategy of random combinations, none twice (Bergstra and Bengio, "Random search for hyper-parameter optimization",
     * JMLR 2012).
     *
     * @param points number of points, at least 1
     * @param seed seed of the draws, independent of those of the trainings
     */
    public static SweepStrategy random(int points, long seed) {
        if (points < 1 || points > MOST_POINTS) {
            throw new IllegalArgumentException("there must be 1 to " + MOST_POINTS + " random points, but were " + points);
        }
        return new SweepStrategy(points, seed, List.of(), 1);
    }

    /**
     * Returns a strategy with the same points that trains all of them for few epochs, keeps the best of them, and trains these for
     * more: the inner loop of Hyperband (Li et al., "Hyperband: a novel bandit-based approach to hyperparameter optimization",
     * JMLR 2018). Each training begins anew, so that the winner's is the one that it would have had alone.
     *
     * @param factor at least 2: one in so many points is kept, and trained for so many times the epochs
     * @param least epochs of the first trainings, at least 1
     * @param most epochs of the last trainings, and of the winner
     */
    public SweepStrategy successiveHalving(int factor, int least, int most) {
        if (factor < 2 || least < 1 || most < least) {
            throw new IllegalArgumentException("successive halving must have a factor of at least 2, and at least 1 epoch, growing"
                    + " to as many or more, but had the factor " + factor + ", and " + least + " to " + most + " epochs");
        }
        List<Integer> epochs = new ArrayList<>();
        // From the end, so that the last trainings have exactly the epochs that were asked for.
        for (int next = most; next >= least; next /= factor) {
            epochs.add(0, next);
        }
        return new SweepStrategy(drawn, seed, List.copyOf(epochs), factor);
    }

    /** Returns the epochs of each round of trainings, in their order; one round with the experiment's own if empty. */
    List<OptionalInt> rounds() {
        return rungs.isEmpty() ? List.of(OptionalInt.empty()) : rungs.stream().map(OptionalInt::of).toList();
    }

    /** Returns the number of points that are trained further. */
    int kept(int points) {
        return Math.max(1, (points + factor - 1) / factor);
    }

    /** Returns the points, each with a value for each setting, in the settings' order. */
    List<Map<String, Object>> points(List<SweptSetting> settings) {
        return drawn == 0 ? product(settings) : drawn(settings, new RandomStreams(seed));
    }

    private static List<Map<String, Object>> product(List<SweptSetting> settings) {
        List<Map<String, Object>> points = new ArrayList<>(List.of(Map.of()));
        for (SweptSetting setting : settings) {
            if (setting.isRange()) {
                throw new IllegalArgumentException(setting.name()
                        + " must be a list or have steps in a grid, but is a range; give it steps, or draw random points");
            }
            List<Map<String, Object>> more = new ArrayList<>();
            for (Map<String, Object> point : points) {
                for (Object value : setting.values()) {
                    Map<String, Object> next = new LinkedHashMap<>(point);
                    next.put(setting.name(), value);
                    more.add(next);
                }
            }
            if (more.size() > MOST_POINTS) {
                throw new IllegalArgumentException("a grid must have at most " + MOST_POINTS + " points, but has more with "
                        + setting.name() + "; draw random points");
            }
            points = more;
        }
        return points;
    }

    private List<Map<String, Object>> drawn(List<SweptSetting> settings, RandomStreams random) {
        Set<Map<String, Object>> points = new LinkedHashSet<>();
        for (int draw = 0; points.size() < drawn; draw++) {
            if (draw == MOST_DRAWS_EACH * drawn) {
                throw new IllegalArgumentException("there must be room for " + drawn + " different points, but only "
                        + points.size() + " were found; ask for fewer, or for a grid");
            }
            Map<String, Object> point = new LinkedHashMap<>();
            for (SweptSetting setting : settings) {
                point.put(setting.name(), setting.draw(random.stream("sweep " + setting.name(), draw, "")));
            }
            points.add(point);
        }
        return List.copyOf(points);
    }

    @Override
    public String toString() {
        return (drawn == 0 ? "grid" : drawn + " random points")
                + (rungs.isEmpty() ? "" : ", successive halving by " + factor + " over " + rungs + " epochs");
    }
}
