package io.github.spirabr.core.preprocessing;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Slopes of features over time, appended to each frame: the features, their deltas and, for order 2, the deltas of the deltas.
 *
 * <p>The delta is the regression d[t] = sum of n (c[t + n] - c[t - n]) / (2 sum of n²), n = 1 .. (frames - 1) / 2, where the
 * first and the last frame of a window are repeated beyond its ends: {@code torchaudio.functional.compute_deltas}. With 5 frames
 * it is Kaldi's, whose second order alone differs, in the frames near both ends. Immutable and thread-safe.
 */
public final class Deltas implements FeatureTransform {

    private static final String TYPE = "deltas";
    private static final int FRAMES = 5;
    private static final int ORDER = 2;
    private static final Setting FRAMES_SETTING =
            Setting.integer("frames", "Frames of the regression, an odd number.").between(3, 999).unit("frames")
                    .byDefault(FRAMES);
    private static final Setting ORDER_SETTING =
            Setting.integer("order", "Order of the deltas: 1, or 2 for the deltas of the deltas, too.").between(1, 2)
                    .byDefault(ORDER);

    private final int frames;
    private final int order;

    private Deltas(int frames, int order) {
        this.frames = FRAMES_SETTING.check(frames);
        this.order = ORDER_SETTING.check(order);
        if (frames % 2 == 0) {
            throw new IllegalArgumentException("frames must be odd, but was " + frames + "; use one more or one less");
        }
    }

    /** Returns deltas over 5 frames, and the deltas of the deltas. */
    public static Deltas create() {
        return new Deltas(FRAMES, ORDER);
    }

    /**
     * Returns deltas.
     *
     * @param frames frames of the regression: an odd number from 3 to 999
     * @param order 1 for deltas, 2 for the deltas of the deltas, too
     */
    public static Deltas of(int frames, int order) {
        return new Deltas(frames, order);
    }

    @Override
    public InputShape shape(InputShape input) {
        return new InputShape(input.frames(), Math.multiplyExact(input.features(), order + 1));
    }

    @Override
    public List<FeatureMatrix> apply(List<FeatureMatrix> windows) {
        return windows.stream().map(this::apply).toList();
    }

    private FeatureMatrix apply(FeatureMatrix window) {
        int features = window.features();
        float[] level = window.toArray();
        float[] out = new float[Math.multiplyExact(level.length, order + 1)];
        int width = features * (order + 1);
        for (int i = 0; i <= order; i++) {
            for (int frame = 0; frame < window.frames(); frame++) {
                System.arraycopy(level, frame * features, out, frame * width + i * features, features);
            }
            level = slopes(level, window.frames(), features);
        }
        return FeatureMatrix.of(window.frames(), width, out);
    }

    private float[] slopes(float[] values, int count, int features) {
        int half = frames / 2;
        double divisor = half * (half + 1.0) * (2 * half + 1) / 3;
        float[] slopes = new float[values.length];
        for (int frame = 0; frame < count; frame++) {
            for (int feature = 0; feature < features; feature++) {
                double sum = 0;
                for (int n = 1; n <= half; n++) {
                    int later = Math.min(count - 1, frame + n);
                    int earlier = Math.max(0, frame - n);
                    sum += n * ((double) values[later * features + feature] - values[earlier * features + feature]);
                }
                slopes[frame * features + feature] = (float) (sum / divisor);
            }
        }
        return slopes;
    }

    @Override
    public List<String> featureNames(List<String> names) {
        List<String> all = new ArrayList<>(names);
        names.forEach(name -> all.add("delta of " + name));
        if (order == 2) {
            names.forEach(name -> all.add("second delta of " + name));
        }
        return List.copyOf(all);
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("frames", frames);
        settings.put("order", order);
        return new ComponentDescription(TYPE, settings);
    }

    @Override
    public String toString() {
        return "Deltas" + description().settings();
    }

    /** Registers {@code deltas}, optionally with {@code frames} and {@code order}. */
    public static final class Provider extends ComponentProvider<FeatureTransform> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(FeatureTransform.class, TYPE, FRAMES_SETTING, ORDER_SETTING);
        }

        @Override
        protected FeatureTransform create(Settings settings) {
            return of(settings.integer("frames"), settings.integer("order"));
        }
    }
}
