package io.github.spirabr.core.continuous;

import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.internal.Document;
import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.core.journal.JournalDocument;
import io.github.spirabr.core.promotion.GateVerdict;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A round as the history keeps it: what was there, what was done, and every number behind the verdict.
 *
 * @param number counted from 1; rounds in a row that found the same and did nothing are one
 * @param outcome how it ended
 * @param explanation in a sentence for people
 * @param started when, by the clock that was handed in
 * @param finished when; of the last one, if there were several in a row that did nothing
 * @param times how many rounds in a row this is
 * @param holder who ran it
 * @param trigger why a challenger was trained; empty if none was
 * @param data what there was to train with
 * @param quarantined what was kept out
 * @param drift how unlike the training side the new recordings are; empty if there was nothing to compare
 * @param fresh the champion's figures on the new recordings; empty if there was none
 * @param champion the champion's number when the round began; empty if there was none
 * @param challenger the challenger's number; empty if none was trained
 * @param verdict of the gate; empty if it was not asked
 * @param challengerMetrics the challenger's on the held-out recordings, with intervals
 * @param championMetrics the champion's on the very same recordings
 */
public record Round(
        int number,
        RoundOutcome outcome,
        String explanation,
        Instant started,
        Instant finished,
        int times,
        String holder,
        Optional<String> trigger,
        RoundData data,
        List<QuarantinedRecording> quarantined,
        Optional<InputDrift> drift,
        List<MetricEstimate> fresh,
        Optional<Integer> champion,
        Optional<Integer> challenger,
        Optional<GateVerdict> verdict,
        List<MetricEstimate> challengerMetrics,
        List<MetricEstimate> championMetrics) {

    private static final String PREFIX = "round-";

    /** Copies the lists. */
    public Round {
        quarantined = List.copyOf(quarantined);
        fresh = List.copyOf(fresh);
        challengerMetrics = List.copyOf(challengerMetrics);
        championMetrics = List.copyOf(championMetrics);
    }

    /** Returns whether the round is about a version of the model. */
    boolean names(int version) {
        return champion.equals(Optional.of(version)) || challenger.equals(Optional.of(version));
    }

    static String documentPrefix() {
        return PREFIX;
    }

    static String documentName(int number) {
        return String.format(Locale.ROOT, PREFIX + "%06d", number);
    }

    /** Whether a later round that did nothing is told of as this one once more. */
    boolean sameAs(Round later) {
        return outcome == later.outcome && (outcome.idle() || outcome == RoundOutcome.CHANGE_NOT_ALLOWED)
                && data.listed().equals(later.data.listed()) && explanation.equals(later.explanation);
    }

    Round again(Round later) {
        return new Round(number, outcome, explanation, started, later.finished, times + 1, later.holder, trigger, data,
                quarantined, drift, fresh, champion, challenger, verdict, challengerMetrics, championMetrics);
    }

    Round ending(RoundOutcome other, String reason, Instant at) {
        return new Round(number, other, reason, started, at, times, holder, trigger, data, quarantined, drift, fresh,
                champion, challenger, verdict, challengerMetrics, championMetrics);
    }

    /** Returns the document of the history, of a model's round. */
    byte[] toBytes(String model) {
        Document fields = RoundDocument.about(model);
        write(fields);
        return fields.toSealedBytes(documentName(number));
    }

    void write(Document fields) {
        fields.put("number", number).put("outcome", outcome).put("explanation", explanation)
                .put("started", started).put("finished", finished).put("times", times).put("holder", holder)
                .put("trigger", trigger);
        data.write(fields.group("data"));
        fields.putAll("quarantined", quarantined, (group, one) -> one.write(group));
        drift.ifPresent(there -> there.write(fields.group("drift")));
        fields.putAll("fresh", fresh, Round::write);
        fields.put("champion", champion).put("challenger", challenger);
        verdict.ifPresent(there -> VerdictFields.write(fields.group("verdict"), there));
        fields.putAll("challengerFigure", challengerMetrics, Round::write)
                .putAll("championFigure", championMetrics, Round::write);
    }

    static Round read(Journal journal, String name, JournalDocument document) {
        return RoundDocument.read(journal, name, name, document, Round::read);
    }

    static Round read(Document fields) {
        return new Round(
                fields.integer("number"), fields.choice("outcome", RoundOutcome.class), fields.text("explanation"),
                fields.instant("started"), fields.instant("finished"), fields.integer("times"), fields.text("holder"),
                fields.find("trigger"), RoundData.read(fields.group("data")),
                fields.list("quarantined", QuarantinedRecording::read),
                fields.hasGroup("drift") ? Optional.of(InputDrift.read(fields.group("drift"))) : Optional.empty(),
                fields.list("fresh", Round::estimate),
                fields.find("champion").map(Integer::valueOf), fields.find("challenger").map(Integer::valueOf),
                fields.hasGroup("verdict") ? Optional.of(VerdictFields.read(fields.group("verdict"))) : Optional.empty(),
                fields.list("challengerFigure", Round::estimate), fields.list("championFigure", Round::estimate));
    }

    private static void write(Document fields, MetricEstimate one) {
        fields.put("metric", one.metric()).put("value", one.value()).put("lower", one.lower()).put("upper", one.upper())
                .put("answers", one.answers()).put("subjects", one.subjects()).put("imprecise", one.imprecise());
    }

    private static MetricEstimate estimate(Document fields) {
        return new MetricEstimate(fields.choice("metric", Metric.class), fields.number("value"), fields.number("lower"),
                fields.number("upper"), fields.integer("answers"), fields.integer("subjects"), fields.bool("imprecise"));
    }
}
