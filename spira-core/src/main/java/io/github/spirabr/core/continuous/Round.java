package io.github.spirabr.core.continuous;

import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.internal.Document;
import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.core.promotion.PromotionGate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A round as the history keeps it: its data, its outcome, and every number behind the verdict. Immutable. */
public final class Round {

    private static final String PREFIX = "round-";

    private final Builder content;

    private Round(Builder content) {
        this.content = new Builder(content);
    }

    /** Returns a builder of a round that did nothing, for tests. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with the content of this round. */
    public Builder toBuilder() {
        return new Builder(content);
    }

    /** Returns the number of the round, counted from 1; rounds in a row that found the same and did nothing are one. */
    public int number() {
        return content.number;
    }

    /** Returns the outcome. */
    public Outcome outcome() {
        return content.outcome;
    }

    /** Returns the reason of the outcome, in one sentence. */
    public String explanation() {
        return content.explanation;
    }

    /** Returns the start, by the clock that was handed in. */
    public Instant started() {
        return content.started;
    }

    /** Returns the end; that of the last one of several rounds in a row that did nothing. */
    public Instant finished() {
        return content.finished;
    }

    /** Returns the number of rounds in a row that this entry stands for. */
    public int times() {
        return content.times;
    }

    /** Returns the name of the process or person that ran it. */
    public String holder() {
        return content.holder;
    }

    /** Returns the reason to train a challenger; empty if none was trained. */
    public Optional<String> trigger() {
        return content.trigger;
    }

    /** Returns the counts of the data. */
    public Data data() {
        return content.data;
    }

    /** Returns the recordings in quarantine. */
    public List<QuarantinedRecording> quarantined() {
        return content.quarantined;
    }

    /** Returns the drift of the new recordings from the training set; empty if there was nothing to compare. */
    public Optional<InputDrift> drift() {
        return content.drift;
    }

    /** Returns the champion's metrics on the new recordings; empty if there are none. */
    public MetricEstimates fresh() {
        return content.fresh;
    }

    /** Returns the champion's number when the round began; empty if there was none. */
    public Optional<Integer> champion() {
        return content.champion;
    }

    /** Returns the challenger's number; empty if none was trained. */
    public Optional<Integer> challenger() {
        return content.challenger;
    }

    /** Returns the verdict of the gate; empty if it was not asked. */
    public Optional<PromotionGate.Verdict> verdict() {
        return content.verdict;
    }

    /** Returns the challenger's metrics on the test set. */
    public MetricEstimates challengerMetrics() {
        return content.challengerMetrics;
    }

    /** Returns the champion's metrics on the very same recordings. */
    public MetricEstimates championMetrics() {
        return content.championMetrics;
    }

    /** Returns whether the round is about a version of the model. */
    boolean names(int version) {
        return champion().equals(Optional.of(version)) || challenger().equals(Optional.of(version));
    }

    static String documentPrefix() {
        return PREFIX;
    }

    static String documentName(int number) {
        return String.format(Locale.ROOT, PREFIX + "%06d", number);
    }

    /** Returns whether a later round that did nothing is counted with this one. */
    boolean sameAs(Round later) {
        return outcome() == later.outcome() && (outcome().idle() || outcome() == Outcome.CHANGE_NOT_ALLOWED)
                && data().listed().equals(later.data().listed()) && explanation().equals(later.explanation());
    }

    Round countedWith(Round later) {
        return toBuilder().finished(later.finished()).times(times() + 1).holder(later.holder()).build();
    }

    Round ending(Outcome other, String reason, Instant at) {
        return toBuilder().outcome(other).explanation(reason).finished(at).build();
    }

    /** Returns the document of the history, of a model's round. */
    byte[] toBytes(String model) {
        Document fields = RoundDocument.about(model);
        write(fields);
        return fields.toSealedBytes(documentName(number()));
    }

    void write(Document fields) {
        fields.put("number", number()).put("outcome", outcome()).put("explanation", explanation())
                .put("started", started()).put("finished", finished()).put("times", times()).put("holder", holder())
                .put("trigger", trigger());
        data().write(fields.group("data"));
        fields.putAll("quarantined", quarantined(), (group, one) -> one.write(group));
        drift().ifPresent(there -> there.write(fields.group("drift")));
        fields.putAll("fresh", fresh().all(), Round::write);
        fields.put("champion", champion()).put("challenger", challenger());
        verdict().ifPresent(there -> VerdictFields.write(fields.group("verdict"), there));
        fields.putAll("challengerFigure", challengerMetrics().all(), Round::write)
                .putAll("championFigure", championMetrics().all(), Round::write);
    }

    static Round read(Journal journal, String name, Journal.Document document) {
        return RoundDocument.read(journal, name, name, document, Round::read);
    }

    static Round read(Document fields) {
        Builder round = builder()
                .number(fields.integer("number")).outcome(fields.choice("outcome", Outcome.class))
                .explanation(fields.text("explanation")).started(fields.instant("started")).finished(fields.instant("finished"))
                .times(fields.integer("times")).holder(fields.text("holder")).trigger(fields.find("trigger"))
                .data(Data.read(fields.group("data")))
                .quarantined(fields.list("quarantined", QuarantinedRecording::read))
                .fresh(estimates(fields, "fresh"))
                .champion(fields.find("champion").map(Integer::valueOf))
                .challenger(fields.find("challenger").map(Integer::valueOf))
                .challengerMetrics(estimates(fields, "challengerFigure"))
                .championMetrics(estimates(fields, "championFigure"));
        if (fields.hasGroup("drift")) {
            round.drift(Optional.of(InputDrift.read(fields.group("drift"))));
        }
        if (fields.hasGroup("verdict")) {
            round.verdict(Optional.of(VerdictFields.read(fields.group("verdict"))));
        }
        return round.build();
    }

    private static void write(Document fields, MetricEstimate one) {
        fields.put("metric", one.metric()).put("value", one.value()).put("lower", one.lower()).put("upper", one.upper())
                .put("answers", one.answers()).put("subjects", one.subjects()).put("imprecise", one.imprecise());
    }

    private static MetricEstimates estimates(Document fields, String name) {
        return MetricEstimates.of(fields.list(name, Round::estimate));
    }

    private static MetricEstimate estimate(Document fields) {
        return MetricEstimate.builder(fields.choice("metric", Metric.class), fields.number("value"))
                .interval(fields.number("lower"), fields.number("upper"))
                .answers(fields.integer("answers"))
                .subjects(fields.integer("subjects"))
                .imprecise(fields.bool("imprecise"))
                .build();
    }

    private List<Object> values() {
        return List.of(number(), outcome(), explanation(), started(), finished(), times(), holder(), trigger(), data(),
                quarantined(), drift(), fresh(), champion(), challenger(), verdict(), challengerMetrics(), championMetrics());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Round that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return "round " + number() + ": " + outcome() + ", " + explanation();
    }

    /** A builder of {@link Round}s; by default of one that did nothing. Not thread-safe. */
    public static final class Builder {

        private int number = 1;
        private Outcome outcome = Outcome.NOTHING_NEW;
        private String explanation = "";
        private Instant started = Instant.EPOCH;
        private Instant finished = Instant.EPOCH;
        private int times = 1;
        private String holder = "";
        private Optional<String> trigger = Optional.empty();
        private Data data = Data.NONE;
        private List<QuarantinedRecording> quarantined = List.of();
        private Optional<InputDrift> drift = Optional.empty();
        private MetricEstimates fresh = MetricEstimates.none();
        private Optional<Integer> champion = Optional.empty();
        private Optional<Integer> challenger = Optional.empty();
        private Optional<PromotionGate.Verdict> verdict = Optional.empty();
        private MetricEstimates challengerMetrics = MetricEstimates.none();
        private MetricEstimates championMetrics = MetricEstimates.none();

        private Builder() {}

        private Builder(Builder other) {
            number = other.number;
            outcome = other.outcome;
            explanation = other.explanation;
            started = other.started;
            finished = other.finished;
            times = other.times;
            holder = other.holder;
            trigger = other.trigger;
            data = other.data;
            quarantined = other.quarantined;
            drift = other.drift;
            fresh = other.fresh;
            champion = other.champion;
            challenger = other.challenger;
            verdict = other.verdict;
            challengerMetrics = other.challengerMetrics;
            championMetrics = other.championMetrics;
        }

        /** Sets {@link Round#number}. */
        public Builder number(int value) {
            number = value;
            return this;
        }

        /** Sets {@link Round#outcome}. */
        public Builder outcome(Outcome value) {
            outcome = value;
            return this;
        }

        /** Sets {@link Round#explanation}. */
        public Builder explanation(String value) {
            explanation = value;
            return this;
        }

        /** Sets {@link Round#started}. */
        public Builder started(Instant value) {
            started = value;
            return this;
        }

        /** Sets {@link Round#finished}. */
        public Builder finished(Instant value) {
            finished = value;
            return this;
        }

        /** Sets {@link Round#times}. */
        public Builder times(int value) {
            times = value;
            return this;
        }

        /** Sets {@link Round#holder}. */
        public Builder holder(String value) {
            holder = value;
            return this;
        }

        /** Sets {@link Round#trigger}. */
        public Builder trigger(Optional<String> value) {
            trigger = value;
            return this;
        }

        /** Sets {@link Round#data}. */
        public Builder data(Data value) {
            data = value;
            return this;
        }

        /** Sets {@link Round#quarantined}. */
        public Builder quarantined(List<QuarantinedRecording> value) {
            quarantined = List.copyOf(value);
            return this;
        }

        /** Sets {@link Round#drift}. */
        public Builder drift(Optional<InputDrift> value) {
            drift = value;
            return this;
        }

        /** Sets {@link Round#fresh}. */
        public Builder fresh(MetricEstimates value) {
            fresh = value;
            return this;
        }

        /** Sets {@link Round#champion}. */
        public Builder champion(Optional<Integer> value) {
            champion = value;
            return this;
        }

        /** Sets {@link Round#challenger}. */
        public Builder challenger(Optional<Integer> value) {
            challenger = value;
            return this;
        }

        /** Sets {@link Round#verdict}. */
        public Builder verdict(Optional<PromotionGate.Verdict> value) {
            verdict = value;
            return this;
        }

        /** Sets {@link Round#challengerMetrics}. */
        public Builder challengerMetrics(MetricEstimates value) {
            challengerMetrics = value;
            return this;
        }

        /** Sets {@link Round#championMetrics}. */
        public Builder championMetrics(MetricEstimates value) {
            championMetrics = value;
            return this;
        }

        /** Builds the value. */
        public Round build() {
            return new Round(this);
        }
    }

    /** The outcome of a round. */
    public enum Outcome {
        /** The recordings are those of the round before: nothing was done. */
        NOTHING_NEW,
        /** All that is new is in quarantine: nothing was done. */
        ALL_QUARANTINED,
        /** There are new recordings, but no trigger asks for a training yet. */
        WAITING,
        /** The recordings cannot yet be split into sets that contain both classes. */
        NOT_ENOUGH_DATA,
        /** A setting was changed that the change plan keeps as it is: nothing was trained, and the champion stays. */
        CHANGE_NOT_ALLOWED,
        /** There was no champion; the challenger became the first one. */
        FIRST_CHAMPION,
        /** The challenger is not worse, and became champion. */
        PROMOTED,
        /** The challenger did not pass the gate; the champion stays. */
        REJECTED,
        /** There are too few held-out subjects to compare; the champion stays. */
        TOO_FEW_SUBJECTS,
        /** The gate has no thresholds to judge by; the champion stays. */
        NO_THRESHOLDS,
        /** A change is outside of the limits of the change plan; the champion stays. */
        OUTSIDE_PLAN,
        /** Somebody else moved the champion while the round was under way; it stays where it was moved to. */
        CHAMPION_MOVED,
        /** The round failed; the champion stays. The next one tries again. */
        FAILED;

        /** Returns the outcome of a round whose challenger was judged. */
        static Outcome of(PromotionGate.Verdict.Outcome verdict) {
            return switch (verdict) {
                case FIRST_CHAMPION -> FIRST_CHAMPION;
                case PROMOTED -> PROMOTED;
                case REJECTED -> REJECTED;
                case TOO_FEW_SUBJECTS -> TOO_FEW_SUBJECTS;
                case NO_THRESHOLDS -> NO_THRESHOLDS;
                case OUTSIDE_PLAN -> OUTSIDE_PLAN;
            };
        }

        /** Returns whether the challenger became champion. */
        public boolean promoted() {
            return this == PROMOTED || this == FIRST_CHAMPION;
        }

        /** Returns whether a challenger was trained and judged. */
        public boolean judged() {
            return switch (this) {
                case FIRST_CHAMPION, PROMOTED, REJECTED, TOO_FEW_SUBJECTS, NO_THRESHOLDS, OUTSIDE_PLAN, CHAMPION_MOVED -> true;
                case NOTHING_NEW, ALL_QUARANTINED, WAITING, NOT_ENOUGH_DATA, CHANGE_NOT_ALLOWED, FAILED -> false;
            };
        }

        /** Returns whether there was nothing to do. */
        public boolean idle() {
            return this == NOTHING_NEW || this == ALL_QUARANTINED || this == WAITING || this == NOT_ENOUGH_DATA;
        }
    }

    /** The counts of the data of a {@link Round}. Immutable. */
    public static final class Data {

        static final Data NONE = builder().build();

        private final Builder content;

        private Data(Builder content) {
            this.content = new Builder(content);
        }

        /** Returns a builder of counts that are 0, for tests. */
        public static Builder builder() {
            return new Builder();
        }

        /** Returns a builder with these counts. */
        public Builder toBuilder() {
            return new Builder(content);
        }

        /** Returns a hash of all that was listed, readable or not. */
        public String listed() {
            return content.listed;
        }

        /** Returns the version of the {@link DataSnapshot} of all usable recordings. */
        public String version() {
            return content.version;
        }

        /** Returns the number of listed recordings. */
        public int listedRecordings() {
            return content.listedRecordings;
        }

        /** Returns the number of usable recordings. */
        public int recordings() {
            return content.recordings;
        }

        /** Returns the number of their subjects. */
        public int subjects() {
            return content.subjects;
        }

        /** Returns the number of recordings that are new or corrected since the last training. */
        public int newRecordings() {
            return content.newRecordings;
        }

        /** Returns the number of subjects that are new since then. */
        public int newSubjects() {
            return content.newSubjects;
        }

        /** Returns the number of recordings that the last training used and that are no longer listed. */
        public int withdrawnRecordings() {
            return content.withdrawnRecordings;
        }

        /** Returns the number of subjects of the training set; 0 if the data were not split. */
        public int trainingSubjects() {
            return content.trainingSubjects;
        }

        /** Returns the number of subjects of the validation set. */
        public int validationSubjects() {
            return content.validationSubjects;
        }

        /** Returns the number of held-out subjects. */
        public int testSubjects() {
            return content.testSubjects;
        }

        void write(Document fields) {
            fields.put("listed", listed()).put("version", version()).put("listedRecordings", listedRecordings())
                    .put("recordings", recordings()).put("subjects", subjects()).put("newRecordings", newRecordings())
                    .put("newSubjects", newSubjects()).put("withdrawnRecordings", withdrawnRecordings())
                    .put("trainingSubjects", trainingSubjects()).put("validationSubjects", validationSubjects())
                    .put("testSubjects", testSubjects());
        }

        static Data read(Document fields) {
            return builder()
                    .listed(fields.text("listed")).version(fields.text("version"))
                    .listedRecordings(fields.integer("listedRecordings")).recordings(fields.integer("recordings"))
                    .subjects(fields.integer("subjects")).newRecordings(fields.integer("newRecordings"))
                    .newSubjects(fields.integer("newSubjects")).withdrawnRecordings(fields.integer("withdrawnRecordings"))
                    .trainingSubjects(fields.integer("trainingSubjects"))
                    .validationSubjects(fields.integer("validationSubjects")).testSubjects(fields.integer("testSubjects"))
                    .build();
        }

        private List<Object> values() {
            return List.of(listed(), version(), listedRecordings(), recordings(), subjects(), newRecordings(), newSubjects(),
                    withdrawnRecordings(), trainingSubjects(), validationSubjects(), testSubjects());
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Data that && values().equals(that.values());
        }

        @Override
        public int hashCode() {
            return values().hashCode();
        }

        @Override
        public String toString() {
            return "RoundData" + values();
        }

        /** A builder of {@link Data}; by default nothing was listed. Not thread-safe. */
        public static final class Builder {

            private String listed = "";
            private String version = "";
            private int listedRecordings = 0;
            private int recordings = 0;
            private int subjects = 0;
            private int newRecordings = 0;
            private int newSubjects = 0;
            private int withdrawnRecordings = 0;
            private int trainingSubjects = 0;
            private int validationSubjects = 0;
            private int testSubjects = 0;

            private Builder() {}

            private Builder(Builder other) {
                listed = other.listed;
                version = other.version;
                listedRecordings = other.listedRecordings;
                recordings = other.recordings;
                subjects = other.subjects;
                newRecordings = other.newRecordings;
                newSubjects = other.newSubjects;
                withdrawnRecordings = other.withdrawnRecordings;
                trainingSubjects = other.trainingSubjects;
                validationSubjects = other.validationSubjects;
                testSubjects = other.testSubjects;
            }

            /** Sets {@link Data#listed}. */
            public Builder listed(String value) {
                listed = value;
                return this;
            }

            /** Sets {@link Data#version}. */
            public Builder version(String value) {
                version = value;
                return this;
            }

            /** Sets {@link Data#listedRecordings}. */
            public Builder listedRecordings(int value) {
                listedRecordings = value;
                return this;
            }

            /** Sets {@link Data#recordings}. */
            public Builder recordings(int value) {
                recordings = value;
                return this;
            }

            /** Sets {@link Data#subjects}. */
            public Builder subjects(int value) {
                subjects = value;
                return this;
            }

            /** Sets {@link Data#newRecordings}. */
            public Builder newRecordings(int value) {
                newRecordings = value;
                return this;
            }

            /** Sets {@link Data#newSubjects}. */
            public Builder newSubjects(int value) {
                newSubjects = value;
                return this;
            }

            /** Sets {@link Data#withdrawnRecordings}. */
            public Builder withdrawnRecordings(int value) {
                withdrawnRecordings = value;
                return this;
            }

            /** Sets {@link Data#trainingSubjects}. */
            public Builder trainingSubjects(int value) {
                trainingSubjects = value;
                return this;
            }

            /** Sets {@link Data#validationSubjects}. */
            public Builder validationSubjects(int value) {
                validationSubjects = value;
                return this;
            }

            /** Sets {@link Data#testSubjects}. */
            public Builder testSubjects(int value) {
                testSubjects = value;
                return this;
            }

            /** Builds the value. */
            public Data build() {
                return new Data(this);
            }
        }
    }
}
