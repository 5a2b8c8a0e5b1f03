package io.github.spirabr.report;

import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.awt.image.BufferedImage;

/** Colours a matrix: time to the right, features upwards. */
final class HeatMap {

    private HeatMap() {}

    /**
     * An image that reaches from the recording's beginning to its end. A pixel that covers several frames or features
     * shows the one that is farthest from 0 in what is a coefficient, and the greatest in what is a power, so that
     * nothing short is lost.
     */
    static BufferedImage image(FeatureMatrix matrix, FeatureView view, double seconds, int width, int height) {
        int[][] frames = new int[width][];
        for (int x = 0; x < width; x++) {
            double left = seconds * x / width / view.secondsPerFrame();
            double right = seconds * (x + 1) / width / view.secondsPerFrame();
            frames[x] = range(left, right, matrix.frames());
        }
        FeatureAxis axis = view.vertical();
        ColourScale colours = view.colours();
        boolean bySize = colours.map() == ColourMap.DIVERGING;
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            double bottom = axis.low() + (axis.high() - axis.low()) * (height - 1 - y) / height;
            double top = axis.low() + (axis.high() - axis.low()) * (height - y) / height;
            int[] features = range(
                    axis.feature().applyAsDouble(bottom), axis.feature().applyAsDouble(top), matrix.features());
            for (int x = 0; x < width; x++) {
                float value = prominent(matrix, frames[x], features, bySize);
                image.setRGB(x, y, colours.rgb(colours.shown().applyAsDouble(value)));
            }
        }
        return image;
    }

    /** The first and the last whole number in the pixel; the nearest one where there is none. */
    private static int[] range(double from, double to, int count) {
        int nearest = (int) Math.round((from + to) / 2);
        int first = Math.min(nearest, (int) Math.ceil(from));
        int last = Math.max(nearest, (int) Math.ceil(to) - 1);
        return new int[] {clamp(first, count), clamp(last, count)};
    }

    private static int clamp(int index, int count) {
        return Math.max(0, Math.min(count - 1, index));
    }

    private static float prominent(FeatureMatrix matrix, int[] frames, int[] features, boolean bySize) {
        float best = matrix.value(frames[0], features[0]);
        for (int t = frames[0]; t <= frames[1]; t++) {
            for (int k = features[0]; k <= features[1]; k++) {
                float value = matrix.value(t, k);
                if (bySize ? Math.abs(value) > Math.abs(best) : value > best) {
                    best = value;
                }
            }
        }
        return best;
    }
}
