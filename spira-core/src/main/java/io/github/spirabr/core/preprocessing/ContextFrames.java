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
 * Frames stacked with those before and after them: each frame becomes the features of the {@code left} frames before it, its
 * own, and those of the {@code right} frames after it. The first and the last frame of a window are repeated beyond its ends, as
 * in Kaldi's splice-feats. Immutable and thread-safe.
 */
public final class ContextFrames implements FeatureTransform {

    private static final String TYPE = "context";
    private static final int MOST = 500;
    private static final Setting LEFT =
            Setting.integer("left", "Frames before each frame.").between(0, MOST).unit("frames").byDefault(5);
    private static final Setting RIGHT =
            Setting.integer("right", "Frames after each frame.").between(0, MOST).unit("frames").byDefault(5);

    private final int left;
    private final int right;

    private ContextFrames(int left, int right) {
        this.left = LEFT.check(left);
        this.right = RIGHT.check(right);
    }

    /**
     * Returns a stacking of frames.
     *
     * @param left frames before each frame, 0 to 500
     * @param right frames after each frame, 0 to 500
     */
    public static ContextFrames of(int left, int right) {
        return new ContextFrames(left, right);
    }

    @Override
    public InputShape shape(InputShape input) {
        return new InputShape(input.frames(), Math.multiplyExact(input.features(), left + 1 + right));
    }

    @Override
    public List<FeatureMatrix> apply(List<FeatureMatrix> windows) {
        return windows.stream().map(this::apply).toList();
    }

    private FeatureMatrix apply(FeatureMatrix window) {
        int features = window.features();
        int stack = left + 1 + right;
        float[] values = window.toArray();
        float[] out = new float[Math.multiplyExact(values.length, stack)];
        for (int frame = 0; frame < window.frames(); frame++) {
            for (int i = 0; i < stack; i++) {
                int source = Math.max(0, Math.min(window.frames() - 1, frame + i - left));
                System.arraycopy(values, source * features, out, (frame * stack + i) * features, features);
            }
        }
        return FeatureMatrix.of(window.frames(), stack * features, out);
    }

    @Override
    public List<String> featureNames(List<String> names) {
        List<String> all = new ArrayList<>();
        for (int offset = -left; offset <= right; offset++) {
            String place = offset == 0 ? "" : " at frame " + (offset > 0 ? "+" : "") + offset;
            names.forEach(name -> all.add(name + place));
        }
        return List.copyOf(all);
    }

    @Override
    public ComponentDescription description() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("left", left);
        settings.put("right", right);
        return new ComponentDescription(TYPE, settings);
    }

    @Override
    public String toString() {
        return "ContextFrames" + description().settings();
    }

    /** Registers {@code context}, optionally with {@code left} and {@code right}. */
    public static final class Provider extends ComponentProvider<FeatureTransform> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(FeatureTransform.class, TYPE, LEFT, RIGHT);
        }

        @Override
        protected FeatureTransform create(Settings settings) {
            return of(settings.integer("left"), settings.integer("right"));
        }
    }
}
