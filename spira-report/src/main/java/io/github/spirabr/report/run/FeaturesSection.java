package io.github.spirabr.report.run;

import io.github.spirabr.core.inspection.DatasetInspection;
import io.github.spirabr.core.model.Coefficient;
import io.github.spirabr.core.pipeline.FeatureEffect;
import io.github.spirabr.core.recording.Label;
import java.util.List;

/** The effects of the features of a network on one frame. */
final class FeaturesSection {

    /** The number of features in tables for people; report.json has all. */
    static final int SHOWN = 20;

    /** The meaning of the numbers. */
    static final String MEANING = "The importance of a feature is the mean increase of the log loss on the test set where its"
            + " values are exchanged between recordings at random, 20 times, with the smallest and the largest increase. A"
            + " coefficient is the change of the log odds by one standard deviation of the feature, with its 95 % Wald interval"
            + " from the Hessian of loss and penalty, which counts recordings as independent.";

    private final List<FeatureEffect> effects;
    private final Classes classes;

    FeaturesSection(Analysis analysis) {
        this.classes = analysis.classes();
        this.effects = analysis.findings().featureEffects();
    }

    void write(Markup page) {
        page.paragraph(MEANING + " Features that say the same share their importance, so that each may look unimportant.");
        String caption = effects.size() > SHOWN
                ? "The " + SHOWN + " most important of " + effects.size() + " features" : "Features";
        Table table = new Table(caption, "Feature", "Importance", "Coefficient");
        effects.stream().limit(SHOWN).forEach(one -> table.row(one.name(), importance(one, "\n"),
                one.coefficient().map(its -> coefficient(its, "\n")).orElse(Figures.UNDEFINED)));
        table.write(page);
        if (effects.stream().anyMatch(one -> one.byClass().isPresent())) {
            byClass(page);
        }
    }

    private void byClass(Markup page) {
        page.paragraph("Values in the test set: the median of each class, with the 5th and 95th percentile, and the AUROC of the"
                + " feature alone with its 95 % interval over subjects, where 0.5 is chance.");
        Table table = new Table("Values by class", "Feature", classes.column(Label.CONTROL), classes.column(Label.PATIENT), "AUROC");
        effects.stream().limit(SHOWN).forEach(one -> one.byClass().ifPresent(measure -> table.row(one.name(),
                spread(measure, Label.CONTROL), spread(measure, Label.PATIENT),
                Figures.of(measure.hint().auroc()) + "\n" + Figures.interval(measure.hint().lower(), measure.hint().upper()))));
        table.write(page);
    }

    private static String spread(DatasetInspection.Property.Measure measure, Label label) {
        DatasetInspection.Distribution spread = measure.distributions().get(label);
        return spread == null ? Figures.UNDEFINED
                : Figures.of(spread.median()) + "\n" + Figures.interval(spread.low(), spread.high());
    }

    /** Returns the importance, and its range after a separator; that it is not defined if the features have no names. */
    static String importance(FeatureEffect effect, String separator) {
        return Double.isNaN(effect.importance()) ? Figures.UNDEFINED
                : Figures.of(effect.importance()) + separator + Figures.interval(effect.lower(), effect.upper());
    }

    /** Returns the coefficient, and its interval after a separator. */
    static String coefficient(Coefficient coefficient, String separator) {
        return Figures.of(coefficient.value()) + separator + Figures.interval(coefficient.lower(), coefficient.upper());
    }
}
