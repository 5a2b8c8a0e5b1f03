package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Statistics of each feature over the frames of a window, as openSMILE's functionals: one frame for each window, with the first
 * functional of all features, then the second, and so on. With {@code whole-recording} windows it is one vector for each
 * recording.
 *
 * <ul>
 *   <li>{@code mean}, {@code minimum}, {@code maximum}, {@code range};
 *   <li>{@code deviation}, the standard deviation divided by the number of frames;
 *   <li>{@code skewness} and {@code kurtosis}, the third and fourth standardised moment, 0 for a feature that does not vary; a
 *       normal distribution has a kurtosis of 3;
 *   <li>{@code p0} to {@code p100}, percentiles, interpolated linearly as in NumPy;
 *   <li>{@code slope}, of the least-squares line over time, by frame; 0 for one frame.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 */
public final class Functionals implements FeatureTransform {

    private static final String TYPE = "functionals";
    private static final List<String> STANDARD = List.of("mean", "deviation", "p5", "p50", "p95", "slope");
    private static final Map<String, ToDoubleFunction<double[]>> NAMED = Map.of(
            "mean", Functionals::mean,
            "minimum", values -> Arrays.stream(values).min().orElseThrow(),
            "maximum", values -> Arrays.stream(values).max().orElseThrow(),
            "range", values -> Arrays.stream(values).max().orElseThrow() - Arrays.stream(values).min().orElseThrow(),
            "deviation", values -> Math.sqrt(moment(values, 2)),
            "skewness", values -> standardised(values, 3),
            "kurtosis", values -> standardised(values, 4),
            "slope", Functionals::slope);
    private static final Setting FUNCTIONALS = Setting.texts("functionals",
            "Statistics over the frames of a window: mean, deviation, minimum, maximum, range, skewness, kurtosis, slope, and p0"
                    + " to p100 for percentiles.").byDefault(STANDARD);

    private final List<String> names;

    private Functionals(List<String> names) {
        if (names.isEmpty() || new HashSet<>(names).size() != names.size()) {
            throw new IllegalArgumentException("functionals must be different names, at least one, but were " + names);
        }
        for (String name : names) {
            if (!NAMED.containsKey(name) && !name.matches("p(100|[1-9]?\\d)")) {
                throw new IllegalArgumentException("functionals must be of " + NAMED.keySet().stream().sorted().toList()
                        + " or p0 to p100, but one was '" + name + "'");
            }
        }
        this.names = List.copyOf(names);
    }

    /** Returns mean, deviation, the 5th, 50th and 95th percentile, and slope. */
    public static Functionals create() {
        return new Functionals(STANDARD);
    }

    /**
     * Returns these functionals, in this order.
     *
     * @param names names of this class's description, each once, at least one
     */
    public static Functionals of(String... names) {
        return new Functionals(List.of(names));
    }

    @Override
    public InputShape shape(InputShape input) {
        return new InputShape(1, Math.multiplyExact(input.features(), names.size()));
    }

    @Override
    public List<FeatureMatrix> apply(List<FeatureMatrix> windows) {
        return windows.stream().map(this::apply).toList();
    }

    private FeatureMatrix apply(FeatureMatrix window) {
        int features = window.features();
        float[] out = new float[features * names.size()];
        double[] values = new double[window.frames()];
        boolean needsOrder = !NAMED.keySet().containsAll(names);
        for (int feature = 0; feature < features; feature++) {
            for (int frame = 0; frame < values.length; frame++) {
                values[frame] = window.value(frame, feature);
            }
            double[] sorted = needsOrder ? sorted(values) : values;
            for (int i = 0; i < names.size(); i++) {
                out[i * features + feature] = (float) value(names.get(i), values, sorted);
            }
        }
        return FeatureMatrix.of(1, out.length, out);
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private static double value(String name, double[] values, double[] sorted) {
        ToDoubleFunction<double[]> named = NAMED.get(name);
        return named != null ? named.applyAsDouble(values) : percentile(sorted, Integer.parseInt(name.substring(1)));
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double moment(double[] values, int order) {
        double mean = mean(values);
        double sum = 0;
        for (double value : values) {
            sum += order == 2 ? (value - mean) * (value - mean) : StrictMath.pow(value - mean, order);
        }
        return sum / values.length;
    }

    private static double standardised(double[] values, int order) {
        double deviation = Math.sqrt(moment(values, 2));
        return deviation > 0 ? moment(values, order) / StrictMath.pow(deviation, order) : 0;
    }

    private static double percentile(double[] sorted, int percent) {
        double place = percent / 100.0 * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    private static double slope(double[] values) {
        double middle = (values.length - 1) / 2.0;
        double products = 0;
        double squares = 0;
        for (int frame = 0; frame < values.length; frame++) {
            products += (frame - middle) * values[frame];
            squares += (frame - middle) * (frame - middle);
        }
        return squares > 0 ? products / squares : 0;
    }

    @Override
    public List<String> featureNames(List<String> inputs) {
        List<String> all = new ArrayList<>();
        names.forEach(name -> inputs.forEach(input -> all.add(named(name, input))));
        return List.copyOf(all);
    }

    private static String named(String functional, String input) {
        return switch (functional) {
            case "slope" -> "slope per frame of " + input;
            case "skewness", "kurtosis" -> functional + " of " + input.replaceFirst(" \\([^()]*\\)$", "");
            default -> functional + " of " + input;
        };
    }

    @Override
    public ComponentDescription description() {
        return new ComponentDescription(TYPE, Map.of("functionals", names));
    }

    @Override
    public String toString() {
        return "Functionals" + names;
    }

    /** Registers {@code functionals}, optionally with their list, {@code functionals}. */
    public static final class Provider extends ComponentProvider<FeatureTransform> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(FeatureTransform.class, TYPE, FUNCTIONALS);
        }

        @Override
        protected FeatureTransform create(Settings settings) {
            return new Functionals(settings.strings("functionals"));
        }
    }
}
