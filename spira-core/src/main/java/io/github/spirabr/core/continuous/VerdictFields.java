package io.github.spirabr.core.continuous;

import io.github.spirabr.core.internal.Document;
import io.github.spirabr.core.promotion.GateCheck;
import io.github.spirabr.core.promotion.GateVerdict;

/** The fields of verdicts in the documents of rounds. */
final class VerdictFields {

    private VerdictFields() {}

    static void write(Document fields, GateVerdict verdict) {
        fields.put("outcome", verdict.outcome()).put("reason", verdict.reason())
                .putAll("check", verdict.checks(), VerdictFields::write);
    }

    static GateVerdict read(Document fields) {
        return new GateVerdict(fields.choice("outcome", GateVerdict.Outcome.class), fields.text("reason"),
                fields.list("check", VerdictFields::check));
    }

    private static void write(Document fields, GateCheck check) {
        fields.put("name", check.name()).put("result", check.result()).put("finding", check.finding())
                .put("value", check.value()).put("lower", check.lower()).put("upper", check.upper())
                .put("bound", check.bound()).put("recordings", check.recordings()).put("subjects", check.subjects());
    }

    private static GateCheck check(Document fields) {
        return new GateCheck(fields.text("name"), fields.choice("result", GateCheck.Result.class), fields.text("finding"),
                fields.number("value"), fields.number("lower"), fields.number("upper"), fields.number("bound"),
                fields.integer("recordings"), fields.integer("subjects"));
    }
}
