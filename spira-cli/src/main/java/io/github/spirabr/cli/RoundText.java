package io.github.spirabr.cli;

import io.github.spirabr.core.continuous.InputDrift;
import io.github.spirabr.core.continuous.QuarantinedRecording;
import io.github.spirabr.core.continuous.Round;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.promotion.PromotionGate;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A round as text for people, and as JSON for programs. */
final class RoundText {

    private static final int SHOWN = 10;
    private static final int IDS_SHOWN = 3;

    private RoundText() {}

    static void print(PrintWriter out, Round round) {
        out.println();
        out.println("Round " + round.number() + ": " + round.outcome()
                + (round.times() > 1 ? " (" + round.times() + " times)" : ""));
        out.println("  " + round.explanation());
        Round.Data data = round.data();
        if (!data.version().isEmpty()) {
            out.println("  data version " + data.version().substring(0, 12) + ": " + Counted.of(data.recordings(), "recording")
                    + " of " + Counted.of(data.subjects(), "subject") + ", " + data.newRecordings() + " new or corrected, "
                    + data.withdrawnRecordings() + " withdrawn since the last training");
        }
        round.trigger().ifPresent(why -> out.println("  trained because of: " + why));
        quarantined(out, round.quarantined());
        round.drift().ifPresent(drift -> out.println("  drift of the " + Counted.of(drift.recordings(), "recording") + " that arrived: "
                + drift.summary()));
        if (!round.challengerMetrics().isEmpty()) {
            figures(out, round);
        }
        round.verdict().ifPresent(verdict -> {
            out.println("  the gate:");
            for (PromotionGate.Check check : verdict.checks()) {
                String mark = switch (check.result()) {
                    case PASSED -> "passed";
                    case FAILED -> "FAILED";
                    case NOT_JUDGED -> "not judged";
                };
                out.println("    " + mark + ": " + check.finding());
            }
        });
    }

    private static void quarantined(PrintWriter out, List<QuarantinedRecording> quarantined) {
        if (quarantined.isEmpty()) {
            return;
        }
        Map<QuarantinedRecording.Reason, Long> counts = quarantined.stream().collect(
                Collectors.groupingBy(QuarantinedRecording::reason, TreeMap::new, Collectors.counting()));
        out.println("  in quarantine: " + quarantined.size() + " recordings " + counts);
        Map<String, List<String>> byDetail = new LinkedHashMap<>();
        quarantined.forEach(one -> byDetail.computeIfAbsent(one.detail(), any -> new ArrayList<>()).add(one.id()));
        byDetail.entrySet().stream().limit(SHOWN).forEach(one -> {
            List<String> ids = one.getValue();
            out.println("    " + one.getKey());
            out.println("      " + String.join(", ", ids.subList(0, Math.min(IDS_SHOWN, ids.size())))
                    + (ids.size() > IDS_SHOWN ? " and " + (ids.size() - IDS_SHOWN) + " more" : ""));
        });
        if (byDetail.size() > SHOWN) {
            out.println("    and " + (byDetail.size() - SHOWN) + " more faults (--json lists all)");
        }
    }

    private static void figures(PrintWriter out, Round round) {
        out.println("  on " + Counted.of(round.challengerMetrics().answers(), "held-out recording") + " of "
                + Counted.of(round.challengerMetrics().subjects(), "subject") + ":");
        for (MetricEstimate now : round.challengerMetrics()) {
            if (now.metric().isClinical()) {
                continue;
            }
            String line = String.format(Locale.ROOT, "    %-18s challenger %s", now.metric(), RunSummary.text(now));
            out.println(line + round.championMetrics().find(now.metric()).map(one -> ", champion " + RunSummary.text(one)).orElse(""));
        }
    }

    static Map<String, Object> json(Round round) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("round", round.number());
        json.put("outcome", round.outcome().name());
        json.put("explanation", round.explanation());
        json.put("started", round.started().toString());
        json.put("finished", round.finished().toString());
        json.put("times", round.times());
        json.put("holder", round.holder());
        json.put("trigger", round.trigger().orElse(null));
        json.put("data", data(round.data()));
        json.put("quarantined", round.quarantined().stream().map(RoundText::json).toList());
        json.put("drift", round.drift().map(RoundText::json).orElse(null));
        json.put("fresh", round.fresh().all().stream().map(RoundText::json).toList());
        json.put("champion", round.champion().orElse(null));
        json.put("challenger", round.challenger().orElse(null));
        json.put("challengerFigures", round.challengerMetrics().all().stream().map(RoundText::json).toList());
        json.put("championFigures", round.championMetrics().all().stream().map(RoundText::json).toList());
        json.put("checks", round.verdict().map(verdict -> verdict.checks().stream().map(RoundText::json).toList())
                .orElse(null));
        return json;
    }

    private static Map<String, Object> data(Round.Data data) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", data.version());
        json.put("listed", data.listed());
        json.put("listedRecordings", data.listedRecordings());
        json.put("recordings", data.recordings());
        json.put("subjects", data.subjects());
        json.put("newRecordings", data.newRecordings());
        json.put("newSubjects", data.newSubjects());
        json.put("withdrawnRecordings", data.withdrawnRecordings());
        json.put("trainingSubjects", data.trainingSubjects());
        json.put("validationSubjects", data.validationSubjects());
        json.put("testSubjects", data.testSubjects());
        return json;
    }

    private static Map<String, Object> json(QuarantinedRecording one) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("recording", one.id());
        json.put("subject", one.subject());
        json.put("label", one.label().code());
        json.put("reason", one.reason().name());
        json.put("detail", one.detail());
        return json;
    }

    private static Map<String, Object> json(InputDrift drift) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("verdict", drift.verdict().name());
        json.put("score", drift.score());
        json.put("recordings", drift.recordings());
        json.put("reference", drift.reference());
        json.put("unlike", drift.unlike());
        json.put("measures", drift.measures().stream().map(one -> {
            Map<String, @Nullable Object> measure = new LinkedHashMap<>();
            measure.put("name", one.name());
            measure.put("index", number(one.index()));
            measure.put("chance", number(one.chance()));
            measure.put("verdict", one.verdict().name());
            return measure;
        }).toList());
        return json;
    }

    private static Map<String, Object> json(MetricEstimate one) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("metric", one.metric().name());
        json.put("value", number(one.value()));
        json.put("lower", number(one.lower()));
        json.put("upper", number(one.upper()));
        json.put("answers", one.answers());
        json.put("subjects", one.subjects());
        return json;
    }

    private static Map<String, Object> json(PromotionGate.Check check) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", check.name());
        json.put("result", check.result().name());
        json.put("finding", check.finding());
        json.put("value", number(check.value()));
        json.put("lower", number(check.lower()));
        json.put("upper", number(check.upper()));
        json.put("bound", number(check.bound()));
        json.put("recordings", check.recordings());
        json.put("subjects", check.subjects());
        return json;
    }

    /** JSON knows no NaN. */
    private static @Nullable Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
