package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.internal.adapter.FaultList;
import io.github.spirabr.core.recording.AudioSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Cuts of lhotse, one JSON object in each line, plain or compressed by gzip: parts of recordings with their supervisions. Cuts
 * that are mixed, padded or changed are refused, since they are no part of a file.
 */
final class LhotseCuts implements Form {

    private static final String NO_PART = "cuts that are no part of a file";

    private final AudioSource file;
    private final FaultList notices;

    /**
     * Creates an instance.
     *
     * @param notices receives a sentence for each custom field that is left out, as it is no single value
     */
    LhotseCuts(AudioSource file, FaultList notices) {
        this.file = file;
        this.notices = notices;
    }

    @Override
    public boolean namesParts() {
        return true;
    }

    @Override
    public boolean read(Consumer<NamedRow> rows, FaultList faults) {
        LhotseValues values = new LhotseValues(notices);
        return TextLines.read(file, "", (place, bytes, offset, length) ->
                rows.accept(row(place, JsonLine.read(bytes, offset, length), values)), faults);
    }

    private static NamedRow row(Place place, Map<String, Object> cut, LhotseValues values) throws FaultyLineException {
        String id = LhotseRecording.text(cut, "a cut", "id");
        String type = LhotseRecording.text(cut, "the cut '" + id + "'", "type");
        Optional<String> refusal = switch (type) {
            case "MonoCut", "MultiCut", "Cut" -> Optional.empty();
            case "MixedCut" -> Optional.of("is mixed of " + (cut.get("tracks") instanceof List<?> tracks ? tracks.size() : 0)
                    + " tracks; list the cuts before they were mixed or padded, or save the mixtures by lhotse's save_audios and"
                    + " list those files");
            case "PaddingCut" -> Optional.of("is padding; leave it out");
            default -> Optional.of("is of the type '" + type + "'; leave it out");
        };
        if (refusal.isPresent()) {
            throw new FaultyLineException(NO_PART, "the cut '" + id + "' must be a part of a file, but " + refusal.get());
        }
        if (!(cut.get("recording") instanceof Map<?, ?> recording)) {
            throw new FaultyLineException(NO_PART, "the cut '" + id + "' must have a recording, but has none; write the cuts with"
                    + " their recordings, and not with features alone");
        }
        LhotseRecording file = LhotseRecording.of(recording);
        Map<String, String> row = file.part(
                DecimalSeconds.parse("start", cut.get("start")), DecimalSeconds.parse("duration", cut.get("duration")),
                LhotseRecording.channels(cut.get("channel")));
        if (cut.get("supervisions") instanceof List<?> list && list.size() == 1 && list.get(0) instanceof Map<?, ?> supervision) {
            row = file.exact(supervision, row);
        }
        values.add(place, cut, row);
        values.addId(id, row);
        return new NamedRow(place, row);
    }
}
