package io.github.spirabr.audio.quality;

import io.github.spirabr.audio.decode.FfmpegHeaders;
import io.github.spirabr.core.audio.SourceFormat;
import io.github.spirabr.core.inspection.RecordingFacts;
import io.github.spirabr.core.inspection.RecordingInspector;
import io.github.spirabr.core.recording.Recording;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An inspector that reads the headers of recordings and decodes none: the traits {@code codec}, {@code sampleRate} (in hertz)
 * and {@code channels}, and the measure {@code durationSeconds} where the header states it. Stateless.
 */
public final class HeaderInspector implements RecordingInspector {

    @Override
    public RecordingFacts inspect(Recording recording) {
        SourceFormat format = FfmpegHeaders.read(recording.id(), recording.audio());
        Map<String, String> traits = new LinkedHashMap<>();
        traits.put("codec", format.codec());
        traits.put("sampleRate", Integer.toString(format.sampleRate()));
        traits.put("channels", Integer.toString(format.channels()));
        Map<String, Double> measures =
                format.duration().isZero() ? Map.of() : Map.of("durationSeconds", format.duration().toNanos() / 1e9);
        return new RecordingFacts(recording, "", "", format.duration(), traits, measures);
    }
}
