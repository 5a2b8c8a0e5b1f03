package io.github.spirabr.config;

import io.github.spirabr.config.RetrainingPlan.Shares;
import io.github.spirabr.config.YamlNode.Group;
import io.github.spirabr.config.YamlNode.Items;
import io.github.spirabr.config.YamlNode.Scalar;
import io.github.spirabr.core.component.ComponentException;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.continuous.ChangePlan;
import io.github.spirabr.core.continuous.RetrainingTrigger;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.promotion.PromotionGate;
import io.github.spirabr.core.storage.Storage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns the nodes of a file into a plan of retraining, and reports faults. Used once, by one thread.
 *
 * @param faults receives all faults
 */
record RetrainingPlanReader(Group root, List<ExperimentFault> faults) {

    private static final List<String> NAMES =
            List.of("triggers", "gate", "data", "settings", "reference", "shares", "journal", "feedback", "fineTune", "lease");

    private static final List<String> STARTS = List.of(
            "trainer.pretrained.weights", "trainer.pretrained.sha256", "trainer.pretrained.reinitialise");

    RetrainingPlan plan() {
        Map<String, Object> top = new LinkedHashMap<>();
        root.entries().forEach((name, entry) -> {
            boolean single = List.of("journal", "fineTune", "lease").contains(name);
            top.put(name, single && entry.value() instanceof Scalar scalar && scalar.value() != null
                    ? scalar.value() : name);
        });
        section("", top, settings -> NAMES.stream().filter(settings::has).count());
        ChangePlan.Builder changes = ChangePlan.builder();
        section("gate", settings -> changes.gate(gate(settings)));
        section("data", settings -> data(settings, changes));
        section("settings", settings -> limits(settings, changes));
        section("reference", settings -> reference(settings, changes));
        List<RetrainingTrigger> triggers = new ArrayList<>();
        section("triggers", settings -> triggers(settings, triggers));
        Shares shares = root.get("shares") == null ? Shares.STANDARD : section("shares", this::shares)
                .orElse(Shares.STANDARD);
        Optional<StoragePlace> journal = root.get("journal") == null ? Optional.empty() : place("journal", root.get("journal"));
        List<Path> feedback = new ArrayList<>();
        if (root.get("feedback") instanceof Items items) {
            items.nodes().forEach(one -> path("feedback", one).ifPresent(feedback::add));
        } else if (root.get("feedback") != null) {
            path("feedback", root.get("feedback")).ifPresent(feedback::add);
        }
        boolean fineTune = section("", only(top, "fineTune"), settings -> settings.bool("fineTune", false)).orElse(false);
        if (fineTune && root.get("settings") != null) {
            // Each champion is another one to start from.
            STARTS.forEach(path -> changes.mayChange(path, ChangePlan.Range.ANY));
        }
        Duration lease = section("", only(top, "lease"), settings -> settings.has("lease")
                ? settings.seconds("lease") : RetrainingPlan.STANDARD.lease()).orElse(RetrainingPlan.STANDARD.lease());
        return new RetrainingPlan(
                built(changes), triggers, shares, journal, feedback, fineTune, lease);
    }

    private ChangePlan built(ChangePlan.Builder changes) {
        try {
            return changes.build();
        } catch (IllegalArgumentException e) {
            fault("reference", "reference: " + e.getMessage());
            return RetrainingPlan.STANDARD.changes();
        }
    }

    private static Map<String, Object> only(Map<String, Object> values, String name) {
        return values.containsKey(name) ? Map.of(name, values.get(name)) : Map.of();
    }

    private PromotionGate gate(Settings settings) {
        PromotionGate.Builder gate = PromotionGate.builder();
        boolean any = false;
        for (Metric metric : Metric.values()) {
            any |= number("gate", settings, "notWorse." + Settings.nameOf(metric), value -> gate.notWorse(metric, value));
            any |= number("gate", settings, "atLeast." + Settings.nameOf(metric), value -> gate.atLeast(metric, value));
        }
        if (!any && !settings.bool("withoutThresholds", false)) {
            PromotionGate.standard().margins().forEach(gate::notWorse);
            gate.aboveChance(PromotionGate.standard().aboveChance());
        }
        if (settings.has("aboveChance")) {
            gate.aboveChance(settings.bool("aboveChance"));
        }
        number("gate", settings, "calibrationError", gate::calibrationError);
        gate.subjects(checked("gate.subjects", settings.integer("subjects", PromotionGate.standard().subjects()), 1));
        gate.replicates(checked("gate.replicates", settings.integer("replicates", PromotionGate.standard().replicates()), 100));
        gate.evidence(settings.choice("evidence", PromotionGate.Evidence.class, PromotionGate.Evidence.INTERVAL));
        for (int i = 0; settings.has("groups." + i + ".column"); i++) {
            String at = "groups." + i + ".";
            gate.group(new PromotionGate.GroupRule(settings.string(at + "column"),
                    settings.choice(at + "metric", Metric.class, Metric.BALANCED_ACCURACY), settings.number(at + "margin"),
                    settings.integer(at + "subjects", 5)));
        }
        return gate.build();
    }

    /** Reports a value below the minimum together with the other faults, some of which are known only in the end. */
    private int checked(String path, int value, int least) {
        if (value < least) {
            fault(path, path + ": must be at least " + least + ", but was " + value);
            return least;
        }
        return value;
    }

    private boolean number(String section, Settings settings, String name, DoubleFunction<?> setter) {
        if (!settings.has(name)) {
            return false;
        }
        double value = settings.number(name);
        try {
            setter.apply(value);
        } catch (IllegalArgumentException e) {
            fault(section + "." + name, section + "." + name + ": " + e.getMessage());
        }
        return true;
    }

    private int data(Settings settings, ChangePlan.Builder changes) {
        changes.oneLabelPerSubject(settings.bool("oneLabelPerSubject", true));
        changes.labelCheck(settings.bool("labelCheck", true));
        number("data", settings, "largestQuarantinedShare", changes::largestQuarantinedShare);
        int columns = 0;
        while (settings.has("columns." + columns + ".column")) {
            String at = "columns." + columns + ".";
            changes.column(settings.string(at + "column"), new LinkedHashSet<>(settings.strings(at + "values")));
            columns++;
        }
        return columns;
    }

    private int limits(Settings settings, ChangePlan.Builder changes) {
        if (settings.bool("stay", false)) {
            changes.settingsStay();
        }
        int allowed = 0;
        while (settings.has("mayChange." + allowed + ".setting")) {
            String at = "mayChange." + allowed + ".";
            double least = settings.number(at + "least", Double.NEGATIVE_INFINITY);
            double most = settings.number(at + "most", Double.POSITIVE_INFINITY);
            if (least > most) {
                fault("settings.mayChange", "settings." + at + "least: must be at most the largest value, " + most
                        + ", but was " + least);
                most = least;
            }
            changes.mayChange(settings.string(at + "setting"), new ChangePlan.Range(least, most));
            allowed++;
        }
        return allowed;
    }

    private ChangePlan.Builder reference(Settings settings, ChangePlan.Builder changes) {
        changes.reference(new LinkedHashSet<>(settings.strings("subjects")));
        if (settings.has("looks")) {
            changes.looks(checked("reference.looks", settings.integer("looks"), 1));
        }
        return changes;
    }

    private int triggers(Settings settings, List<RetrainingTrigger> triggers) {
        if (settings.has("newRecordings")) {
            triggers.add(RetrainingTrigger.newRecordings(
                    checked("triggers.newRecordings", settings.integer("newRecordings"), 1)));
        }
        if (settings.has("newSubjects")) {
            triggers.add(RetrainingTrigger.newSubjects(
                    checked("triggers.newSubjects", settings.integer("newSubjects"), 1)));
        }
        number("triggers", settings, "growth", share -> triggers.add(RetrainingTrigger.growth(share)));
        number("triggers", settings, "days", days -> triggers.add(
                RetrainingTrigger.age(Duration.ofSeconds(Math.round(days * Duration.ofDays(1).toSeconds())))));
        OptionalDouble drop = settings.has("drop.by") ? OptionalDouble.of(settings.number("drop.by")) : OptionalDouble.empty();
        Metric metric = settings.choice("drop.metric", Metric.class, Metric.AUROC);
        drop.ifPresent(by -> triggers.add(RetrainingTrigger.dropOnFreshData(metric, by)));
        if (settings.bool("withdrawals", false)) {
            triggers.add(RetrainingTrigger.withdrawals());
        }
        return triggers.size();
    }

    private Shares shares(Settings settings) {
        Shares shares = new Shares(
                settings.number("training"), settings.number("validation"), settings.number("test"));
        double sum = shares.training() + shares.validation() + shares.test();
        if (!(shares.training() > 0 && shares.validation() > 0 && shares.test() > 0) || Math.abs(sum - 1) > 1e-9) {
            throw new IllegalArgumentException("training, validation and test must be above 0 and add up to 1, but add up"
                    + " to " + sum);
        }
        return shares;
    }

    private Optional<StoragePlace> place(String name, YamlNode node) {
        if (!(node instanceof Scalar scalar && scalar.value() instanceof String text && Storage.isAddress(text))) {
            return path(name, node).map(StoragePlace::at);
        }
        StoragePlace place = new StoragePlace(text);
        try {
            place.check();
        } catch (IllegalArgumentException e) {
            fault(name, name + ": " + e.getMessage());
        }
        return Optional.of(place);
    }

    private Optional<Path> path(String name, @Nullable YamlNode node) {
        if (node instanceof Scalar scalar && scalar.value() != null) {
            return Optional.of(scalar.folder().resolve(scalar.text()).normalize());
        }
        fault(name, name + " must be a path, but is " + (node == null ? "missing" : node.kind()));
        return Optional.empty();
    }

    private <T> Optional<T> section(String name, Function<Settings, T> reader) {
        YamlNode node = root.get(name);
        if (node == null) {
            return Optional.empty();
        }
        if (!(node instanceof Group group)) {
            fault(name, name + " must be a group of settings, but is " + node.kind());
            return Optional.empty();
        }
        Map<String, Object> values = new LinkedHashMap<>();
        flatten(name, "", group, values);
        return section(name, values, reader);
    }

    private <T> Optional<T> section(String path, Map<String, Object> values, Function<Settings, T> reader) {
        try {
            return Optional.of(Settings.read(path, values, reader));
        } catch (ComponentException e) {
            e.faults().forEach(one -> fault(one.path().isEmpty() ? path : one.path(), one.message()));
        }
        return Optional.empty();
    }

    private void flatten(String path, String prefix, Group group, Map<String, Object> values) {
        group.entries().forEach((name, entry) -> {
            String full = prefix + name;
            if (entry.value() instanceof Group inner) {
                flatten(path, full + ".", inner, values);
            } else if (entry.value() instanceof Items items) {
                List<Object> singles = new ArrayList<>();
                for (int i = 0; i < items.nodes().size(); i++) {
                    if (items.nodes().get(i) instanceof Group inner) {
                        flatten(path, full + "." + i + ".", inner, values);
                    } else if (items.nodes().get(i) instanceof Scalar scalar && scalar.value() != null) {
                        singles.add(scalar.value());
                    }
                }
                if (!singles.isEmpty()) {
                    values.put(full, singles);
                }
            } else if (entry.value() instanceof Scalar scalar && scalar.value() != null) {
                values.put(full, scalar.value());
            } else {
                fault(path + "." + full, path + "." + full + " has no value; give it one or remove the line");
            }
        });
    }

    private void fault(String path, String sentence) {
        Position at = root.at();
        YamlNode node = root;
        for (Object step : KeyPath.parse(path).map(KeyPath::steps).orElse(List.of())) {
            YamlNode.Entry entry = node instanceof Group group ? group.entries().get(step.toString()) : null;
            if (entry == null) {
                break;
            }
            at = entry.nameAt();
            node = entry.value();
        }
        faults.add(ExperimentFault.at(at, path, sentence));
    }
}
