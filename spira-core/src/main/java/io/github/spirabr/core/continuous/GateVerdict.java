package io.github.spirabr.core.continuous;

import java.util.List;

/**
 * What a gate says of a challenger.
 *
 * @param outcome one of those that are {@linkplain RoundOutcome#judged() judged}
 * @param reason in a sentence for people
 * @param checks all that was asked, in its order
 */
public record GateVerdict(RoundOutcome outcome, String reason, List<GateCheck> checks) {

    /** Copies the list. */
    public GateVerdict {
        if (!outcome.judged()) {
            throw new IllegalArgumentException("a verdict is that of a judged challenger, but was " + outcome);
        }
        checks = List.copyOf(checks);
    }

    void write(Fields fields) {
        fields.put("outcome", outcome).put("reason", reason).putAll("check", checks, (group, one) -> one.write(group));
    }

    static GateVerdict read(Fields fields) {
        return new GateVerdict(fields.choice("outcome", RoundOutcome.class), fields.text("reason"),
                fields.list("check", GateCheck::read));
    }
}
