package io.github.spirabr.report;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The meaning of a feature matrix: made from the extractor's description, so that pictures of extractors that nobody
 * has thought of yet have axes, too.
 *
 * @param name such as {@code Mel spectrogram}
 * @param settings settings of the extractor, in words
 * @param secondsPerFrame seconds per frame from one frame to the next
 * @param vertical the axis along the features
 * @param colours meaning of the colours
 */
record FeatureView(String name, String settings, double secondsPerFrame, FeatureAxis vertical, ColourScale colours) {

    /** The range of the colours below the loudest point. */
    private static final double DECIBELS = 80;

    /** The power that replaces zero, which has no logarithm; below the smallest float. */
    private static final double TINY = 1e-50;

    /** The largest share of coefficients that may lie beyond the colours. */
    private static final double CLIPPED = 0.02;

    static FeatureView of(ComponentDescription description, FeatureMatrix matrix, int sampleRate, double seconds) {
        Map<String, Object> settings = description.settings();
        String words = description.settings().entrySet().stream()
                .map(FeatureView::inWords)
                .collect(Collectors.joining(", "));
        return switch (description.type()) {
            case "spectrogram" -> new FeatureView("Spectrogram", words, hop(settings, sampleRate),
                    FeatureAxis.linearFrequency((int) number(settings, "fftSize"), sampleRate), loudness(matrix));
            case "mel-spectrogram" -> new FeatureView("Mel spectrogram", words, hop(settings, sampleRate),
                    FeatureAxis.melFrequency(matrix.features(), number(settings, "fMin"), highest(settings, sampleRate)),
                    loudness(matrix));
            case "mfcc" -> new FeatureView("MFCC", words, hop(settings, sampleRate),
                    FeatureAxis.numbered("Coefficient", matrix.features()),
                    coefficients(matrix, Boolean.TRUE.equals(settings.get("logMels")) ? "ln" : "dB"));
            default -> new FeatureView(description.type(), words, seconds / Math.max(1, matrix.frames() - 1),
                    FeatureAxis.numbered("Feature", matrix.features()), plain(matrix));
        };
    }

    private static double hop(Map<String, Object> settings, int sampleRate) {
        return number(settings, "hopLength") / sampleRate;
    }

    private static String inWords(Map.Entry<String, Object> setting) {
        Object value = setting.getValue();
        boolean whole = value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e9;
        return setting.getKey() + " " + (whole ? String.valueOf(((Double) value).longValue()) : value);
    }

    private static double highest(Map<String, Object> settings, int sampleRate) {
        return "nyquist".equals(settings.get("fMax")) ? sampleRate / 2 : number(settings, "fMax");
    }

    private static double number(Map<String, Object> settings, String name) {
        return settings.get(name) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    private static ColourScale loudness(FeatureMatrix matrix) {
        float loudest = 0;
        for (int t = 0; t < matrix.frames(); t++) {
            for (int k = 0; k < matrix.features(); k++) {
                loudest = Math.max(loudest, matrix.value(t, k));
            }
        }
        double reference = loudest > 0 ? loudest : 1;
        return new ColourScale("Power (dB, loudest = 0)", -DECIBELS, 0, ColourMap.SEQUENTIAL,
                power -> 10 * Math.log10(Math.max(power, TINY) / reference));
    }

    /** The first coefficient, the level, is far from the others and must not take all colours. */
    private static ColourScale coefficients(FeatureMatrix matrix, String unit) {
        int first = matrix.features() == 1 ? 0 : 1;
        int features = matrix.features() - first;
        double[] sizes = new double[matrix.frames() * features];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.abs(matrix.value(i / features, first + i % features));
        }
        Arrays.sort(sizes);
        double most = sizes[(int) ((1 - CLIPPED) * (sizes.length - 1))];
        double limit = most < 1e-3 ? 1 : most;
        return new ColourScale("Value (" + unit + ", clipped)", -limit, limit, ColourMap.DIVERGING, value -> value);
    }

    private static ColourScale plain(FeatureMatrix matrix) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int t = 0; t < matrix.frames(); t++) {
            for (int k = 0; k < matrix.features(); k++) {
                low = Math.min(low, matrix.value(t, k));
                high = Math.max(high, matrix.value(t, k));
            }
        }
        return new ColourScale("Value", low, high > low ? high : low + 1, ColourMap.SEQUENTIAL, value -> value);
    }
}
