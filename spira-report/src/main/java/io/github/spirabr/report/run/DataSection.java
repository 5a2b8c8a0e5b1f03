package io.github.spirabr.report.run;

import io.github.spirabr.core.audit.SplitCertificate;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.pipeline.RejectedRecording;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** The sets of the split, its audit, and the rejected recordings. */
final class DataSection {

    /** The entries of the certificate by their names for people. */
    private static final Map<String, String> CERTIFIED = certified();

    private static final int MOST_REJECTED = 200;
    private static final int MOST_SUBJECTS = 200;

    private final Analysis analysis;
    private final TrainingRun findings;

    private static Map<String, String> certified() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("Split", "split");
        names.put("Recordings compared", "audit.recordings");
        names.put("Recordings compared in any form", "audit.recordingsInAnyForm");
        names.put("Compared by", "audit.method");
        names.put("Subjects in two sets", "audit.subjectsOnTwoSides");
        names.put("Identical audio in two sets", "audit.identicalOnTwoSides");
        names.put("Nearly identical audio in two sets", "audit.nearlyIdenticalOnTwoSides");
        names.put("Parts of a recording in two sets", "audit.windowsOnTwoSides");
        names.put("Too quiet for the search of similar audio", "audit.tooQuiet");
        names.put("Noises in training", "noises.training");
        names.put("Noises in evaluation", "noises.evaluation");
        names.put("Noises in both", "audit.noisesOnTwoSides");
        return Collections.unmodifiableMap(names);
    }

    DataSection(Analysis analysis) {
        this.analysis = analysis;
        this.findings = analysis.findings();
    }

    void write(Markup page) {
        Table table = new Table("Training, validation and test set", "Set", "Recordings", "Subjects",
                analysis.classes().column(Label.CONTROL), analysis.classes().column(Label.PATIENT));
        analysis.sides().forEach((side, recordings) -> table.row(
                Figures.key(side), Integer.toString(recordings.size()),
                Long.toString(recordings.stream().map(Recording::subject).distinct().count()),
                Long.toString(recordings.stream().filter(one -> one.label() == Label.CONTROL).count()),
                Long.toString(recordings.stream().filter(one -> one.label() == Label.PATIENT).count())));
        table.write(page);
        if (!findings.ambient().isEmpty()) {
            page.paragraph(Figures.count(findings.ambient().size(), "recording") + " of rooms in which nobody speaks (task "
                    + "ambient-noise) set apart: they are in no set.");
        }
        if (!analysis.shared().isEmpty()) {
            page.open("p", "class", "alert bad").with("strong", "Not split by subject.");
            page.text(" These subjects are in more than one set, so that the test may reward a model that knows the voice: ");
            analysis.shared().forEach((subject, on) -> page.with("bdi", subject).text(" (" + on + ") "));
            page.close();
        } else if (!analysis.subjectsUnknown()) {
            page.open("details").with("summary", "Subjects of each set");
            for (Map.Entry<Side, List<Recording>> side : analysis.sides().entrySet()) {
                page.open("p").with("strong", Figures.key(side.getKey())).text(": ");
                List<String> subjects = side.getValue().stream().map(Recording::subject).distinct().sorted().toList();
                page.with("bdi", String.join(", ", subjects.subList(0, Math.min(MOST_SUBJECTS, subjects.size()))));
                if (subjects.size() > MOST_SUBJECTS) {
                    page.text(" and " + (subjects.size() - MOST_SUBJECTS) + " more, see report.json");
                }
                page.close();
            }
            page.close().line();
        }
        findings.certificate().ifPresent(one -> certificate(page, one));
        rejected(page);
    }

    private void certificate(Markup page, SplitCertificate certificate) {
        Table audit = new Table("Split certificate", "What", "Value");
        SortedMap<String, String> described = certificate.describe();
        CERTIFIED.forEach((what, name) -> {
            if (described.containsKey(name)) {
                audit.row(what, described.get(name));
            }
        });
        audit.write(page);
        for (String warning : certificate.warnings()) {
            page.open("p", "class", "alert bad").with("strong", "Split.").text(" ").with("span", warning).close().line();
        }
        if (certificate.groups().isEmpty()) {
            return;
        }
        page.open("details").with("summary", "Groups of each set");
        Table groups = new Table("Recordings and subjects of each set, by columns of the manifest",
                "Column", "Value", "Set", "Recordings", "Subjects");
        certificate.groups().forEach(group -> groups.row(group.column(), group.value(), Figures.key(group.side()),
                Integer.toString(group.recordings()), Integer.toString(group.subjects())));
        groups.write(page);
        page.close().line();
    }

    void rejected(Markup page) {
        if (findings.rejected().isEmpty()) {
            page.paragraph("No recording was rejected.");
            return;
        }
        int all = findings.rejected().size();
        Table table = new Table(Figures.count(all, "rejected recording") + " that could not be used"
                + (all > MOST_REJECTED ? ", the first " + MOST_REJECTED + " of them; report.json has all" : ""),
                "Recording", "Subject", "Class", "Why");
        for (RejectedRecording one : findings.rejected().subList(0, Math.min(MOST_REJECTED, all))) {
            table.row(one.recording().id(), one.recording().subject(), analysis.classes().one(one.recording().label()),
                    Figures.key(one.reason()).replace('_', ' '));
        }
        table.write(page);
    }
}
