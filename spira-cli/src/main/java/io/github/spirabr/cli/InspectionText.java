package io.github.spirabr.cli;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.inspection.DatasetInspection;
import io.github.spirabr.core.inspection.DatasetInspection.ClassCounts;
import io.github.spirabr.core.pipeline.InspectedDataset;
import io.github.spirabr.core.pipeline.RejectedRecording;
import io.github.spirabr.core.recording.Label;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/** An inspection for people, and for machines. */
final class InspectionText {

    private static final int SHOWN = 20;

    private final PrintWriter out;

    InspectionText(PrintWriter out) {
        this.out = out;
    }

    void print(
            Dataset dataset,
            List<String> labelFaults,
            InspectedDataset inspected,
            List<String> missing,
            DatasetInspection inspection,
            Optional<DatasetInspection.Difference> difference) {
        line("%s: %s of %s", dataset.name(), Counted.of(dataset.recordings().size(), "recording"),
                Counted.of(dataset.subjects().size(), "subject"));
        line("fingerprint %s", inspection.fingerprint().isEmpty()
                ? "not known, as headers alone were read" : inspection.fingerprint());
        line("");
        line("class      recordings   subjects   minutes");
        for (ClassCounts one : inspection.classes()) {
            line("%-8s   %10d   %8d   %7.1f", name(one.label()), one.recordings(), one.subjects(), minutes(one.duration()));
        }
        if (!dataset.ambient().isEmpty()) {
            line("rooms      %10d   recordings of the task ambient-noise, which no split has", dataset.ambient().size());
        }
        line("");
        labelFaults.forEach(fault -> line("! %s", fault));
        ListedTogether.sharedSubjects(dataset).forEach((subject, manifests) ->
                line("! subject %s is in %s", subject, String.join(" and ", manifests)));
        inspection.likeSubjects().forEach(names ->
                line("! subjects with nearly the same name, who may be one person: %s", String.join(", ", names)));
        dataset.notes().forEach(note -> line("%s", note));
        ManifestColumns.subjectAdvice(dataset).ifPresent(advice -> line("! %s", advice));
        missing.forEach(sentence -> line("! %s", sentence));
        unreadable(inspected.rejected().stream()
                .filter(one -> missing.isEmpty() || one.reason() != AudioException.Reason.UNREACHABLE).toList());
        inspection.noted().forEach(this::noted);
        if (!inspection.fingerprint().isEmpty()) {
            line("sounding the same: %s", Counted.of(inspection.duplicates().size(), "group"));
        }
        for (DatasetInspection.Duplicates same : inspection.duplicates()) {
            SortedSet<String> manifests = ListedTogether.manifestsOf(dataset, same.recordings());
            line("  %s%s%s%s", String.join(", ", same.recordings()),
                    same.acrossClasses() ? "; LABELLED DIFFERENTLY" : "",
                    same.acrossSubjects() ? "; of different subjects" : "",
                    manifests.size() > 1 ? "; IN " + String.join(" AND ", manifests) : "");
        }
        inspection.overlaps().forEach(ids -> line("! overlapping in one file: %s", String.join(", ", ids)));
        line("");
        line("How well each property alone tells the classes apart (AUROC, 0.5 is chance; 95 %% interval over subjects):");
        inspection.properties().forEach(this::property);
        line("");
        if (inspection.suspects().isEmpty()) {
            line("No property alone gives the class away.");
        } else {
            line("! These give the class away. Unless they are what the model is to learn, balance them or it will learn them"
                    + " instead of speech:");
            inspection.suspects().forEach(one -> line("!   %s", one.name()));
        }
        if (!inspection.speech().isEmpty()) {
            line("");
            line("Speech by class: AUROC of each measure alone (95 %% interval over subjects), then median (5th to 95th percentile):");
            inspection.speech().forEach(one -> row("", one, 36));
        }
        difference.ifPresent(this::difference);
    }

    private void unreadable(List<RejectedRecording> rejected) {
        line("unreadable: %d", rejected.size());
        rejected.stream().limit(SHOWN).forEach(one -> line("  %s (%s)", one.detail(), one.reason()));
        if (rejected.size() > SHOWN) {
            line("  and %d more (--json lists all)", rejected.size() - SHOWN);
        }
    }

    private void noted(DatasetInspection.NotedRecordings noted) {
        String seconds = noted.duration().isZero()
                ? "" : String.format(Locale.ROOT, " (%.1f s in all)", noted.duration().toMillis() / 1000.0);
        line("! %s in %s%s:", noted.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                Counted.of(noted.recordings().size(), "recording"), seconds);
        noted.recordings().stream().limit(SHOWN).forEach(one -> line("    %s", one));
        if (noted.recordings().size() > SHOWN) {
            line("    and %d more (--json lists all)", noted.recordings().size() - SHOWN);
        }
    }

    private void difference(DatasetInspection.Difference difference) {
        line("");
        line("Since the older version:");
        changed("came", difference.added());
        changed("went", difference.removed());
        changed("labelled anew", difference.relabelled());
    }

    private void changed(String how, List<String> recordings) {
        line("  %s: %d", how, recordings.size());
        recordings.stream().limit(SHOWN).forEach(one -> line("    %s", one));
        if (recordings.size() > SHOWN) {
            line("    and %d more (--json lists all)", recordings.size() - SHOWN);
        }
    }

    private void property(DatasetInspection.Property property) {
        row(property.hint().isSuspect() ? "!" : " ", property, 18);
    }

    private void row(String mark, DatasetInspection.Property property, int width) {
        DatasetInspection.Hint hint = property.hint();
        String interval = Double.isNaN(hint.lower())
                ? "no interval" : String.format(Locale.ROOT, "%.2f to %.2f", hint.lower(), hint.upper());
        line("%1s %-" + width + "s %.2f (%s)  %s", mark, property.name(), hint.auroc(), interval, values(property));
    }

    private static String values(DatasetInspection.Property property) {
        StringBuilder text = new StringBuilder();
        if (property instanceof DatasetInspection.Property.Measure measure) {
            measure.distributions().forEach((label, spread) -> text.append(String.format(Locale.ROOT,
                    "%s%ss %s (%s to %s)", text.isEmpty() ? "" : ", ", name(label), number(spread.median()), number(spread.low()),
                    number(spread.high()))));
        } else if (property instanceof DatasetInspection.Property.Trait trait) {
            trait.counts().entrySet().stream().limit(8).forEach(one -> text.append(String.format(Locale.ROOT,
                    "%s%s: %s, %s", text.isEmpty() ? "" : "; ", one.getKey(),
                    Counted.of(one.getValue().getOrDefault(Label.CONTROL, 0), "control"),
                    Counted.of(one.getValue().getOrDefault(Label.PATIENT, 0), "patient"))));
            if (trait.counts().size() > 8) {
                text.append("; and ").append(trait.counts().size() - 8).append(" more");
            }
        }
        return text.toString();
    }

    /** Three digits, and no powers of ten where there are more before the point. */
    private static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 1000 ? "%.3g" : "%.0f", value);
    }

    private void line(String format, Object... values) {
        out.printf(Locale.ROOT, format + "%n", values);
    }

    private static String name(Label label) {
        return label.name().toLowerCase(Locale.ROOT);
    }

    private static double minutes(Duration duration) {
        return duration.toMillis() / 60_000.0;
    }

    /** Durations are in seconds, figures that are not defined are null. */
    static Map<String, Object> json(
            Dataset dataset,
            List<String> labelFaults,
            InspectedDataset inspected,
            List<String> missing,
            DatasetInspection inspection,
            Optional<DatasetInspection.Difference> difference) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("dataset", dataset.name());
        json.put("fingerprint", inspection.fingerprint().isEmpty() ? null : inspection.fingerprint());
        json.put("recordings", dataset.recordings().size());
        json.put("subjects", dataset.subjects().size());
        if (!dataset.ambient().isEmpty()) {
            json.put("ambient", dataset.ambient().size());
        }
        if (!labelFaults.isEmpty()) {
            json.put("labelFaults", labelFaults);
        }
        json.put("classes", inspection.classes().stream().map(InspectionText::json).toList());
        json.put("notes", dataset.notes());
        json.put("missing", missing);
        json.put("unreadable", inspected.rejected().stream().map(rejected -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("recording", rejected.recording().id());
            one.put("reason", rejected.reason().name());
            one.put("detail", rejected.detail());
            return one;
        }).toList());
        json.put("sharedSubjects", ListedTogether.sharedSubjects(dataset));
        json.put("likeSubjects", inspection.likeSubjects());
        json.put("likelySubjectColumns", dataset.likelySubjectColumns());
        json.put("duplicates", inspection.duplicates().stream().map(same -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("recordings", same.recordings());
            one.put("acrossClasses", same.acrossClasses());
            one.put("acrossSubjects", same.acrossSubjects());
            one.put("manifests", ListedTogether.manifestsOf(dataset, same.recordings()));
            return one;
        }).toList());
        json.put("overlaps", inspection.overlaps());
        json.put("noted", inspection.noted().stream().map(noted -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("kind", noted.kind().name());
            one.put("recordings", noted.recordings());
            one.put("seconds", noted.duration().toMillis() / 1000.0);
            return one;
        }).toList());
        json.put("properties", inspection.properties().stream().map(InspectionText::json).toList());
        json.put("suspects", inspection.suspects().stream().map(DatasetInspection.Property::name).toList());
        if (!inspection.speech().isEmpty()) {
            json.put("speech", inspection.speech().stream().map(InspectionText::json).toList());
        }
        difference.ifPresent(one -> json.put("difference", one));
        return json;
    }

    private static Map<String, Object> json(ClassCounts counts) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("class", name(counts.label()));
        json.put("recordings", counts.recordings());
        json.put("subjects", counts.subjects());
        json.put("seconds", counts.duration().toMillis() / 1000.0);
        return json;
    }

    private static Map<String, Object> json(DatasetInspection.Property property) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", property.name());
        json.put("auroc", finite(property.hint().auroc()));
        json.put("lower", finite(property.hint().lower()));
        json.put("upper", finite(property.hint().upper()));
        json.put("suspect", property.hint().isSuspect());
        if (property instanceof DatasetInspection.Property.Measure measure) {
            Map<String, DatasetInspection.Distribution> byClass = new LinkedHashMap<>();
            measure.distributions().forEach((label, spread) -> byClass.put(name(label), spread));
            json.put("distributions", byClass);
        } else if (property instanceof DatasetInspection.Property.Trait trait) {
            json.put("counts", trait.counts().entrySet().stream().map(kind -> {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("value", kind.getKey());
                one.put("control", kind.getValue().getOrDefault(Label.CONTROL, 0));
                one.put("patient", kind.getValue().getOrDefault(Label.PATIENT, 0));
                return one;
            }).toList());
        }
        return json;
    }

    private static Object finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
