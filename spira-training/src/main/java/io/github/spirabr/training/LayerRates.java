package io.github.spirabr.training;

import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.component.SettingsDeclaration;
import io.github.spirabr.training.engine.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The learning rates of layers, as factors of the trainer's; 0 for frozen layers. A layer is named in full or by the beginning
 * of its name up to a dot: {@code conv_block1} means all layers within it. Of several names that fit, the longest counts.
 * Immutable.
 */
final class LayerRates {

    static final SettingsDeclaration SETTINGS = SettingsDeclaration.of(
            Setting.texts("freeze", "Layers whose weights are not trained, by name or by its beginning up to a dot.")
                    .optional("all layers are trained"),
            Setting.texts("layerRates", "Layers with factors of their learning rate, such as 'dense1 0.1'.")
                    .optional("the rate of the optimizer for all layers"));
    static final LayerRates EQUAL = new LayerRates(Map.of());

    private final Map<String, Double> factors;

    private LayerRates(Map<String, Double> factors) {
        this.factors = new LinkedHashMap<>(factors);
    }

    LayerRates with(String layer, double factor) {
        if (!(factor >= 0) || Double.isInfinite(factor)) {
            throw new InvalidSettingException(
                    "layerRates", "must have factors of 0 or more, but that of '" + layer + "' was " + factor);
        }
        String setting = factor == 0 ? "freeze" : "layerRates";
        if (factors.containsKey(layer)) {
            throw new InvalidSettingException(setting, "must name a layer that neither freeze nor layerRates names yet, but was '"
                    + layer + "' again; name it once");
        }
        LayerRates more = new LayerRates(factors);
        more.factors.put(layer, factor);
        return more;
    }

    static LayerRates from(Settings settings) {
        LayerRates rates = EQUAL;
        for (String layer : given(settings, "freeze")) {
            rates = rates.with(layer, 0);
        }
        for (String text : given(settings, "layerRates")) {
            String[] words = text.strip().split("\\s+");
            try {
                if (words.length != 2) {
                    throw new NumberFormatException("not two words");
                }
                rates = rates.with(words[0], Double.parseDouble(words[1]));
            } catch (NumberFormatException e) {
                throw new InvalidSettingException(
                        "layerRates", "must hold a layer and a factor, such as 'dense1 0.1', but was '" + text + "'");
            }
        }
        return rates;
    }

    private static List<String> given(Settings settings, String name) {
        return settings.has(name) ? settings.strings(name) : List.of();
    }

    /** Returns what differs from equal rates. */
    Map<String, Object> settings() {
        List<String> frozen = factors.keySet().stream().filter(layer -> factors.get(layer) == 0).toList();
        List<String> others = factors.keySet().stream().filter(layer -> factors.get(layer) != 0)
                .map(layer -> layer + " " + factors.get(layer)).toList();
        Map<String, Object> settings = new LinkedHashMap<>();
        if (!frozen.isEmpty()) {
            settings.put("freeze", frozen);
        }
        if (!others.isEmpty()) {
            settings.put("layerRates", others);
        }
        return settings;
    }

    /** Sets the gradient of frozen layers to 0. */
    void mask(List<Segment> layout, float[] gradient) {
        if (!factors.isEmpty()) {
            layout.stream().filter(segment -> factor(segment) == 0)
                    .forEach(segment -> Arrays.fill(gradient, segment.offset(), segment.offset() + segment.length(), 0f));
        }
    }

    /**
     * Returns the initial state of an optimizer that changes each layer at its rate, and frozen ones not at all.
     *
     * @throws IllegalArgumentException if a layer is not one of the network's, or all are frozen
     */
    Optimizer.Updates start(Optimizer optimizer, List<Segment> layout) {
        if (factors.isEmpty()) {
            return optimizer.start(layout.stream().mapToInt(Segment::length).sum());
        }
        requireLayers(layout);
        Map<Double, List<Segment>> byFactor = new TreeMap<>();
        layout.forEach(segment -> byFactor.computeIfAbsent(factor(segment), factor -> new ArrayList<>()).add(segment));
        byFactor.remove(0.0);
        if (byFactor.isEmpty()) {
            throw new InvalidSettingException("freeze", "must leave a layer to train, but names all of them");
        }
        List<Group> groups = new ArrayList<>();
        byFactor.forEach((factor, segments) -> groups.add(new Group(factor, segments, optimizer)));
        return new Grouped(groups);
    }

    private void requireLayers(List<Segment> layout) {
        for (String layer : factors.keySet()) {
            if (layout.stream().noneMatch(segment -> isIn(segment, layer))) {
                throw new InvalidSettingException(factors.get(layer) == 0 ? "freeze" : "layerRates", "must name layers of the"
                        + " network, which are " + layout.stream().map(Segment::layer).distinct().toList()
                        + " or the beginnings of these up to a dot, but was '" + layer + "'");
            }
        }
    }

    private static boolean isIn(Segment segment, String layer) {
        return segment.name().startsWith(layer + ".");
    }

    private double factor(Segment segment) {
        String longest = "";
        double factor = 1;
        for (Map.Entry<String, Double> one : factors.entrySet()) {
            if (isIn(segment, one.getKey()) && one.getKey().length() > longest.length()) {
                longest = one.getKey();
                factor = one.getValue();
            }
        }
        return factor;
    }

    /** The layers of one rate, gathered into arrays of their own. */
    private static final class Group {

        final double factor;
        final List<Segment> segments;
        final Optimizer.Updates updates;
        /** Written anew at each step, as they are as large as the network. */
        final float[] weights;
        final float[] gradient;

        Group(double factor, List<Segment> segments, Optimizer optimizer) {
            this.factor = factor;
            this.segments = segments;
            int length = segments.stream().mapToInt(Segment::length).sum();
            this.updates = optimizer.start(length);
            this.weights = new float[length];
            this.gradient = new float[length];
        }

        void gather(float[] all, float[] own) {
            int at = 0;
            for (Segment segment : segments) {
                System.arraycopy(all, segment.offset(), own, at, segment.length());
                at += segment.length();
            }
        }

        void scatter(float[] own, float[] all) {
            int at = 0;
            for (Segment segment : segments) {
                System.arraycopy(own, at, all, segment.offset(), segment.length());
                at += segment.length();
            }
        }
    }

    private record Grouped(List<Group> groups) implements Optimizer.Updates {

        @Override
        public void apply(float[] weights, float[] gradient, long step, double learningRate) {
            for (Group group : groups) {
                group.gather(weights, group.weights);
                group.gather(gradient, group.gradient);
                group.updates.apply(group.weights, group.gradient, step, learningRate * group.factor);
                group.scatter(group.weights, weights);
            }
        }

        @Override
        public float[][] memory() {
            return groups.stream().flatMap(group -> Arrays.stream(group.updates.memory())).toArray(float[][]::new);
        }
    }
}
