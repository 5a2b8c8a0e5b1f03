package io.github.spirabr.core.dataset;

import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.component.SettingsDeclaration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Providers of the splits of this package. */
final class BuiltInSplits {

    private static final String TRAINING = "training";
    private static final String VALIDATION = "validation";
    private static final String TEST = "test";
    private static final SettingsDeclaration SHARES = SettingsDeclaration.of(
            share(TRAINING, 0.6), share(VALIDATION, 0.2), share(TEST, 0.2));

    private BuiltInSplits() {}

    private static Setting share(String set, double usual) {
        return Setting.number(set, "Share of the " + set + " set; the three shares add up to 1.").above(0).below(1).byDefault(usual);
    }

    private interface Shared<S extends Splitter> {

        S of(double training, double validation, double test);
    }

    private static <S extends Splitter> S byShares(Settings settings, Shared<S> split) {
        return split.of(settings.number(TRAINING), settings.number(VALIDATION), settings.number(TEST));
    }

    /**
     * Registers {@code subjects}: {@link SubjectSplit#of} with {@code training}, {@code validation} and {@code test},
     * and with {@code stratifyBy}, a list of columns, empty by default.
     */
    public static final class Subjects extends ComponentProvider<Splitter> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Subjects() {
            super(Splitter.class, SubjectSplit.SUBJECTS, SHARES.and(Setting.texts(SubjectSplit.STRATIFY_BY,
                    "Columns of the manifest in which the three sets are to resemble each other.").optional("none")));
        }

        @Override
        protected Splitter create(Settings settings) {
            SubjectSplit split = byShares(settings, SubjectSplit::of);
            return new ConfiguredSplit(settings.has(SubjectSplit.STRATIFY_BY)
                    ? split.stratifiedBy(settings.strings(SubjectSplit.STRATIFY_BY)) : split);
        }
    }

    /** Registers {@code stable-subjects}: {@link SubjectSplit#stable}, with the shares of {@link Subjects}. */
    public static final class StableSubjects extends ComponentProvider<Splitter> {

        /** Called by {@link java.util.ServiceLoader}. */
        public StableSubjects() {
            super(Splitter.class, SubjectSplit.STABLE, SHARES);
        }

        @Override
        protected Splitter create(Settings settings) {
            return new ConfiguredSplit(byShares(settings, SubjectSplit::stable));
        }
    }

    /** Registers {@code recordings-leaking-subjects}: {@link SubjectLeakingSplit}, with the shares of {@link Subjects}. */
    public static final class RecordingsLeakingSubjects extends ComponentProvider<Splitter> {

        /** Called by {@link java.util.ServiceLoader}. */
        public RecordingsLeakingSubjects() {
            super(Splitter.class, SubjectLeakingSplit.TYPE, SHARES);
        }

        @Override
        protected Splitter create(Settings settings) {
            return new ConfiguredSplit(byShares(settings, SubjectLeakingSplit::of));
        }
    }

    /** Registers {@code held-out}: {@link SubjectSplit#holdingOut}, with the lists {@code validation} and {@code test}. */
    public static final class HeldOut extends ComponentProvider<Splitter> {

        /** Called by {@link java.util.ServiceLoader}. */
        public HeldOut() {
            super(Splitter.class, SubjectSplit.HELD_OUT,
                    Setting.texts(VALIDATION, "Subjects of the validation set."),
                    Setting.texts(TEST, "Subjects of the test set; all others are in the training set."));
        }

        @Override
        protected Splitter create(Settings settings) {
            return new ConfiguredSplit(SubjectSplit.holdingOut(settings.strings(VALIDATION), settings.strings(TEST)));
        }
    }

    /**
     * Registers {@code column}: {@link ColumnSplit}, with the {@code column} of the manifest, and its values {@code
     * training}, {@code validation} and {@code test}, which are these words by default.
     */
    public static final class Column extends ComponentProvider<Splitter> {

        /** Called by {@link java.util.ServiceLoader}. */
        public Column() {
            super(Splitter.class, ColumnSplit.TYPE,
                    Setting.text(ColumnSplit.COLUMN, "Column of the manifest that names each recording's set."),
                    values(TRAINING), values(VALIDATION), values(TEST));
        }

        private static Setting values(String set) {
            return Setting.texts(set, "Values of the column for the " + set + " set.").byDefault(List.of(set));
        }

        @Override
        protected Splitter create(Settings settings) {
            Map<String, Side> sides = new LinkedHashMap<>();
            for (Side side : Side.values()) {
                for (String value : settings.strings(Settings.nameOf(side))) {
                    if (sides.put(value, side) != null) {
                        throw new IllegalArgumentException(
                                "'" + value + "' names two sets; give each set its own values");
                    }
                }
            }
            return new ConfiguredSplit(ColumnSplit.of(settings.string(ColumnSplit.COLUMN), sides));
        }
    }
}
