package io.github.spirabr.core.continuous;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.inspection.RecordingFacts;
import io.github.spirabr.core.inspection.RecordingInspector;
import io.github.spirabr.core.internal.Parts;
import io.github.spirabr.core.internal.Sha256;
import io.github.spirabr.core.internal.WorkThreads;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An examination of the listed recordings: known ones, arrivals, and those to be put into quarantine. Used once, by one
 * thread.
 */
final class Examination {

    private final List<Recording> listed;
    private final DataSnapshot known;
    private final RecordingInspector inspector;
    private final WorkThreads work;
    /** The examined recordings; those that need no further comparison are removed. */
    private final Map<String, Looked> looked = new LinkedHashMap<>();
    private final List<QuarantinedRecording> quarantined = new ArrayList<>();
    private List<Content> contents = List.of();
    /** Hashes of files, each of which is read once for all of its parts. */
    private final Map<AudioSource, String> hashes = new ConcurrentHashMap<>();

    Examination(List<Recording> listed, DataSnapshot known, RecordingInspector inspector, WorkThreads work) {
        this.listed = listed;
        this.known = known;
        this.inspector = inspector;
        this.work = work;
    }

    /** A recording's bytes, or why they cannot be had. */
    private record Content(String sha256, String source, @Nullable IOException failure) {}

    /**
     * A recording that was looked at and can be read.
     *
     * @param arrived whether it is not known from the round before, or not in this way
     * @param facts facts of a recording that arrived
     */
    private record Looked(Recording recording, DataSnapshot.Entry entry, boolean arrived, @Nullable RecordingFacts facts) {

        String id() {
            return recording.id();
        }
    }

    /** A recording that was looked at, or why it cannot be read. */
    private record Look(@Nullable Looked looked, String unreadable) {}

    /**
     * The result of an examination.
     *
     * @param snapshot snapshot of all usable recordings
     * @param quarantined the recordings in quarantine
     * @param arrived usable recordings that were not known before
     */
    record Result(DataSnapshot snapshot, List<QuarantinedRecording> quarantined, List<RecordingFacts> arrived) {}

    /** Returns a hash of all listed recordings, readable or not, which identifies the state of the data. */
    String listedVersion() {
        contents = work.all(listed, this::content);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < listed.size(); i++) {
            Recording one = listed.get(i);
            lines.add(String.join("\t", one.id(), one.subject(), one.label().name(), contents.get(i).sha256) + "\n");
        }
        return Sha256.hex(lines.stream().sorted().collect(Collectors.joining()));
    }

    private Content content(Recording recording) {
        AudioSource audio = recording.audio();
        try {
            String source = audio.version().map(version -> version + audio.part().idSuffix()).orElse("");
            DataSnapshot.Entry before = known.entries().get(recording.id());
            if (before != null && !source.isEmpty() && before.source().equals(source)) {
                return new Content(before.content(), source, null);
            }
            String file = hashes.computeIfAbsent(audio.whole(), Examination::hash);
            return new Content(Parts.content(file, audio.part()), source, null);
        } catch (IOException e) {
            return new Content("", "", e);
        } catch (UncheckedIOException e) {
            return new Content("", "", e.getCause());
        }
    }

    private static String hash(AudioSource file) {
        try (InputStream in = file.open()) {
            return Sha256.hex(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Examines all arrivals. Called after {@link #listedVersion}.
     *
     * @param suspects recordings whose labels were found suspect before, and have not changed
     * @param plan the plan that limits the usable recordings
     */
    Result run(Predicate<DataSnapshot.Entry> suspects, ChangePlan plan) {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < listed.size(); i++) {
            places.add(i);
        }
        List<Look> all = work.all(places, this::look);
        for (int i = 0; i < all.size(); i++) {
            Looked one = all.get(i).looked;
            if (one == null) {
                quarantine(listed.get(i), QuarantinedRecording.Reason.UNREADABLE, all.get(i).unreadable);
                continue;
            }
            Optional<String> outside = plan.outside(one.recording);
            if (outside.isPresent()) {
                quarantine(one.recording, QuarantinedRecording.Reason.NOT_IN_PLAN, outside.get());
            } else if (suspects.test(one.entry)) {
                quarantine(one.recording, QuarantinedRecording.Reason.SUSPECT_LABELS,
                        "the champion's answers spoke against the labels of what arrived with it; correct the label, or allow"
                                + " such labels in the change plan");
            } else {
                looked.put(one.id(), one);
            }
        }
        holdAgainstSameSounds();
        if (plan.oneLabelPerSubject()) {
            holdAgainstSameSubjects();
        }
        return new Result(
                DataSnapshot.of(looked.values().stream().map(Looked::entry).toList()),
                List.copyOf(quarantined),
                looked.values().stream().filter(Looked::arrived).map(Looked::facts).toList());
    }

    private Look look(int place) {
        Recording recording = listed.get(place);
        Content content = contents.get(place);
        if (content.failure != null) {
            return new Look(null, "it could not be reached (" + content.failure + ")");
        }
        DataSnapshot.Entry before = known.entries().get(recording.id());
        DataSnapshot.Entry now = new DataSnapshot.Entry(recording.id(), recording.subject(), recording.label(),
                content.sha256, "", content.source, new TreeMap<>());
        if (before != null && before.same(now)) {
            return new Look(new Looked(recording, new DataSnapshot.Entry(before.id(), before.subject(), before.label(),
                    before.content(), before.sound(), content.source, before.traits()), false, null), "");
        }
        try {
            RecordingFacts facts = inspector.inspect(recording);
            return new Look(new Looked(recording, new DataSnapshot.Entry(recording.id(), recording.subject(),
                    recording.label(), content.sha256, facts.sound(), content.source, new TreeMap<>(facts.traits())),
                    true, facts), "");
        } catch (AudioException e) {
            return new Look(null, String.valueOf(e.getMessage()));
        }
    }

    private void quarantine(Recording recording, QuarantinedRecording.Reason reason, String detail) {
        quarantined.add(new QuarantinedRecording(
                recording.id(), recording.subject(), recording.label(), reason, detail));
    }

    private void keepOut(Looked one, QuarantinedRecording.Reason reason, String detail) {
        looked.remove(one.id());
        quarantine(one.recording, reason, detail);
    }

    private void holdAgainstSameSounds() {
        Map<String, List<Looked>> bySound = looked.values().stream().collect(
                Collectors.groupingBy(one -> one.entry.sound(), LinkedHashMap::new, Collectors.toList()));
        for (List<Looked> same : bySound.values()) {
            if (same.size() < 2) {
                continue;
            }
            boolean contradicting = same.stream().map(one -> List.of(one.entry.label(), one.entry.subject()))
                    .distinct().count() > 1;
            Looked kept = same.stream().filter(one -> !one.arrived).findFirst().orElse(same.get(0));
            for (Looked one : same) {
                if (contradicting && one.arrived) {
                    Looked other = same.stream().filter(it -> it.entry.label() != one.entry.label()
                            || !it.entry.subject().equals(one.entry.subject())).findFirst().orElse(kept);
                    keepOut(one, QuarantinedRecording.Reason.CONTRADICTING_AUDIO, "it is of subject " + one.entry.subject() + " and "
                            + one.entry.label() + ", but sounds the very same as " + other.id() + ", which is of subject "
                            + other.entry.subject() + " and " + other.entry.label());
                } else if (!contradicting && one.arrived && !one.equals(kept)) {
                    keepOut(one, QuarantinedRecording.Reason.DUPLICATE, "it sounds the very same as " + kept.id());
                }
            }
        }
    }

    private void holdAgainstSameSubjects() {
        Map<String, List<Looked>> bySubject = looked.values().stream().collect(
                Collectors.groupingBy(one -> one.entry.subject(), LinkedHashMap::new, Collectors.toList()));
        bySubject.forEach((subject, ofSubject) -> {
            Set<Label> before = labels(ofSubject.stream().filter(one -> !one.arrived).toList());
            Set<Label> now = labels(ofSubject);
            for (Looked one : new LinkedHashSet<>(ofSubject)) {
                boolean agrees = before.isEmpty() ? now.size() == 1 : before.contains(one.entry.label());
                if (one.arrived && !agrees) {
                    keepOut(one, QuarantinedRecording.Reason.CONTRADICTING_SUBJECT, "it is " + one.entry.label() + ", but "
                            + (before.isEmpty() ? "subject " + subject + " arrived with both classes"
                                    : "subject " + subject + " is " + before.iterator().next() + " in "
                                            + ofSubject.stream().filter(it -> !it.arrived).findFirst()
                                                    .map(Looked::id).orElse("others")));
                }
            }
        });
    }

    private static Set<Label> labels(List<Looked> recordings) {
        EnumSet<Label> labels = EnumSet.noneOf(Label.class);
        recordings.forEach(one -> labels.add(one.entry.label()));
        return labels;
    }
}
