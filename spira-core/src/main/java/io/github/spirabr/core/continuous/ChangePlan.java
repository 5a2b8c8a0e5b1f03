package io.github.spirabr.core.continuous;

import io.github.spirabr.core.promotion.GateCheck;
import io.github.spirabr.core.promotion.GateCheck.Result;
import io.github.spirabr.core.promotion.PromotionGate;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The limits within which a model may change by itself, as regulators ask of models that learn on (predetermined change
 * control plan: FDA, Health Canada and MHRA 2023): which data it may learn from, which settings may change and how far, by
 * which thresholds it is judged, and the frozen reference set with how often that may be looked at. What is outside of it is
 * not promoted. Immutable and thread-safe.
 */
public final class ChangePlan {

    private final PromotionGate gate;
    private final Map<String, Set<String>> columns;
    private final boolean oneLabelPerSubject;
    private final boolean labelCheck;
    private final double largestQuarantinedShare;
    private final boolean settingsLimited;
    private final Map<String, Range> settings;
    private final SortedSet<String> reference;
    private final OptionalInt looks;

    private ChangePlan(Builder builder) {
        gate = builder.gate;
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(builder.columns));
        oneLabelPerSubject = builder.oneLabelPerSubject;
        labelCheck = builder.labelCheck;
        largestQuarantinedShare = builder.largestQuarantinedShare;
        settingsLimited = builder.settingsLimited;
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(builder.settings));
        reference = Collections.unmodifiableSortedSet(new TreeSet<>(builder.reference));
        looks = builder.looks;
    }

    /**
     * How far a setting may change.
     *
     * @param least smallest value, negative infinity for none
     * @param most largest value, positive infinity for none
     */
    public record Range(double least, double most) {

        /** Any value, numbers or not. */
        public static final Range ANY = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

        /** Refuses an empty range. */
        public Range {
            if (!(least <= most)) {
                throw new IllegalArgumentException("a range goes from least to most, but was " + least + " to " + most);
            }
        }

        boolean allows(String value) {
            if (equals(ANY)) {
                return true;
            }
            try {
                double number = Double.parseDouble(value);
                return number >= least && number <= most;
            } catch (NumberFormatException e) {
                return false;
            }
        }

        @Override
        public String toString() {
            return equals(ANY) ? "any value" : least + " to " + most;
        }
    }

    /** Returns a plan with the {@link PromotionGate#standard() standard gate} and no further limits. */
    public static ChangePlan standard() {
        return builder().build();
    }

    /** Returns a builder with the settings of {@link #standard}. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with the settings of this plan. */
    public Builder toBuilder() {
        Builder builder = builder().gate(gate).oneLabelPerSubject(oneLabelPerSubject).labelCheck(labelCheck)
                .largestQuarantinedShare(largestQuarantinedShare).reference(reference);
        builder.columns.putAll(columns);
        builder.settingsLimited = settingsLimited;
        builder.settings.putAll(settings);
        builder.looks = looks;
        return builder;
    }

    /** By which thresholds a challenger is judged. */
    public PromotionGate gate() {
        return gate;
    }

    /** The values that columns of the manifest may have; other recordings are put into quarantine. */
    public Map<String, Set<String>> columns() {
        return columns;
    }

    /** Whether all recordings of a subject must have one label. */
    public boolean oneLabelPerSubject() {
        return oneLabelPerSubject;
    }

    /** Whether arrivals whose labels the champion's answers speak against are put into quarantine. */
    public boolean labelCheck() {
        return labelCheck;
    }

    /** The largest share of the listed recordings that may be in quarantine for a round to train, in [0, 1]. */
    public double largestQuarantinedShare() {
        return largestQuarantinedShare;
    }

    /** Whether settings may change only as {@link #settings} says. */
    public boolean settingsLimited() {
        return settingsLimited;
    }

    /** The settings that may change, by path, and how far. */
    public Map<String, Range> settings() {
        return settings;
    }

    /** Subjects that are held out for ever, and whose recordings must stay the same; empty if there is no such set. */
    public SortedSet<String> reference() {
        return reference;
    }

    /** How many challengers may be compared on the reference set; empty if any number may. */
    public OptionalInt looks() {
        return looks;
    }

    /** Why a recording is outside of the plan; empty if it is not. */
    Optional<String> outside(Recording recording) {
        for (Map.Entry<String, Set<String>> column : columns.entrySet()) {
            String value = recording.metadata().get(column.getKey());
            if (value == null || !column.getValue().contains(value)) {
                return Optional.of((value == null ? "it has no " + column.getKey() : column.getKey() + " is " + value)
                        + ", but the change plan takes " + String.join(", ", new TreeSet<>(column.getValue())));
            }
        }
        return Optional.empty();
    }

    /** What of the settings has changed, and whether that is allowed. */
    GateCheck settings(Optional<SortedMap<String, String>> champion, SortedMap<String, String> challenger) {
        if (!settingsLimited) {
            return GateCheck.of("settings", Result.NOT_JUDGED, "the change plan does not limit settings");
        }
        if (champion.isEmpty()) {
            return GateCheck.of("settings", Result.NOT_JUDGED, "there is no champion whose settings are known");
        }
        SortedSet<String> names = new TreeSet<>(champion.get().keySet());
        names.addAll(challenger.keySet());
        List<String> allowed = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (String name : names) {
            String before = champion.get().get(name);
            String now = challenger.get(name);
            if (now != null && now.equals(before)) {
                continue;
            }
            Range range = settings.get(name);
            String change = name + " from " + told(before) + " to " + told(now);
            if (range != null && now != null && range.allows(now)) {
                allowed.add(change);
            } else {
                refused.add(change + (range == null ? "" : ", where " + range + " is allowed"));
            }
        }
        if (!refused.isEmpty()) {
            return GateCheck.of("settings", Result.FAILED, "the change plan does not allow a change of "
                    + String.join(" and ", refused) + "; change it back, or the plan");
        }
        return GateCheck.of("settings", Result.PASSED, allowed.isEmpty()
                ? "no setting has changed" : "within the change plan: " + String.join(", ", allowed));
    }

    private static String told(@Nullable String value) {
        return value == null || value.isEmpty() ? "none" : value;
    }

    /** Whether so many recordings may be in quarantine. */
    GateCheck quarantine(int quarantined, int listed) {
        double share = listed == 0 ? 0 : (double) quarantined / listed;
        Result result = share <= largestQuarantinedShare ? Result.PASSED : Result.FAILED;
        return new GateCheck("quarantine", result, String.format(Locale.ROOT,
                "%d of %d recordings are in quarantine, where the change plan bears a share of %s", quarantined, listed,
                largestQuarantinedShare), share, Double.NaN, Double.NaN, largestQuarantinedShare, listed, 0);
    }

    /** Settings of a {@link ChangePlan}. Not thread-safe. */
    public static final class Builder {

        private PromotionGate gate = PromotionGate.standard();
        private final Map<String, Set<String>> columns = new LinkedHashMap<>();
        private boolean oneLabelPerSubject = true;
        private boolean labelCheck = true;
        private double largestQuarantinedShare = 1;
        private boolean settingsLimited;
        private final Map<String, Range> settings = new TreeMap<>();
        private Set<String> reference = Set.of();
        private OptionalInt looks = OptionalInt.empty();

        private Builder() {}

        /** See {@link ChangePlan#gate()}; by default the standard one. */
        public Builder gate(PromotionGate promotionGate) {
            gate = promotionGate;
            return this;
        }

        /** Takes only recordings that have one of these values in a column; by default any. */
        public Builder column(String name, Set<String> values) {
            if (values.isEmpty()) {
                throw new IllegalArgumentException("column " + name + " must have at least one value that is taken");
            }
            columns.put(name, Set.copyOf(values));
            return this;
        }

        /** See {@link ChangePlan#oneLabelPerSubject()}; by default yes. */
        public Builder oneLabelPerSubject(boolean wanted) {
            oneLabelPerSubject = wanted;
            return this;
        }

        /** See {@link ChangePlan#labelCheck()}; by default yes. */
        public Builder labelCheck(boolean wanted) {
            labelCheck = wanted;
            return this;
        }

        /** See {@link ChangePlan#largestQuarantinedShare()}; by default 1, which is no limit. */
        public Builder largestQuarantinedShare(double share) {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("the share of recordings in quarantine must be in [0, 1], but was " + share);
            }
            largestQuarantinedShare = share;
            return this;
        }

        /** No setting may change but those that {@link #mayChange} names; by default any may. */
        public Builder settingsStay() {
            settingsLimited = true;
            return this;
        }

        /**
         * This setting may change, and those that are not named may not.
         *
         * @param path as in a model's provenance, such as {@code trainer.epochs}
         */
        public Builder mayChange(String path, Range range) {
            settingsLimited = true;
            settings.put(path, range);
            return this;
        }

        /** See {@link ChangePlan#reference()}; by default there is none. */
        public Builder reference(Set<String> subjects) {
            reference = Set.copyOf(subjects);
            return this;
        }

        /** See {@link ChangePlan#looks()}, at least 1; by default any number. */
        public Builder looks(int most) {
            if (most < 1) {
                throw new IllegalArgumentException("the reference set must be looked at at least once, but was " + most);
            }
            looks = OptionalInt.of(most);
            return this;
        }

        /**
         * The plan.
         *
         * @throws IllegalArgumentException if looks are limited where there is no reference set
         */
        public ChangePlan build() {
            if (looks.isPresent() && reference.isEmpty()) {
                throw new IllegalArgumentException("looks are limited, but there is no reference set; name its subjects");
            }
            return new ChangePlan(this);
        }
    }
}
