package io.github.spirabr.report.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.github.spirabr.core.continuous.InputDrift;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.evaluation.ClinicalMetrics;
import io.github.spirabr.core.evaluation.ConfusionMatrix;
import io.github.spirabr.core.evaluation.Curve;
import io.github.spirabr.core.evaluation.DecisionRule;
import io.github.spirabr.core.evaluation.Estimate;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.Evaluation.CalibrationBin;
import io.github.spirabr.core.evaluation.GroupGap;
import io.github.spirabr.core.evaluation.GroupMetrics;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.evaluation.MetricEstimates;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.inspection.DatasetInspection;
import io.github.spirabr.core.model.Coefficient;
import io.github.spirabr.core.model.EpochSummary;
import io.github.spirabr.core.pipeline.ExternalFindings;
import io.github.spirabr.core.pipeline.FeatureEffect;
import io.github.spirabr.core.pipeline.ProtocolEvaluation;
import io.github.spirabr.core.pipeline.RejectedRecording;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the figures for programs; the keys are told in {@code docs/report.md}, and are a promise. */
final class JsonReport {

    static final String FORMAT = "1";

    private final Analysis analysis;
    private final TrainingRun findings;
    private final JsonGenerator json;

    private JsonReport(Analysis analysis, JsonGenerator json) {
        this.analysis = analysis;
        this.findings = analysis.findings();
        this.json = json;
    }

    static byte[] of(Analysis analysis) {
        return bytes(json -> new JsonReport(analysis, json).write());
    }

    /** Returns the document of an external validation, without what belongs to a training. */
    static byte[] of(ExternalFindings findings, Analysis analysis) {
        return bytes(json -> new JsonReport(analysis, json).write(findings));
    }

    /** A writer of a document. */
    interface Writing {

        void write(JsonGenerator json) throws IOException;
    }

    /** Returns a document in UTF-8, indented by one blank. */
    static byte[] bytes(Writing document) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // Lines end alike on every system.
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(new DefaultIndenter(" ", "\n"));
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes).setPrettyPrinter(printer)) {
            document.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Writes what stands between the braces of an object, or the brackets of an array. */
    private interface Body {

        void write() throws IOException;
    }

    private void object(String name, Body body) throws IOException {
        json.writeObjectFieldStart(name);
        body.write();
        json.writeEndObject();
    }

    private void element(Body body) throws IOException {
        json.writeStartObject();
        body.write();
        json.writeEndObject();
    }

    private void array(String name, Body body) throws IOException {
        json.writeArrayFieldStart(name);
        body.write();
        json.writeEndArray();
    }

    private void number(String name, double value) throws IOException {
        number(json, name, value);
    }

    private void number(double value) throws IOException {
        number(json, value);
    }

    /** Writes a number; null for one that is not finite, as JSON has none. */
    static void number(JsonGenerator json, String name, double value) throws IOException {
        json.writeFieldName(name);
        number(json, value);
    }

    private static void number(JsonGenerator json, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeNull();
        }
    }

    private void write() throws IOException {
        element(() -> {
            json.writeStringField("format", FORMAT);
            json.writeStringField("notice", RunReport.NOTICE);
            json.writeStringField("model", findings.modelName());
            json.writeStringField("identity", findings.identity());
            json.writeStringField("dataFingerprint", findings.dataFingerprint());
            json.writeStringField("library", findings.library());
            json.writeNumberField("seed", findings.seed());
            if (analysis.classes().named()) {
                object("target", () -> {
                    json.writeStringField("name", findings.target().name());
                    json.writeStringField("negative", findings.target().negative());
                    json.writeStringField("positive", findings.target().positive());
                });
            }
            object("settings", () -> {
                for (Map.Entry<String, String> setting : findings.settings().entrySet()) {
                    json.writeStringField(setting.getKey(), setting.getValue());
                }
            });
            object("split", this::split);
            certificate();
            array("rejected", this::rejected);
            object("training", this::training);
            object("decision", this::decision);
            object("figures", this::figures);
            object("clinical", this::clinical);
            array("groups", this::groups);
            array("gaps", this::gaps);
            array("protocols", this::protocols);
            array("probes", this::probes);
            if (!findings.featureEffects().isEmpty()) {
                array("features", this::features);
            }
            array("recordings", this::recordings);
        });
    }

    private void write(ExternalFindings external) throws IOException {
        element(() -> {
            json.writeStringField("format", FORMAT);
            json.writeStringField("notice", RunReport.NOTICE);
            json.writeStringField("model", external.model().name());
            json.writeNumberField("version", external.model().number());
            json.writeStringField("identity", findings.identity());
            json.writeStringField("dataFingerprint", findings.dataFingerprint());
            json.writeStringField("library", findings.library());
            object("external", () -> external(external));
            array("rejected", this::rejected);
            object("decision", this::decision);
            object("figures", this::testFigures);
            object("clinical", this::clinical);
            array("groups", this::groups);
            array("gaps", this::gaps);
            array("probes", this::probes);
            array("recordings", this::recordings);
        });
    }

    private void external(ExternalFindings external) throws IOException {
        json.writeStringField("dataset", external.dataset());
        json.writeNumberField("knownSounds", external.knownSounds());
        array("warnings", () -> {
            for (String warning : external.warnings()) {
                json.writeString(warning);
            }
        });
        Optional<InputDrift> drift = ExternalReport.drift(external);
        if (drift.isEmpty()) {
            json.writeNullField("drift");
            return;
        }
        object("drift", () -> {
            json.writeStringField("verdict", Figures.key(drift.get().verdict()));
            json.writeNumberField("recordings", drift.get().recordings());
            json.writeNumberField("trainingRecordings", drift.get().reference());
            json.writeNumberField("unlike", drift.get().unlike());
            array("measures", () -> {
                for (InputDrift.Measure one : drift.get().measures()) {
                    element(() -> {
                        json.writeStringField("name", one.name());
                        number("index", one.index());
                        number("p", one.chance());
                        json.writeStringField("verdict", Figures.key(one.verdict()));
                    });
                }
            });
        });
    }

    private void split() throws IOException {
        json.writeBooleanField("bySubject", analysis.shared().isEmpty());
        json.writeBooleanField("subjectsKnown", !analysis.subjectsUnknown());
        array("sharedSubjects", () -> {
            for (String subject : analysis.shared().keySet()) {
                json.writeString(subject);
            }
        });
        if (!findings.ambient().isEmpty()) {
            json.writeNumberField("ambient", findings.ambient().size());
        }
        for (Map.Entry<Side, List<Recording>> side : analysis.sides().entrySet()) {
            List<Recording> recordings = side.getValue();
            object(Figures.key(side.getKey()), () -> {
                json.writeNumberField("recordings", recordings.size());
                json.writeNumberField("controls", recordings.stream().filter(one -> one.label() == Label.CONTROL).count());
                json.writeNumberField("patients", recordings.stream().filter(one -> one.label() == Label.PATIENT).count());
                array("subjects", () -> {
                    for (String subject : recordings.stream().map(Recording::subject).distinct().sorted().toList()) {
                        json.writeString(subject);
                    }
                });
            });
        }
    }

    /** Writes values as texts, like the model's files. */
    private void certificate() throws IOException {
        if (findings.certificate().isEmpty()) {
            json.writeNullField("certificate");
            return;
        }
        object("certificate", () -> {
            for (Map.Entry<String, String> one : findings.certificate().get().describe().entrySet()) {
                json.writeStringField(one.getKey(), one.getValue());
            }
        });
    }

    private void rejected() throws IOException {
        for (RejectedRecording one : findings.rejected()) {
            element(() -> {
                json.writeStringField("recording", one.recording().id());
                json.writeStringField("subject", one.recording().subject());
                json.writeStringField("label", Figures.key(one.recording().label()));
                json.writeStringField("reason", Figures.key(one.reason()));
            });
        }
    }

    private void training() throws IOException {
        json.writeNumberField("bestEpoch", findings.bestEpoch());
        array("epochs", () -> {
            for (EpochSummary epoch : findings.epochs()) {
                element(() -> {
                    json.writeNumberField("epoch", epoch.epoch());
                    number("trainingLoss", epoch.trainingLoss());
                    number("validationLoss", epoch.validationLoss());
                    number("validationAccuracy", epoch.validationAccuracy());
                });
            }
        });
    }

    private void decision() throws IOException {
        DecisionRule decision = findings.decision();
        json.writeStringField("operatingPoint", findings.operatingPoint().toString());
        json.writeStringField("abstention", findings.abstention().toString());
        number("temperature", decision.calibration().temperature());
        number("threshold", decision.threshold());
        number("lower", decision.lower());
        number("upper", decision.upper());
        number("coverage", findings.coverage());
    }

    private void figures() throws IOException {
        json.writeBooleanField("imprecise", analysis.imprecise());
        object("validation", () -> {
            for (Metric metric : Metric.values()) {
                number(Figures.key(metric), findings.validation().value(metric));
            }
        });
        levels();
    }

    private void testFigures() throws IOException {
        json.writeBooleanField("imprecise", analysis.imprecise());
        levels();
    }

    private void levels() throws IOException {
        answers("byRecording", analysis.byRecording());
        answers("bySubject", analysis.bySubject());
        if (!findings.sessionMetrics().isEmpty()) {
            estimates("bySession", findings.sessionMetrics());
        }
        estimates("decided", findings.decidedMetrics());
    }

    private void answers(String name, Answers answers) throws IOException {
        object(name, () -> {
            estimates("metrics", answers.estimates());
            confusion(answers.evaluation());
            curve("roc", answers.roc());
            curve("precisionRecall", answers.precisionRecall());
            array("calibration", () -> {
                for (CalibrationBin bin : answers.calibration()) {
                    element(() -> calibration(bin));
                }
            });
            array("histogram", () -> {
                for (Answers.ScoreBin bin : answers.histogram()) {
                    element(() -> {
                        number("from", bin.from());
                        number("to", bin.to());
                        json.writeNumberField("controls", bin.controls());
                        json.writeNumberField("patients", bin.patients());
                    });
                }
            });
        });
    }

    private void estimates(String name, MetricEstimates estimates) throws IOException {
        object(name, () -> {
            for (MetricEstimate estimate : estimates) {
                object(Figures.key(estimate.metric()), () -> {
                    number("value", estimate.value());
                    number("lower", estimate.lower());
                    number("upper", estimate.upper());
                    json.writeNumberField("answers", estimate.answers());
                    json.writeNumberField("subjects", estimate.subjects());
                    json.writeBooleanField("imprecise", estimate.imprecise());
                });
            }
        });
    }

    private void confusion(Evaluation evaluation) throws IOException {
        ConfusionMatrix matrix = evaluation.confusionMatrix();
        object("confusion", () -> {
            json.writeNumberField("truePositives", matrix.truePositives());
            json.writeNumberField("falseNegatives", matrix.falseNegatives());
            json.writeNumberField("falsePositives", matrix.falsePositives());
            json.writeNumberField("trueNegatives", matrix.trueNegatives());
        });
    }

    private void curve(String name, Curve curve) throws IOException {
        object(name, () -> {
            array("points", () -> {
                for (Curve.Point point : curve.points()) {
                    row(point.x(), point.y(), point.threshold());
                }
            });
            array("band", () -> {
                for (Curve.Band band : curve.band()) {
                    row(band.x(), band.lower(), band.upper());
                }
            });
        });
    }

    private void row(double... values) throws IOException {
        json.writeStartArray();
        for (double value : values) {
            number(value);
        }
        json.writeEndArray();
    }

    private void calibration(CalibrationBin bin) throws IOException {
        number("from", bin.from());
        number("to", bin.to());
        json.writeNumberField("answers", bin.answers());
        json.writeNumberField("subjects", bin.subjects());
        number("meanProbability", bin.meanProbability());
        number("patients", bin.patients());
        number("lower", bin.lower());
        number("upper", bin.upper());
    }

    private void groups() throws IOException {
        for (GroupMetrics group : findings.groups()) {
            element(() -> {
                json.writeStringField("column", group.column());
                json.writeStringField("group", group.group());
                estimates("metrics", group.metrics());
            });
        }
    }

    private void clinical() throws IOException {
        clinical("byRecording", analysis.byRecording().clinical());
        clinical("bySubject", analysis.bySubject().clinical());
        if (analysis.bySession().isPresent()) {
            clinical("bySession", analysis.bySession().get());
        }
    }

    private void clinical(String level, ClinicalMetrics metrics) throws IOException {
        object(level, () -> {
            estimate("calibrationIntercept", metrics.calibrationIntercept());
            estimate("calibrationSlope", metrics.calibrationSlope());
            array("screening", () -> {
                for (ClinicalMetrics.Screening one : metrics.screening()) {
                    element(() -> {
                        number("prevalence", one.prevalence());
                        estimate("positivePredictiveValue", one.positivePredictiveValue());
                        estimate("negativePredictiveValue", one.negativePredictiveValue());
                        estimate("numberNeededToScreen", one.numberNeededToScreen());
                    });
                }
            });
            array("decisionCurve", () -> {
                for (ClinicalMetrics.NetBenefit one : metrics.decisionCurve()) {
                    row(one.threshold(), one.model().value(), one.model().lower(), one.model().upper(), one.treatAll());
                }
            });
        });
    }

    private void estimate(String name, Estimate estimate) throws IOException {
        object(name, () -> {
            number("value", estimate.value());
            number("lower", estimate.lower());
            number("upper", estimate.upper());
        });
    }

    private void gaps() throws IOException {
        for (GroupGap gap : analysis.gaps()) {
            element(() -> {
                json.writeStringField("column", gap.column());
                json.writeStringField("group", gap.group());
                json.writeStringField("others", gap.others());
                json.writeStringField("metric", Figures.key(gap.metric()));
                estimate("difference", gap.difference());
                number("p", gap.p());
                number("holm", gap.adjusted());
            });
        }
    }

    private void protocols() throws IOException {
        for (ProtocolEvaluation protocol : findings.protocols()) {
            element(() -> {
                json.writeStringField("protocol", protocol.protocol());
                json.writeStringField("disclosure", protocol.disclosure());
                confusion(protocol.test());
                object("metrics", () -> {
                    for (Metric metric : Metric.values()) {
                        number(Figures.key(metric), protocol.test().value(metric));
                    }
                });
            });
        }
    }

    private void probes() throws IOException {
        for (ProbeResult probe : findings.probes()) {
            element(() -> {
                json.writeStringField("probe", probe.name());
                json.writeStringField("verdict", Figures.key(probe.verdict()));
                json.writeStringField("question", probe.question());
                json.writeStringField("finding", probe.finding());
                array("figures", () -> {
                    for (ProbeResult.Measurement figure : probe.measurements()) {
                        element(() -> {
                            json.writeStringField("figure", figure.name());
                            number("value", figure.value());
                            number("lower", figure.lower());
                            number("upper", figure.upper());
                            json.writeNumberField("recordings", figure.recordings());
                            json.writeNumberField("subjects", figure.subjects());
                        });
                    }
                });
            });
        }
    }

    private void features() throws IOException {
        for (FeatureEffect effect : findings.featureEffects()) {
            element(() -> {
                json.writeStringField("feature", effect.name());
                number("importance", effect.importance());
                number("lower", effect.lower());
                number("upper", effect.upper());
                if (effect.coefficient().isPresent()) {
                    Coefficient coefficient = effect.coefficient().get();
                    object("coefficient", () -> {
                        number("value", coefficient.value());
                        number("lower", coefficient.lower());
                        number("upper", coefficient.upper());
                    });
                }
                if (effect.byClass().isPresent()) {
                    byClass(effect.byClass().get());
                }
            });
        }
    }

    private void byClass(DatasetInspection.Property.Measure measure) throws IOException {
        object("byClass", () -> {
            number("auroc", measure.hint().auroc());
            number("lower", measure.hint().lower());
            number("upper", measure.hint().upper());
            json.writeBooleanField("patientsHigher", measure.hint().patientsHigher());
            for (Map.Entry<Label, DatasetInspection.Distribution> one : measure.distributions().entrySet()) {
                object(Figures.key(one.getKey()), () -> {
                    number("least", one.getValue().least());
                    number("low", one.getValue().low());
                    number("median", one.getValue().median());
                    number("high", one.getValue().high());
                    number("greatest", one.getValue().greatest());
                });
            }
        });
    }

    /** Returns the answers on the test set, in the data set's order. */
    private void recordings() throws IOException {
        for (RecordingScore score : findings.test().scores()) {
            element(() -> {
                json.writeStringField("recording", score.recording());
                json.writeStringField("subject", score.subject());
                json.writeStringField("label", Figures.key(score.label()));
                number("probability", score.probability());
                json.writeStringField("decision", Figures.key(findings.decision().decide(score.probability())));
                array("windows", () -> {
                    for (double probability : score.windows()) {
                        // Six decimals are finer than a network's 32-bit sums.
                        number(Math.rint(probability * 1e6) / 1e6);
                    }
                });
            });
        }
    }
}
