package io.github.spirabr.config;

import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.component.SettingsDeclaration;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.promotion.PromotionGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The declaration of plans of retraining: single values at the top, and sections of settings. */
final class RetrainingPlanDeclaration {

    static final SettingsDeclaration TOP = SettingsDeclaration.of(
            Setting.truth("fineTune", "True if a training starts from the weights of the champion.").byDefault(false),
            Setting.seconds("lease", "Time after which a round that stopped without a word is over.")
                    .byDefault(RetrainingPlan.STANDARD.lease().toSeconds()));

    static final Map<String, SettingsDeclaration> SECTIONS = Map.of(
            "gate", gate(),
            "data", SettingsDeclaration.of(
                    Setting.truth("oneLabelPerSubject", "True if recordings of a subject must have one label.").byDefault(true),
                    Setting.truth("labelCheck", "True if labels are checked before a round trains on them.").byDefault(true),
                    Setting.number("largestQuarantinedShare", "Largest tolerated share of new recordings in quarantine.")
                            .between(0, 1).optional("no limit"),
                    Setting.text("columns.*.column", "Column of the manifest."),
                    Setting.texts("columns.*.values", "Values that the column may have.")),
            "settings", SettingsDeclaration.of(
                    Setting.truth("stay", "True if no setting may differ from the champion's.").byDefault(false),
                    Setting.text("mayChange.*.setting", "Setting that may differ from the champion's."),
                    Setting.number("mayChange.*.least", "Smallest value of the setting.").optional("no limit"),
                    Setting.number("mayChange.*.most", "Largest value of the setting.").optional("no limit")),
            "reference", SettingsDeclaration.of(
                    Setting.texts("subjects", "Subjects of the reference set."),
                    Setting.integer("looks", "Number of rounds that may be evaluated on the reference set.").atLeast(1)
                            .optional("no limit")),
            "triggers", SettingsDeclaration.of(
                    Setting.integer("newRecordings", "Number of new recordings that starts a round.").atLeast(1).optional("none"),
                    Setting.integer("newSubjects", "Number of new subjects that starts a round.").atLeast(1).optional("none"),
                    Setting.number("growth", "Growth of the data set, as a share, that starts a round.").above(0).optional("none"),
                    Setting.number("days", "Age of the champion that starts a round.").above(0).unit("days").optional("none"),
                    Setting.number("drop.by", "Drop of a metric on fresh data that starts a round.").above(0).optional("none"),
                    Setting.choice("drop.metric", Metric.class, "Metric whose drop starts a round.").byDefault(Metric.AUROC),
                    Setting.truth("withdrawals", "True if withdrawn recordings start a round.").byDefault(false)),
            "shares", SettingsDeclaration.of(
                    share("training"), share("validation"), share("test")));

    private RetrainingPlanDeclaration() {}

    private static Setting share(String set) {
        return Setting.number(set, "Share of new subjects for the " + set + " set; the three shares add up to 1.").above(0).below(1);
    }

    private static SettingsDeclaration gate() {
        PromotionGate standard = PromotionGate.standard();
        List<Setting> settings = new ArrayList<>();
        for (Metric metric : Metric.values()) {
            String name = Settings.nameOf(metric);
            settings.add(Setting.number("notWorse." + name, "Margin by which the challenger's " + name + " may be worse.")
                    .atLeast(0).optional("standard margins, if the gate has no other threshold"));
            settings.add(Setting.number("atLeast." + name, "Value that the challenger's " + name + " must reach.")
                    .optional("no bound"));
        }
        settings.addAll(List.of(
                Setting.truth("withoutThresholds", "True if the gate has no margins unless they are given.").byDefault(false),
                Setting.truth("aboveChance", "True if the lower end of the interval of the challenger's AUROC must be above 0.5.")
                        .optional("true where the standard margins hold, else false"),
                Setting.truth("beatBaseline",
                                "True if the challenger's AUROC must be above that of logistic regression on speech statistics.")
                        .byDefault(false),
                Setting.number("calibrationError", "Largest calibration error of the challenger.").above(0).atMost(1)
                        .optional("no bound"),
                Setting.integer("subjects", "Smallest number of test subjects of each class.").atLeast(1)
                        .byDefault(standard.subjects()),
                Setting.integer("replicates", "Replicates of the bootstrap.").atLeast(100).byDefault(standard.replicates()),
                Setting.choice("evidence", PromotionGate.Evidence.class, "Quantity that must lie within the margins.")
                        .byDefault(PromotionGate.Evidence.INTERVAL),
                Setting.text("groups.*.column", "Column of the manifest whose values are groups."),
                Setting.choice("groups.*.metric", Metric.class, "Metric that is compared in each group.")
                        .byDefault(Metric.BALANCED_ACCURACY),
                Setting.number("groups.*.margin", "Margin by which a group may be worse.").atLeast(0),
                Setting.integer("groups.*.subjects", "Smallest number of subjects of a group that is compared.").atLeast(1)
                        .byDefault(5)));
        return SettingsDeclaration.of(settings.toArray(new Setting[0]));
    }
}
