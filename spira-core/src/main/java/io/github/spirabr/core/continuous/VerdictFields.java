package io.github.spirabr.core.continuous;

import io.github.spirabr.core.internal.Document;
import io.github.spirabr.core.promotion.PromotionGate.Check;
import io.github.spirabr.core.promotion.PromotionGate.Check.Result;
import io.github.spirabr.core.promotion.PromotionGate.Verdict;

/** The fields of verdicts in the documents of rounds. */
final class VerdictFields {

    private VerdictFields() {}

    static void write(Document fields, Verdict verdict) {
        fields.put("outcome", verdict.outcome()).put("reason", verdict.reason())
                .putAll("check", verdict.checks(), VerdictFields::write);
    }

    static Verdict read(Document fields) {
        return new Verdict(fields.choice("outcome", Verdict.Outcome.class), fields.text("reason"),
                fields.list("check", VerdictFields::check));
    }

    private static void write(Document fields, Check check) {
        fields.put("name", check.name()).put("result", check.result()).put("finding", check.finding())
                .put("value", check.value()).put("lower", check.lower()).put("upper", check.upper())
                .put("bound", check.bound()).put("recordings", check.recordings()).put("subjects", check.subjects());
    }

    private static Check check(Document fields) {
        return Check.builder(fields.text("name"), fields.choice("result", Result.class), fields.text("finding"))
                .value(fields.number("value"))
                .interval(fields.number("lower"), fields.number("upper"))
                .bound(fields.number("bound"))
                .recordings(fields.integer("recordings"))
                .subjects(fields.integer("subjects"))
                .build();
    }
}
