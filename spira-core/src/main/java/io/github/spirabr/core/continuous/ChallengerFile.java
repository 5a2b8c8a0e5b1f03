package io.github.spirabr.core.continuous;

import io.github.spirabr.core.evaluation.Abstention;
import io.github.spirabr.core.internal.Document;
import io.github.spirabr.core.internal.DocumentException;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepositoryException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The file that a round stores with each challenger, so that the challenger can be judged even after a crash.
 *
 * @param answers the trained model's calibrated probability for each held-out recording, by the recording's id
 * @param settings the settings of all parts, without fitted values
 * @param probes results of the model's probes
 */
record ChallengerFile(
        SortedMap<String, Double> answers, SortedMap<String, String> settings, List<ProbeResult> probes) {

    static final String NAME = "challenger.properties";
    private static final int FORMAT = 1;

    static Map<String, byte[]> report(TrainingRun findings) {
        Document fields = Document.of(FORMAT);
        findings.test().scores().forEach(score -> fields.group("answer").put(score.recording(), score.probability()));
        SortedMap<String, String> settings = new TreeMap<>(findings.settings());
        // These are fitted, not set.
        settings.remove("threshold");
        settings.remove("temperature");
        if (findings.abstention().rule() != Abstention.Rule.NONE) {
            settings.put("abstention", findings.abstention().toString());
        }
        settings.put("operatingPoint", findings.operatingPoint().toString());
        settings.put("seed", Long.toString(findings.seed()));
        fields.putAll("setting", settings).putAll("probe", findings.probes(), ChallengerFile::write);
        return Map.of(NAME, fields.toBytes());
    }

    private static void write(Document fields, ProbeResult probe) {
        fields.put("name", probe.name()).put("question", probe.question()).put("verdict", probe.verdict())
                .put("finding", probe.finding())
                .putAll("figure", probe.measurements(), (group, one) -> group.put("name", one.name()).put("value", one.value())
                        .put("lower", one.lower()).put("upper", one.upper()).put("recordings", one.recordings())
                        .put("subjects", one.subjects()));
    }

    /** Returns the file of a model; empty if no round created the model. */
    static Optional<ChallengerFile> of(ModelArtifact artifact) {
        if (!artifact.has(NAME)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Document.read(NAME, FORMAT, artifact.file(NAME), ChallengerFile::read));
        } catch (DocumentException e) {
            throw new ModelRepositoryException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Returns the settings of the champion; empty if there is none, or no round created it. */
    static Optional<SortedMap<String, String>> championSettings(RoundContext round) {
        return round.champion().flatMap(one -> of(round.parts().models().load(one))).map(ChallengerFile::settings);
    }

    private static double probability(double stored) {
        if (!(stored >= 0 && stored <= 1)) {
            throw new IllegalArgumentException("an answer must be a probability in [0, 1], but was " + stored);
        }
        return stored;
    }

    private static ChallengerFile read(Document fields) {
        SortedMap<String, Double> answers = new TreeMap<>();
        fields.map("answer").forEach((id, probability) -> answers.put(id, probability(Double.parseDouble(probability))));
        return new ChallengerFile(answers, fields.map("setting"), fields.list("probe", group -> new ProbeResult(
                group.text("name"), group.text("question"), group.choice("verdict", ProbeResult.Verdict.class),
                group.text("finding"), group.list("figure", one -> new ProbeResult.Measurement(one.text("name"),
                        one.number("value"), one.number("lower"), one.number("upper"), one.integer("recordings"),
                        one.integer("subjects"))))));
    }
}
