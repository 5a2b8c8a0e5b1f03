package io.github.spirabr.core.continuous;

import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.internal.Document;
import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.core.journal.JournalDocument;
import io.github.spirabr.core.promotion.GateVerdict;
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
    public RoundOutcome outcome() {
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
    public RoundData data() {
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
    public Optional<GateVerdict> verdict() {
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
        return outcome() == later.outcome() && (outcome().idle() || outcome() == RoundOutcome.CHANGE_NOT_ALLOWED)
                && data().listed().equals(later.data().listed()) && explanation().equals(later.explanation());
    }

    Round countedWith(Round later) {
        return toBuilder().finished(later.finished()).times(times() + 1).holder(later.holder()).build();
    }

    Round ending(RoundOutcome other, String reason, Instant at) {
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

    static Round read(Journal journal, String name, JournalDocument document) {
        return RoundDocument.read(journal, name, name, document, Round::read);
    }

    static Round read(Document fields) {
        Builder round = builder()
                .number(fields.integer("number")).outcome(fields.choice("outcome", RoundOutcome.class))
                .explanation(fields.text("explanation")).started(fields.instant("started")).finished(fields.instant("finished"))
                .times(fields.integer("times")).holder(fields.text("holder")).trigger(fields.find("trigger"))
                .data(RoundData.read(fields.group("data")))
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
        return new MetricEstimate(fields.choice("metric", Metric.class), fields.number("value"), fields.number("lower"),
                fields.number("upper"), fields.integer("answers"), fields.integer("subjects"), fields.bool("imprecise"));
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
        private RoundOutcome outcome = RoundOutcome.NOTHING_NEW;
        private String explanation = "";
        private Instant started = Instant.EPOCH;
        private Instant finished = Instant.EPOCH;
        private int times = 1;
        private String holder = "";
        private Optional<String> trigger = Optional.empty();
        private RoundData data = RoundData.NONE;
        private List<QuarantinedRecording> quarantined = List.of();
        private Optional<InputDrift> drift = Optional.empty();
        private MetricEstimates fresh = MetricEstimates.none();
        private Optional<Integer> champion = Optional.empty();
        private Optional<Integer> challenger = Optional.empty();
        private Optional<GateVerdict> verdict = Optional.empty();
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
        public Builder outcome(RoundOutcome value) {
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
        public Builder data(RoundData value) {
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
        public Builder verdict(Optional<GateVerdict> value) {
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
}
