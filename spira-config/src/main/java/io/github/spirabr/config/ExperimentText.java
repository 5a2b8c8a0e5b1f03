package io.github.spirabr.config;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import io.github.spirabr.config.Experiment.CacheFolder;
import io.github.spirabr.config.Experiment.DecisionChoice;
import io.github.spirabr.config.Experiment.NoiseFiles;
import io.github.spirabr.config.Experiment.RecordingLists;
import io.github.spirabr.config.Experiment.StoredWeights;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.evaluation.Abstention;
import io.github.spirabr.core.evaluation.OperatingPoint;
import io.github.spirabr.core.pipeline.RejectionPolicy;
import io.github.spirabr.core.quality.QualityLimits;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Target;
import io.github.spirabr.core.storage.ManifestFormat;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes an experiment as YAML, always in the same order. */
final class ExperimentText {

    private static final YAMLFactory YAML = YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .stringQuotingChecker(new Quoting())
            .build();

    private static final int MOST_STEPS_UP = 2;

    private final Path folder;

    private ExperimentText(Path folder) {
        this.folder = folder;
    }

    static String of(Experiment experiment, Path folder) {
        return yaml(new ExperimentText(folder).tree(experiment));
    }

    /** Writes maps, lists and single values as YAML. */
    static String yaml(Map<String, Object> tree) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = YAML.createGenerator(text)) {
            write(generator, tree);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private Map<String, Object> tree(Experiment experiment) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("modelName", experiment.modelName());
        tree.put("models", place(experiment.models()));
        tree.put("seed", experiment.seed());
        if (!experiment.target().equals(Target.STANDARD)) {
            Map<String, Object> target = new LinkedHashMap<>();
            target.put("name", experiment.target().name());
            target.put("negative", experiment.target().negative());
            target.put("positive", experiment.target().positive());
            tree.put("target", target);
        }
        if (experiment.labelsBySession()) {
            tree.put("labels", ExperimentDeclaration.BY_SESSION);
        }
        if (!experiment.baseline()) {
            tree.put("baseline", false);
        }
        if (!experiment.tasks().isEmpty()) {
            tree.put("tasks", experiment.tasks());
            tree.put("fusion", Settings.nameOf(experiment.fusion()));
        }
        experiment.threads().ifPresent(threads -> tree.put("threads", threads));
        experiment.cacheBytes().ifPresent(bytes -> tree.put("cacheBytes", bytes));
        tree.put("recordings", recordings(experiment.recordings()));
        if (!experiment.noises().isEmpty()) {
            Map<String, Object> sets = new LinkedHashMap<>();
            experiment.noises().forEach((name, files) -> sets.put(name, noises(files)));
            tree.put("noises", sets);
        }
        if (!experiment.pretrained().isEmpty()) {
            Map<String, Object> sets = new LinkedHashMap<>();
            experiment.pretrained().forEach((name, weights) -> sets.put(name, weights(weights)));
            tree.put("pretrained", sets);
        }
        tree.put("reader", part(experiment.reader()));
        tree.put("preprocessing", preprocessing(experiment));
        if (!experiment.evaluation().isEmpty()) {
            tree.put("evaluation", parts(experiment.evaluation()));
        }
        tree.put("probes", parts(experiment.probes()));
        tree.put("split", part(experiment.split()));
        RejectionPolicy rejections = experiment.rejections();
        Map<String, Object> limits = new LinkedHashMap<>();
        limits.put("largestShare", rejections.largestShare());
        limits.put("largestClassGap", rejections.largestClassGap());
        tree.put("rejections", limits);
        tree.put("decision", decision(experiment.decision()));
        tree.put("aggregation", part(experiment.aggregation()));
        tree.put("qualityLimits", quality(experiment.qualityLimits()));
        tree.put("model", part(experiment.model()));
        tree.put("training", part(experiment.training()));
        experiment.checkpoints().ifPresent(checkpoints -> {
            Map<String, Object> settings = new LinkedHashMap<>();
            settings.put("folder", path(checkpoints.folder()));
            settings.put("keep", checkpoints.keep());
            tree.put("checkpoints", settings);
        });
        experiment.featureCache().ifPresent(cache -> tree.put("featureCache", cache(cache)));
        experiment.audioCache().ifPresent(cache -> tree.put("audioCache", cache(cache)));
        experiment.events().ifPresent(events -> {
            Map<String, Object> settings = new LinkedHashMap<>();
            settings.put("folder", path(events.folder()));
            settings.put("formats", events.formats().stream().map(Settings::nameOf).toList());
            tree.put("events", settings);
        });
        experiment.work().ifPresent(place -> tree.put("work", place(place)));
        return tree;
    }

    private Map<String, Object> cache(CacheFolder cache) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("folder", path(cache.folder()));
        settings.put("maximumBytes", cache.maximumBytes());
        return settings;
    }

    private String text(StoragePlace place) {
        return place.path().map(this::path).orElse(place.location());
    }

    private Map<String, Object> place(StoragePlace place) {
        return place.path().<Map<String, Object>>map(folder -> Map.of("folder", path(folder)))
                .orElseGet(() -> Map.of("address", place.location()));
    }

    private Map<String, Object> weights(StoredWeights weights) {
        Map<String, Object> settings = new LinkedHashMap<>();
        weights.models().ifPresent(place -> settings.putAll(place(place)));
        weights.modelName().ifPresent(name -> settings.put("modelName", name));
        weights.version().ifPresent(version -> settings.put("version", version));
        weights.alias().ifPresent(alias -> settings.put("alias", alias));
        weights.file().ifPresent(file -> settings.put("file", path(file)));
        return settings;
    }

    private static Map<String, Object> quality(QualityLimits limits) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("clippedWarning", limits.clippedWarning());
        settings.put("clippedLimit", limits.clippedLimit());
        settings.put("silentWarning", limits.silentWarning());
        settings.put("silentLimit", limits.silentLimit());
        return settings;
    }

    private static Map<String, Object> decision(DecisionChoice decision) {
        Map<String, Object> settings = new LinkedHashMap<>();
        OperatingPoint point = decision.operatingPoint();
        settings.put("operatingPoint", Settings.nameOf(point.rule()));
        switch (point.rule()) {
            case FIXED -> settings.put("threshold", point.value());
            case SENSITIVITY -> settings.put("sensitivity", point.value());
            case YOUDEN -> { }
        }
        settings.put("calibrate", decision.calibrate());
        Abstention abstention = decision.abstention();
        settings.put("abstention", Settings.nameOf(abstention.rule()));
        if (abstention.rule() != Abstention.Rule.NONE) {
            settings.put(Settings.nameOf(abstention.rule()), abstention.value());
        }
        return settings;
    }

    private Map<String, Object> recordings(RecordingLists lists) {
        Map<String, Object> settings = new LinkedHashMap<>();
        lists.manifest().ifPresent(place -> settings.put("manifest", text(place)));
        for (Side side : Side.values()) {
            if (lists.sides().containsKey(side)) {
                settings.put(Settings.nameOf(side), text(lists.sides().get(side)));
            }
        }
        for (Label label : Label.values()) {
            if (lists.classes().containsKey(label)) {
                settings.put(Settings.nameOf(label) + "s", path(lists.classes().get(label)));
            }
        }
        lists.listing().ifPresent(listing -> {
            settings.put("listing", listing.place().location());
            settings.put("keyPattern", listing.keyPattern());
            listing.ignorePattern().ifPresent(pattern -> settings.put("ignorePattern", pattern));
        });
        lists.root().ifPresent(place -> settings.put("root", text(place)));
        ManifestFormat.LAYOUT.ordered(lists.layout()).forEach((name, value) -> {
            if (!settings.containsKey(name)) {
                put(settings, name, value);
            }
        });
        return settings;
    }

    private Map<String, Object> noises(NoiseFiles files) {
        Map<String, Object> settings = new LinkedHashMap<>();
        files.list().ifPresent(path -> settings.put("list", path(path)));
        files.column().ifPresent(column -> settings.put("column", column));
        files.root().ifPresent(path -> settings.put("root", path(path)));
        if (!files.files().isEmpty()) {
            settings.put("files", files.files().stream().map(this::path).toList());
        }
        files.trainingShare().ifPresent(share -> settings.put("trainingShare", share));
        settings.put("seed", files.seed());
        if (files.ambient()) {
            settings.put("ambient", true);
        }
        return settings;
    }

    private static Map<String, Object> preprocessing(Experiment experiment) {
        Map<String, Object> steps = new LinkedHashMap<>();
        if (!experiment.preprocessing().transform().isEmpty()) {
            steps.put("transform", parts(experiment.preprocessing().transform()));
        }
        if (!experiment.preprocessing().augment().isEmpty()) {
            steps.put("augment", parts(experiment.preprocessing().augment()));
        }
        steps.put("window", part(experiment.preprocessing().window()));
        steps.put("extract", part(experiment.preprocessing().extract()));
        if (!experiment.preprocessing().augmentFeatures().isEmpty()) {
            steps.put("augmentFeatures", parts(experiment.preprocessing().augmentFeatures()));
        }
        return steps;
    }

    private static List<Object> parts(List<ComponentDescription> descriptions) {
        return new ArrayList<>(descriptions.stream().map(ExperimentText::part).toList());
    }

    private static Map<String, Object> part(ComponentDescription description) {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("type", description.type());
        description.settings().forEach((name, value) -> put(settings, name, value));
        settings.replaceAll((name, value) -> listed(value));
        return settings;
    }

    /** Turns groups whose names are indices into lists: parts within a part. */
    private static Object listed(Object value) {
        if (!(value instanceof Map<?, ?> group)) {
            return value;
        }
        Map<String, Object> inner = new LinkedHashMap<>();
        group.forEach((name, one) -> inner.put(name.toString(), listed(one)));
        int place = 0;
        for (String name : inner.keySet()) {
            if (!name.equals(Integer.toString(place++))) {
                return inner;
            }
        }
        return new ArrayList<>(inner.values());
    }

    /** Turns dotted names into nested groups. */
    @SuppressWarnings("unchecked") // groups are made here and nowhere else
    private static void put(Map<String, Object> group, String name, Object value) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            group.put(name, value);
        } else {
            Map<String, Object> inner =
                    (Map<String, Object>) group.computeIfAbsent(name.substring(0, dot), key -> new LinkedHashMap<>());
            put(inner, name.substring(dot + 1), value);
        }
    }

    /** Writes a relative path if the file is near, so that both can be moved together. */
    private String path(Path path) {
        int same = 0;
        while (same < Math.min(path.getNameCount(), folder.getNameCount())
                && path.getName(same).equals(folder.getName(same))) {
            same++;
        }
        boolean near = same > 0 && same >= folder.getNameCount() - MOST_STEPS_UP && !path.equals(folder);
        Path written = near ? folder.relativize(path) : path;
        return written.toString().replace(File.separatorChar, '/');
    }

    private static void write(JsonGenerator generator, Object value) throws IOException {
        if (value instanceof Map<?, ?> group) {
            generator.writeStartObject();
            for (Map.Entry<?, ?> entry : group.entrySet()) {
                generator.writeFieldName(entry.getKey().toString());
                write(generator, entry.getValue());
            }
            generator.writeEndObject();
        } else if (value instanceof List<?> items) {
            generator.writeStartArray();
            for (Object item : items) {
                write(generator, item);
            }
            generator.writeEndArray();
        } else if (value instanceof Boolean truth) {
            generator.writeBoolean(truth);
        } else if (value instanceof Double || value instanceof Float) {
            generator.writeNumber(number(((Number) value).doubleValue()));
        } else if (value instanceof Number number) {
            generator.writeNumber(number.toString());
        } else {
            generator.writeString(EnvironmentText.escape(value.toString()));
        }
    }

    /** Quotes texts that are not plain text on one line, such as the line breaks of Unicode, as well. */
    private static final class Quoting extends StringQuotingChecker.Default {

        private static final long serialVersionUID = 1L;
        private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_]([ \\p{L}\\p{N}_./@+,()=$-]*[\\p{L}\\p{N}_./)])?");

        @Override
        public boolean needToQuoteName(String name) {
            return super.needToQuoteName(name) || !PLAIN.matcher(name).matches();
        }

        @Override
        public boolean needToQuoteValue(String value) {
            String relative = value.replaceFirst("^(\\.\\./)*/?", "");
            return super.needToQuoteValue(value) || !PLAIN.matcher(relative).matches();
        }
    }

    /** Writes a number with a point and without an exponent: that is a number in every dialect of YAML. */
    static String number(double value) {
        String plain = new BigDecimal(Double.toString(value)).toPlainString();
        return plain.contains(".") ? plain : plain + ".0";
    }
}
