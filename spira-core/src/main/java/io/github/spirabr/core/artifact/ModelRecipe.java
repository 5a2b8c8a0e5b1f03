package io.github.spirabr.core.artifact;

import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.component.SettingsDeclaration;
import io.github.spirabr.core.evaluation.DecisionRule;
import io.github.spirabr.core.evaluation.TemperatureScaling;
import io.github.spirabr.core.internal.Document;
import io.github.spirabr.core.internal.DocumentException;
import io.github.spirabr.core.model.Aggregation;
import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureTransform;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.preprocessing.WaveformTransform;
import io.github.spirabr.core.preprocessing.Windowing;
import io.github.spirabr.core.recording.Target;
import io.github.spirabr.core.registry.ModelRepositoryException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All that prediction needs beside the weights, so that it uses the input of training.
 *
 * @param decision the decision rule
 * @param target the condition and its classes; written unless it is {@link Target#STANDARD}
 */
public record ModelRecipe(
        AudioReader reader,
        List<WaveformTransform> transforms,
        Windowing windowing,
        FeatureExtractor extractor,
        List<FeatureTransform> featureTransforms,
        ModelFactory model,
        InputShape input,
        DecisionRule decision,
        Target target) {

    private static final int FORMAT = 1;
    /** With another aggregation than the mean, or an inconclusive band, which older libraries would pass over. */
    private static final int FORMAT_OF_RULES = 2;
    /** With transforms of features, which older libraries would pass over. */
    private static final int FORMAT_OF_FEATURE_TRANSFORMS = 3;
    private static final String READER = "reader";
    private static final String TRANSFORM = "preprocessing.transform.";
    private static final String WINDOW = "preprocessing.window";
    private static final String EXTRACT = "preprocessing.extract";
    private static final String TRANSFORM_FEATURES = "preprocessing.transformFeatures.";
    private static final String MODEL = "model";
    private static final String AGGREGATION = "aggregation";
    private static final String LOWER = "inconclusive.lower";
    private static final String UPPER = "inconclusive.upper";
    private static final String TARGET = "target.name";
    private static final String NEGATIVE = "target.negative";
    private static final String POSITIVE = "target.positive";
    private static final SettingsDeclaration SHAPE = SettingsDeclaration.of(
            Setting.integer("input.frames", "Frames of a window."),
            Setting.integer("input.features", "Features of a frame."));
    private static final Setting TEMPERATURE = Setting.number("temperature", "Divisor of the log odds.");
    private static final Setting THRESHOLD = Setting.number("threshold", "Probability from which a recording is positive.");
    private static final SettingsDeclaration PLAIN = SettingsDeclaration.of(TEMPERATURE.byDefault(1), THRESHOLD);
    private static final SettingsDeclaration RULES = SettingsDeclaration.of(TEMPERATURE, THRESHOLD,
            Setting.number(LOWER, "Lower end of the inconclusive band."),
            Setting.number(UPPER, "Upper end of the inconclusive band."));

    /** Returns the recipe as the text of {@code model.properties}, by key. */
    public SortedMap<String, String> describe() {
        SortedMap<String, String> text = new TreeMap<>();
        boolean plain = decision.aggregation().equals(Aggregation.mean()) && !decision.abstains() && featureTransforms.isEmpty();
        int withRules = featureTransforms.isEmpty() ? FORMAT_OF_RULES : FORMAT_OF_FEATURE_TRANSFORMS;
        text.put(Document.FORMAT, Integer.toString(plain ? FORMAT : withRules));
        put(text, READER, reader);
        for (int i = 0; i < transforms.size(); i++) {
            put(text, TRANSFORM + i, transforms.get(i));
        }
        put(text, WINDOW, windowing);
        put(text, EXTRACT, extractor);
        for (int i = 0; i < featureTransforms.size(); i++) {
            put(text, TRANSFORM_FEATURES + i, featureTransforms.get(i));
        }
        put(text, MODEL, model);
        text.put("input.frames", Integer.toString(input.frames()));
        text.put("input.features", Integer.toString(input.features()));
        text.put("temperature", Double.toString(decision.calibration().temperature()));
        text.put("threshold", Double.toString(decision.threshold()));
        if (!plain) {
            put(text, AGGREGATION, decision.aggregation());
            text.put(LOWER, Double.toString(decision.lower()));
            text.put(UPPER, Double.toString(decision.upper()));
        }
        put(text, target);
        return text;
    }

    /** Adds a target, unless it is the standard one, which older models do not name either. */
    public static void put(SortedMap<String, String> text, Target target) {
        if (!target.equals(Target.STANDARD)) {
            text.put(TARGET, target.name());
            text.put(NEGATIVE, target.negative());
            text.put(POSITIVE, target.positive());
        }
    }

    /** Returns the target of a described recipe; {@link Target#STANDARD} if it names none. */
    public static Target target(Map<String, String> text) {
        return text.containsKey(TARGET)
                ? new Target(text.get(TARGET), text.getOrDefault(NEGATIVE, ""), text.getOrDefault(POSITIVE, ""))
                : Target.STANDARD;
    }

    /** Adds a component's type and settings below a path. */
    public static void put(SortedMap<String, String> text, String path, Component component) {
        ComponentDescription description = component.description();
        text.put(path + ".type", description.type());
        description.settings().forEach((name, value) -> text.put(path + "." + name, text(value)));
    }

    /** Returns a value as text; the values of lists are separated by commas. */
    private static String text(Object setting) {
        return setting instanceof List<?> list
                ? list.stream().map(Object::toString).collect(Collectors.joining(","))
                : setting.toString();
    }

    /**
     * Reads a recipe.
     *
     * @throws ModelRepositoryException if it has no format, or a newer one
     * @throws io.github.spirabr.core.component.ComponentException if a part cannot be made
     */
    public static ModelRecipe read(Map<String, String> text, Components components) {
        boolean plain = format(text) == FORMAT;
        return new ModelRecipe(
                components.create(AudioReader.class, READER, component(text, READER)),
                list(WaveformTransform.class, TRANSFORM, text, components),
                components.create(Windowing.class, WINDOW, component(text, WINDOW)),
                components.create(FeatureExtractor.class, EXTRACT, component(text, EXTRACT)),
                list(FeatureTransform.class, TRANSFORM_FEATURES, text, components),
                components.create(ModelFactory.class, MODEL, component(text, MODEL)),
                top(SHAPE, text, shape -> new InputShape(shape.integer("input.frames"), shape.integer("input.features"))),
                plain ? top(PLAIN, text, ModelRecipe::plainDecision) : top(RULES, text, top -> decision(top, text, components)),
                target(text));
    }

    /** Reads some of the settings that belong to no part. */
    private static <T> T top(SettingsDeclaration declared, Map<String, String> text, Function<Settings, T> reader) {
        Map<String, String> some = new LinkedHashMap<>(text);
        some.keySet().retainAll(declared.settings().stream().map(Setting::name).toList());
        return declared.read(ArtifactFiles.RECIPE, some, reader);
    }

    private static int format(Map<String, String> text) {
        try {
            return DocumentException.requireFormat(ArtifactFiles.RECIPE, text.get(Document.FORMAT), FORMAT_OF_FEATURE_TRANSFORMS);
        } catch (DocumentException e) {
            throw new ModelRepositoryException(String.valueOf(e.getMessage()), e);
        }
    }

    private static DecisionRule plainDecision(Settings top) {
        return new DecisionRule(new TemperatureScaling(top.number("temperature")), top.number("threshold"));
    }

    private static DecisionRule decision(Settings top, Map<String, String> text, Components components) {
        return new DecisionRule(
                components.create(Aggregation.class, AGGREGATION, component(text, AGGREGATION)),
                new TemperatureScaling(top.number("temperature")),
                top.number("threshold"),
                top.number(LOWER),
                top.number(UPPER));
    }

    /** Reads parts that are numbered from 0. */
    private static <T extends Component> List<T> list(
            Class<T> port, String prefix, Map<String, String> text, Components components) {
        List<T> parts = new ArrayList<>();
        while (text.containsKey(prefix + parts.size() + ".type")) {
            String path = prefix + parts.size();
            parts.add(components.create(port, path, component(text, path)));
        }
        return List.copyOf(parts);
    }

    private static ComponentDescription component(Map<String, String> text, String path) {
        Map<String, Object> settings = new LinkedHashMap<>();
        text.forEach((key, value) -> {
            if (key.startsWith(path + ".") && !key.equals(path + ".type")) {
                settings.put(key.substring(path.length() + 1), value);
            }
        });
        return new ComponentDescription(text.getOrDefault(path + ".type", ""), settings);
    }
}
