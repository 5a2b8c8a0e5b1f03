package io.github.spirabr.config;

import io.github.spirabr.config.RetrainingPlan.Shares;
import io.github.spirabr.config.YamlNode.Group;
import io.github.spirabr.config.YamlNode.Items;
import io.github.spirabr.config.YamlNode.Scalar;
import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.continuous.ChangePlan;
import io.github.spirabr.core.continuous.RetrainingTrigger;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.internal.adapter.Spelling;
import io.github.spirabr.core.promotion.PromotionGate;
import io.github.spirabr.core.storage.Storage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns the nodes of a file into a plan of retraining, and reports faults. Used once, by one thread.
 *
 * @param faults receives all faults
 */
record RetrainingPlanReader(Group root, List<ExperimentFault> faults) {

    /** Beside the sections and single values. */
    private static final List<String> PLACES = List.of("journal", "feedback");

    private static final List<String> STARTS = List.of(
            "trainer.pretrained.weights", "trainer.pretrained.sha256", "trainer.pretrained.reinitialise");

    RetrainingPlan plan() {
        refuseUnknownNames();
        ChangePlan.Builder changes = ChangePlan.builder();
        section("gate", settings -> changes.gate(gate(settings)));
        section("data", settings -> data(settings, changes));
        section("settings", settings -> limits(settings, changes));
        section("reference", settings -> reference(settings, changes));
        List<RetrainingTrigger> triggers = section("triggers", RetrainingPlanReader::triggers).orElse(List.of());
        Shares shares = root.get("shares") == null ? Shares.STANDARD : section("shares", this::shares)
                .orElse(Shares.STANDARD);
        Optional<StoragePlace> journal = root.get("journal") == null ? Optional.empty() : place("journal", root.get("journal"));
        List<Path> feedback = new ArrayList<>();
        if (root.get("feedback") instanceof Items items) {
            items.nodes().forEach(one -> path("feedback", one).ifPresent(feedback::add));
        } else if (root.get("feedback") != null) {
            path("feedback", root.get("feedback")).ifPresent(feedback::add);
        }
        Top top = sections().top(RetrainingPlanDeclaration.TOP, settings ->
                new Top(settings.bool("fineTune"), settings.seconds("lease"))).orElse(new Top(false, RetrainingPlan.STANDARD.lease()));
        if (top.fineTune() && root.get("settings") != null) {
            // Each champion is another one to start from.
            STARTS.forEach(path -> changes.mayChange(path, ChangePlan.Range.ANY));
        }
        return new RetrainingPlan(
                built(changes), triggers, shares, journal, feedback, top.fineTune(), top.lease());
    }

    private ChangePlan built(ChangePlan.Builder changes) {
        try {
            return changes.build();
        } catch (IllegalArgumentException e) {
            fault("reference", "reference: " + e.getMessage());
            return RetrainingPlan.STANDARD.changes();
        }
    }

    private record Top(boolean fineTune, Duration lease) {}

    private void refuseUnknownNames() {
        Set<String> known = new TreeSet<>(PLACES);
        known.addAll(RetrainingPlanDeclaration.SECTIONS.keySet());
        RetrainingPlanDeclaration.TOP.settings().forEach(setting -> known.add(setting.name()));
        root.entries().keySet().stream().filter(name -> !known.contains(name)).forEach(name ->
                fault(name, name + " is unknown; known are " + known
                        + Spelling.nearest(name, known).map(near -> "; did you mean '" + near + "'?").orElse("")));
    }

    private PromotionGate gate(Settings settings) {
        PromotionGate.Builder gate = PromotionGate.builder();
        boolean any = false;
        for (Metric metric : Metric.values()) {
            any |= number(settings, "notWorse." + Settings.nameOf(metric), value -> gate.notWorse(metric, value));
            any |= number(settings, "atLeast." + Settings.nameOf(metric), value -> gate.atLeast(metric, value));
        }
        boolean withoutThresholds = settings.bool("withoutThresholds");
        if (!any && !withoutThresholds) {
            PromotionGate.standard().margins().forEach(gate::notWorse);
            gate.aboveChance(PromotionGate.standard().aboveChance());
        }
        if (settings.has("aboveChance")) {
            gate.aboveChance(settings.bool("aboveChance"));
        }
        gate.beatBaseline(settings.bool("beatBaseline"));
        number(settings, "calibrationError", gate::calibrationError);
        gate.subjects(settings.integer("subjects"));
        gate.replicates(settings.integer("replicates"));
        gate.evidence(settings.choice("evidence", PromotionGate.Evidence.class));
        for (String at : items(settings, "groups")) {
            gate.addGroup(new PromotionGate.GroupRule(settings.string(at + "column"), settings.choice(at + "metric", Metric.class),
                    settings.number(at + "margin"), settings.integer(at + "subjects")));
        }
        return gate.build();
    }

    /** The prefixes of the settings of a list's items. */
    private static List<String> items(Settings settings, String list) {
        List<String> names = settings.names(list);
        for (int i = 0; i < names.size(); i++) {
            if (!names.get(i).equals(String.valueOf(i))) {
                throw new InvalidSettingException(list, "must be a list of groups, but was a group with " + names);
            }
        }
        return names.stream().map(name -> list + "." + name + ".").toList();
    }

    private static boolean number(Settings settings, String name, DoubleFunction<?> setter) {
        if (!settings.has(name)) {
            return false;
        }
        setter.apply(settings.number(name));
        return true;
    }

    private static ChangePlan.Builder data(Settings settings, ChangePlan.Builder changes) {
        changes.oneLabelPerSubject(settings.bool("oneLabelPerSubject"));
        changes.labelCheck(settings.bool("labelCheck"));
        number(settings, "largestQuarantinedShare", changes::largestQuarantinedShare);
        for (String at : items(settings, "columns")) {
            changes.column(settings.string(at + "column"), new LinkedHashSet<>(settings.strings(at + "values")));
        }
        return changes;
    }

    private static ChangePlan.Builder limits(Settings settings, ChangePlan.Builder changes) {
        if (settings.bool("stay")) {
            changes.settingsStay();
        }
        for (String at : items(settings, "mayChange")) {
            double least = settings.has(at + "least") ? settings.number(at + "least") : Double.NEGATIVE_INFINITY;
            double most = settings.has(at + "most") ? settings.number(at + "most") : Double.POSITIVE_INFINITY;
            if (least > most) {
                throw new InvalidSettingException(at + "least", least + " is above the largest value, " + most);
            }
            changes.mayChange(settings.string(at + "setting"), new ChangePlan.Range(least, most));
        }
        return changes;
    }

    private static ChangePlan.Builder reference(Settings settings, ChangePlan.Builder changes) {
        changes.reference(new LinkedHashSet<>(settings.strings("subjects")));
        if (settings.has("looks")) {
            changes.looks(settings.integer("looks"));
        }
        return changes;
    }

    private static List<RetrainingTrigger> triggers(Settings settings) {
        List<RetrainingTrigger> triggers = new ArrayList<>();
        if (settings.has("newRecordings")) {
            triggers.add(RetrainingTrigger.newRecordings(settings.integer("newRecordings")));
        }
        if (settings.has("newSubjects")) {
            triggers.add(RetrainingTrigger.newSubjects(settings.integer("newSubjects")));
        }
        number(settings, "growth", share -> triggers.add(RetrainingTrigger.growth(share)));
        number(settings, "days", days -> triggers.add(
                RetrainingTrigger.age(Duration.ofSeconds(Math.round(days * Duration.ofDays(1).toSeconds())))));
        Metric metric = settings.choice("drop.metric", Metric.class);
        number(settings, "drop.by", by -> triggers.add(RetrainingTrigger.dropOnFreshData(metric, by)));
        if (settings.bool("withdrawals")) {
            triggers.add(RetrainingTrigger.withdrawals());
        }
        return triggers;
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
        return sections().section(name, Objects.requireNonNull(RetrainingPlanDeclaration.SECTIONS.get(name)), reader);
    }

    private YamlSections sections() {
        return new YamlSections(root, faults);
    }

    private void fault(String path, String sentence) {
        sections().fault(path, sentence);
    }
}
