package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.internal.adapter.FaultList;
import io.github.spirabr.core.recording.AudioSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Recordings and supervisions of lhotse, a list of each; each supervision is a row. The recordings are held in memory, the
 * supervisions are not.
 */
final class LhotseTables implements Form {

    private final AudioSource recordings;
    private final AudioSource supervisions;
    private final FaultList notices;

    /**
     * Creates an instance.
     *
     * @param notices receives a sentence for each custom field that is left out, as it is no single value
     */
    LhotseTables(AudioSource recordings, AudioSource supervisions, FaultList notices) {
        this.recordings = recordings;
        this.supervisions = supervisions;
        this.notices = notices;
    }

    @Override
    public boolean namesParts() {
        return true;
    }

    @Override
    public boolean read(Consumer<NamedRow> rows, FaultList faults) {
        Map<String, LhotseRecording> known = new HashMap<>();
        Map<String, Place> unused = new LinkedHashMap<>();
        boolean listed = TextLines.read(recordings, nameOf(recordings), (place, bytes, offset, length) -> {
            LhotseRecording recording = LhotseRecording.of(JsonLine.read(bytes, offset, length));
            if (known.putIfAbsent(recording.id(), recording) != null) {
                throw new FaultyLineException("recordings that are listed twice", "the recording '" + recording.id()
                        + "' must be listed once, but is already in " + unused.get(recording.id()) + "; remove one");
            }
            unused.put(recording.id(), place);
        }, faults);
        if (!listed) {
            return false;
        }
        LhotseValues values = new LhotseValues(notices);
        boolean supervised = TextLines.read(supervisions, nameOf(supervisions), (place, bytes, offset, length) -> {
            rows.accept(row(place, JsonLine.read(bytes, offset, length), known, values, unused));
        }, faults);
        if (!supervised) {
            return false;
        }
        unused.forEach((id, place) -> faults.add("recordings without a supervision", place.toString(), "the recording '" + id
                + "' must have a supervision, but " + nameOf(supervisions) + " has none of it; add one, or remove the"
                + " recording"));
        return unused.isEmpty();
    }

    private NamedRow row(
            Place place, Map<String, Object> supervision, Map<String, LhotseRecording> known, LhotseValues values,
            Map<String, Place> unused) throws FaultyLineException {
        String id = LhotseRecording.text(supervision, "a supervision", "id");
        String recordingId = LhotseRecording.text(supervision, "the supervision '" + id + "'", "recording_id");
        unused.remove(recordingId);
        LhotseRecording recording = known.get(recordingId);
        if (recording == null) {
            throw new FaultyLineException("supervisions without a recording", "the recording '" + recordingId
                    + "' must be listed, but " + nameOf(recordings) + " has none of this id; add it, or remove the supervision");
        }
        Map<String, String> row = recording.exact(supervision, recording.part(
                DecimalSeconds.parse("start", supervision.get("start")),
                DecimalSeconds.parse("duration", supervision.get("duration")),
                LhotseRecording.channels(supervision.get("channel"))));
        values.addSupervision(place, supervision, row);
        values.addId(id, row);
        return new NamedRow(place, row);
    }

    private static String nameOf(AudioSource file) {
        return file.name().replaceFirst(".*[/\\\\]", "");
    }
}
