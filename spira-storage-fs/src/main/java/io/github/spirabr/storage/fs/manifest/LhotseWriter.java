package io.github.spirabr.storage.fs.manifest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.spirabr.core.audio.SourceFormat;
import io.github.spirabr.core.recording.AudioPart;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Recording;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Writes recordings as cuts of lhotse. Custom fields, as text, hold what lhotse has no place for. Used once. */
final class LhotseWriter {

    private static final List<String> OF_SUPERVISIONS = List.of("text", "language", "gender");
    private static final String CUT = "cut";
    private static final ObjectWriter JSON = JsonMapper.builder()
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN).build().writer();

    private final ListedValues values;
    private final Function<AudioSource, SourceFormat> formats;
    private final Map<AudioSource, FileLength> known = new HashMap<>();
    private final Set<String> ids = new HashSet<>();

    /**
     * The length of a file.
     *
     * @param sampleRate sample rate, in hertz
     * @param samples samples of each channel
     */
    private record FileLength(int sampleRate, long samples, int channels) {}

    /**
     * Creates an instance.
     *
     * @param formats returns rate, channels and exact length of a whole file, asked once for each file
     */
    LhotseWriter(ListedValues values, Function<AudioSource, SourceFormat> formats) {
        this.values = values;
        this.formats = formats;
    }

    void write(List<Recording> recordings, OutputStream out) throws IOException {
        for (Recording recording : recordings) {
            FileLength length = known.computeIfAbsent(recording.audio().whole(), this::length);
            out.write(JSON.writeValueAsBytes(cut(recording, length)));
            out.write('\n');
        }
    }

    private FileLength length(AudioSource file) {
        SourceFormat format = formats.apply(file);
        long samples = DecimalSeconds.samples(DecimalSeconds.of(format.duration()), format.sampleRate());
        if (samples == 0) {
            throw new IllegalArgumentException("the length of " + file.name() + " must be known for a list of lhotse, but its"
                    + " header has none; convert the file to WAV or FLAC");
        }
        return new FileLength(format.sampleRate(), samples, format.channels());
    }

    private Map<String, Object> cut(Recording recording, FileLength length) {
        String path = values.path(recording);
        AudioPart part = recording.audio().part();
        Map<String, String> times = ListedValues.part(part);
        BigDecimal whole = LhotseRecording.seconds(length.samples(), length.sampleRate());
        BigDecimal start = new BigDecimal(times.getOrDefault("offset", "0"));
        BigDecimal duration = times.containsKey("duration") ? new BigDecimal(times.get("duration")) : whole.subtract(start);
        List<Integer> channels = part.channel().isPresent() ? List.of(part.channel().getAsInt() - 1) : channels(length);
        Object channel = channels.size() == 1 ? channels.get(0) : channels;

        Map<String, String> metadata = new LinkedHashMap<>(ListedValues.metadata(recording));
        String id = takeId(path + part.idSuffix(), metadata);
        Map<String, Object> supervision = new LinkedHashMap<>();
        supervision.put("id", id);
        supervision.put("recording_id", path);
        supervision.put("start", 0);
        supervision.put("duration", duration);
        supervision.put("channel", channel);
        for (String name : OF_SUPERVISIONS) {
            if (metadata.containsKey(name)) {
                supervision.put(name, metadata.remove(name));
            }
        }
        supervision.put("speaker", recording.subject());
        Map<String, String> custom = new LinkedHashMap<>();
        custom.put("class", String.valueOf(recording.label().code()));
        custom.putAll(metadata);
        if (!partReadBack(recording, length, start, duration, channels).equals(times)) {
            custom.put(LhotseRecording.EXACT_PART, part.toString());
        }
        supervision.put("custom", custom);

        Map<String, Object> cut = new LinkedHashMap<>();
        cut.put("id", id);
        cut.put("start", start);
        cut.put("duration", duration);
        cut.put("channel", channel);
        cut.put("supervisions", List.of(supervision));
        cut.put("recording", recording(path, whole, length));
        cut.put("type", channels.size() == 1 ? "MonoCut" : "MultiCut");
        return cut;
    }

    private static List<Integer> channels(FileLength length) {
        return IntStream.range(0, length.channels()).boxed().toList();
    }

    private static Map<String, Object> recording(String path, BigDecimal whole, FileLength length) {
        Map<String, Object> source = new LinkedHashMap<>();
        source.put("type", "file");
        source.put("channels", channels(length));
        source.put("source", path);
        Map<String, Object> recording = new LinkedHashMap<>();
        recording.put("id", path);
        recording.put("sources", List.of(source));
        recording.put("sampling_rate", length.sampleRate());
        recording.put("num_samples", length.samples());
        recording.put("duration", whole);
        recording.put("channel_ids", channels(length));
        return recording;
    }

    /**
     * Returns an id that no other cut has: the metadata {@code cut} of a list of lhotse, which is then removed from the metadata,
     * or else the recording's own id.
     */
    private String takeId(String own, Map<String, String> metadata) {
        String cut = metadata.get(CUT);
        if (cut != null && !cut.equals(own) && ids.add(cut)) {
            metadata.remove(CUT);
            return cut;
        }
        if (!ids.add(own)) {
            throw new IllegalArgumentException("the ids of cuts must differ, but two are '" + own + "'; rename one in the"
                    + " column " + CUT);
        }
        return own;
    }

    /** Returns the part as it is read back from a cut without its exact text. */
    private static Map<String, String> partReadBack(
            Recording recording, FileLength length, BigDecimal start, BigDecimal duration, List<Integer> channels) {
        List<String> all = channels(length).stream().map(String::valueOf).toList();
        try {
            Map<String, String> part = new LhotseRecording(recording.id(), List.of(new LhotseRecording.Source("", all)),
                    length.sampleRate(), length.samples()).part(start, duration, channels.stream().map(String::valueOf).toList());
            part.remove("file_path");
            return part;
        } catch (FaultyLineException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
