package io.github.spirabr.core.continuous;

import io.github.spirabr.core.internal.adapter.PlainText;
import io.github.spirabr.core.promotion.PromotionGate;
import io.github.spirabr.core.promotion.PromotionGate.Check.Result;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The limits within which a model may change without review, as regulators require of continuously trained models
 * (predetermined change control plan: FDA, Health Canada and MHRA 2023): the data it may learn from, the settings that
 * may change and their ranges, the thresholds of its evaluation, and the frozen reference set with the number of its
 * uses. A change outside of the plan is not promoted. Immutable and thread-safe.
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
     * The range within which a setting may change.
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
                throw new IllegalArgumentException("a range must go from least to most, but was " + least + " to " + most);
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

    /** Returns the gate that judges challengers. */
    public PromotionGate gate() {
        return gate;
    }

    /** Returns the values that columns of the manifest may have; other recordings are put into quarantine. */
    public Map<String, Set<String>> columns() {
        return columns;
    }

    /** Returns whether all recordings of a subject must have one label. */
    public boolean oneLabelPerSubject() {
        return oneLabelPerSubject;
    }

    /** Returns whether arrivals whose labels contradict the champion's answers are put into quarantine. */
    public boolean labelCheck() {
        return labelCheck;
    }

    /** Returns the largest share of the listed recordings that may be in quarantine for a round to train, in [0, 1]. */
    public double largestQuarantinedShare() {
        return largestQuarantinedShare;
    }

    /** Returns whether settings may change only within {@link #settings}. */
    public boolean settingsLimited() {
        return settingsLimited;
    }

    /** Returns the settings that may change, by path, with their ranges. */
    public Map<String, Range> settings() {
        return settings;
    }

    /**
     * Returns the subjects that are always held out, and whose recordings must not change; empty if there is no such
     * set.
     */
    public SortedSet<String> reference() {
        return reference;
    }

    /** Returns the number of challengers that may be compared on the reference set; empty if it is not limited. */
    public OptionalInt looks() {
        return looks;
    }

    /** Returns the reason why a recording is outside of the plan; empty if it is inside. */
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

    /** Checks that the changed settings are within the plan. */
    PromotionGate.Check settings(Optional<SortedMap<String, String>> champion, SortedMap<String, String> challenger) {
        if (!settingsLimited) {
            return PromotionGate.Check.of("settings", Result.NOT_JUDGED, "the change plan does not limit settings");
        }
        if (champion.isEmpty()) {
            return PromotionGate.Check.of("settings", Result.NOT_JUDGED, "there is no champion whose settings are known");
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
            return PromotionGate.Check.of("settings", Result.FAILED, "the change plan does not allow a change of "
                    + String.join(" and ", refused) + "; change it back, or the plan");
        }
        return PromotionGate.Check.of("settings", Result.PASSED, allowed.isEmpty()
                ? "no setting has changed" : "within the change plan: " + String.join(", ", allowed));
    }

    private static String told(@Nullable String value) {
        return value == null || value.isEmpty() ? "none" : value;
    }

    /** Checks the share of recordings in quarantine. */
    PromotionGate.Check quarantine(int quarantined, int listed) {
        double share = listed == 0 ? 0 : (double) quarantined / listed;
        Result result = share <= largestQuarantinedShare ? Result.PASSED : Result.FAILED;
        return PromotionGate.Check.builder("quarantine", result, String.format(Locale.ROOT,
                "%d of %d recordings are in quarantine, where the change plan tolerates a share of %s", quarantined, listed,
                largestQuarantinedShare))
                .value(share)
                .bound(largestQuarantinedShare)
                .recordings(listed)
                .build();
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

        /** Sets {@link ChangePlan#gate()}; by default the standard one. */
        public Builder gate(PromotionGate promotionGate) {
            gate = promotionGate;
            return this;
        }

        /** Takes only recordings that have one of these values in a column; by default any. */
        public Builder column(String name, Set<String> values) {
            if (values.isEmpty()) {
                throw new IllegalArgumentException("column " + name + " must have at least one value that is taken");
            }
            columns.put(PlainText.of(name), values.stream().map(PlainText::of).collect(Collectors.toUnmodifiableSet()));
            return this;
        }

        /** Sets {@link ChangePlan#oneLabelPerSubject()}; by default true. */
        public Builder oneLabelPerSubject(boolean wanted) {
            oneLabelPerSubject = wanted;
            return this;
        }

        /** Sets {@link ChangePlan#labelCheck()}; by default true. */
        public Builder labelCheck(boolean wanted) {
            labelCheck = wanted;
            return this;
        }

        /** Sets {@link ChangePlan#largestQuarantinedShare()}; by default 1, which is no limit. */
        public Builder largestQuarantinedShare(double share) {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("the share of recordings in quarantine must be in [0, 1], but was " + share);
            }
            largestQuarantinedShare = share;
            return this;
        }

        /** Allows only the settings that {@link #mayChange} names to change; by default all may. */
        public Builder settingsStay() {
            settingsLimited = true;
            return this;
        }

        /**
         * Allows this setting to change; settings that are not named may not change.
         *
         * @param path path, as in a model's provenance, such as {@code trainer.epochs}
         */
        public Builder mayChange(String path, Range range) {
            settingsLimited = true;
            settings.put(path, range);
            return this;
        }

        /** Sets {@link ChangePlan#reference()}; by default it is empty. */
        public Builder reference(Set<String> subjects) {
            reference = subjects.stream().map(PlainText::of).collect(Collectors.toUnmodifiableSet());
            return this;
        }

        /** Sets {@link ChangePlan#looks()}, at least 1; by default any number. */
        public Builder looks(int most) {
            if (most < 1) {
                throw new IllegalArgumentException("the reference set must be looked at at least once, but was " + most);
            }
            looks = OptionalInt.of(most);
            return this;
        }

        /**
         * Builds the plan.
         *
         * @throws IllegalArgumentException if looks are limited without a reference set
         */
        public ChangePlan build() {
            if (looks.isPresent() && reference.isEmpty()) {
                throw new IllegalArgumentException(
                        "reference must name subjects where looks are limited, but was empty; name them, or do not limit looks");
            }
            return new ChangePlan(this);
        }
    }
}
