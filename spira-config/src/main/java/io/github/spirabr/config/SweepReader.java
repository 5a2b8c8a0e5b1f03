package io.github.spirabr.config;

import io.github.spirabr.config.YamlNode.Group;
import io.github.spirabr.config.YamlNode.Items;
import io.github.spirabr.config.YamlNode.Scalar;
import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.component.SettingsDeclaration;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.internal.adapter.Spelling;
import io.github.spirabr.core.sweep.SweepStrategy;
import io.github.spirabr.core.sweep.SweptSetting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Turns the nodes of a file into a sweep, and reports faults. Used once, by one thread. */
record SweepReader(Path file, YamlSections sections) {

    private static final String EXPERIMENT = "experiment";
    private static final String SPACE = "space";
    private static final String STRATEGY = "strategy";
    private static final String FROM = "from";
    private static final String HALVING = "successive-halving";

    static final SettingsDeclaration TOP = SettingsDeclaration.of(
            Setting.choice("metric", Metric.class, "Metric of the validation set that chooses.").byDefault(Metric.AUROC),
            Setting.integers("seeds", "Seeds that each point is trained with.").optional("the experiment's own"),
            Setting.integer("folds", "Number of inner folds, whose validation sets choose in place of the split's own.")
                    .atLeast(2).optional("none"));

    static final SettingsDeclaration CHOICE = SettingsDeclaration.of(
            Setting.choice("type", List.of("grid", "random", HALVING), "Choice of the points.").byDefault("grid"),
            Setting.integer("points", "Number of random points.").atLeast(1).optional("all of a grid")
                    .when("type", "random", HALVING),
            Setting.longInteger("seed", "Seed of the random points.").byDefault(0L)
                    .when("type", "random", HALVING),
            Setting.integer("factor", "One in so many points is trained further, for so many times the epochs.").atLeast(2)
                    .byDefault(3).when("type", HALVING),
            Setting.integer("leastEpochs", "Epochs of the first trainings.").atLeast(1).byDefault(1).when("type", HALVING),
            Setting.integer("epochs", "Epochs of the last trainings, and of the winner.").atLeast(1).when("type", HALVING));

    static final SettingsDeclaration RANGE = SettingsDeclaration.of(
            Setting.number(FROM, "Smallest value."),
            Setting.number("to", "Largest value."),
            Setting.choice("scale", List.of("linear", "log"), "Scale on which the values are spaced evenly.").byDefault("linear"),
            Setting.integer("steps", "Number of values of a grid.").atLeast(2).optional("a range, for random points"),
            Setting.truth("whole", "True for whole numbers alone.").byDefault(false));

    /** The single values of the file. */
    private record Top(Metric metric, List<Long> seeds, OptionalInt folds) {}

    SweepPlan plan() {
        refuseUnknownNames();
        Top top = sections.top(TOP, SweepReader::top).orElse(new Top(Metric.AUROC, List.of(), OptionalInt.empty()));
        SweepStrategy strategy = sections.section(STRATEGY, CHOICE, SweepReader::strategy).orElse(SweepStrategy.grid());
        List<SweptSetting> settings = new ArrayList<>();
        if (sections.root().get(SPACE) instanceof Group space) {
            space(SPACE, "", space, settings);
        }
        if (settings.isEmpty() && sections.faults().isEmpty()) {
            sections.fault(SPACE, "space must have settings of the experiment with their values, such as training.batchSize: [8, 16],"
                    + " but has none");
        }
        return new SweepPlan(file, experiment(), settings, strategy, top.metric, top.seeds, top.folds);
    }

    private void refuseUnknownNames() {
        Set<String> known = new TreeSet<>(List.of(EXPERIMENT, SPACE, STRATEGY));
        TOP.settings().forEach(setting -> known.add(setting.name()));
        sections.root().entries().keySet().stream().filter(name -> !known.contains(name)).forEach(name ->
                sections.fault(name, name + " is unknown; known are " + known
                        + Spelling.nearest(name, known).map(near -> "; did you mean '" + near + "'?").orElse("")));
    }

    private ExperimentFile experiment() {
        if (sections.root().get(EXPERIMENT) instanceof Scalar scalar && scalar.value() != null) {
            return ExperimentFile.at(scalar.folder().resolve(scalar.text()).normalize());
        }
        sections.fault(EXPERIMENT, "experiment must be the path of an experiment file, but is "
                + (sections.root().get(EXPERIMENT) == null ? "missing" : sections.root().get(EXPERIMENT).kind()));
        return ExperimentFile.at(file);
    }

    private static Top top(Settings settings) {
        List<Long> seeds = settings.has("seeds")
                ? Arrays.stream(settings.integers("seeds")).asLongStream().boxed().toList() : List.of();
        return new Top(settings.choice("metric", Metric.class), seeds,
                settings.has("folds") ? OptionalInt.of(settings.integer("folds")) : OptionalInt.empty());
    }

    private static SweepStrategy strategy(Settings settings) {
        String type = settings.string("type");
        if (type.equals("grid")) {
            return SweepStrategy.grid();
        }
        long seed = settings.longInteger("seed");
        if (type.equals("random") && !settings.has("points")) {
            throw new InvalidSettingException("points", "must be the number of random points, but is missing");
        }
        SweepStrategy points = settings.has("points")
                ? SweepStrategy.random(settings.integer("points"), seed) : SweepStrategy.grid();
        return type.equals(HALVING)
                ? points.successiveHalving(settings.integer("factor"), settings.integer("leastEpochs"), settings.integer("epochs"))
                : points;
    }

    /**
     * Reads settings that vary: a list of values, or a group with {@code from} and {@code to}. A dotted name stands for groups.
     *
     * @param path place in this file
     * @param prefix path of the group in the experiment, with a dot at its end; empty at the top
     */
    private void space(String path, String prefix, Group group, List<SweptSetting> settings) {
        group.entries().forEach((name, entry) -> {
            String place = path + "." + name;
            String setting = prefix + name;
            if (entry.value() instanceof Items items) {
                checked(place, () -> SweptSetting.of(setting, items.nodes().stream().map(SweepReader::value).toList()))
                        .ifPresent(settings::add);
            } else if (entry.value() instanceof Group range && range.get(FROM) != null) {
                sections.section(place, range, RANGE, given -> range(setting, given)).ifPresent(settings::add);
            } else if (entry.value() instanceof Group inner) {
                space(place, setting + ".", inner, settings);
            } else {
                sections.fault(place, setting + " must be a list of values or a range such as {from: 0.001, to: 0.1, scale: log},"
                        + " but is " + entry.value().kind());
            }
        });
    }

    private Optional<SweptSetting> checked(String place, Supplier<SweptSetting> setting) {
        try {
            return Optional.of(setting.get());
        } catch (IllegalArgumentException e) {
            sections.fault(place, e.getMessage());
            return Optional.empty();
        }
    }

    private static SweptSetting range(String name, Settings settings) {
        double from = settings.number(FROM);
        double to = settings.number("to");
        SweptSetting range = settings.string("scale").equals("log")
                ? SweptSetting.logRange(name, from, to) : SweptSetting.range(name, from, to);
        SweptSetting numbers = settings.bool("whole") ? range.whole() : range;
        return settings.has("steps") ? numbers.steps(settings.integer("steps")) : numbers;
    }

    /** Returns a value of a list: a number, a truth value, a text, or a part or list as YAML on one line. */
    private static Object value(YamlNode node) {
        if (node instanceof Scalar scalar) {
            return scalar.value() == null ? new SweepPlan.Flow("") : scalar.value();
        }
        return new SweepPlan.Flow(flow(node));
    }

    private static String flow(YamlNode node) {
        if (node instanceof Group group) {
            return group.entries().entrySet().stream().map(entry -> entry.getKey() + ": " + flow(entry.getValue().value()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (node instanceof Items items) {
            return items.nodes().stream().map(SweepReader::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        return SweepPlan.text(value(node));
    }
}
