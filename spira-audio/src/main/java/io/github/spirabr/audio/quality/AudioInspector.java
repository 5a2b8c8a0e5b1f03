package io.github.spirabr.audio.quality;

import io.github.spirabr.core.audio.AudioException;
import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.audio.SoundDigest;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.inspection.RecordingFacts;
import io.github.spirabr.core.inspection.RecordingInspector;
import io.github.spirabr.core.recording.Recording;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Looks at recordings: the traits {@code codec}, {@code sampleRate} (of the file, in hertz) and {@code channels}, the
 * measures {@code durationSeconds}, those of {@link AudioQuality}, and {@code noise63HzDb} to {@code noise4000HzDb}: the
 * level of each octave in the quietest tenth of a recording, which is what its room and microphone sound like. Immutable
 * and thread-safe.
 */
public final class AudioInspector implements RecordingInspector {

    private final AudioReader reader;

    private AudioInspector(AudioReader reader) {
        this.reader = reader;
    }

    /** Looks at what this reader gives. */
    public static AudioInspector of(AudioReader reader) {
        return new AudioInspector(reader);
    }

    @Override
    public RecordingFacts inspect(Recording recording) {
        Waveform waveform = reader.read(recording.id(), recording.audio());
        Map<String, String> traits = new LinkedHashMap<>();
        waveform.source().ifPresent(source -> {
            traits.put("codec", source.codec());
            traits.put("sampleRate", Integer.toString(source.sampleRate()));
            traits.put("channels", Integer.toString(source.channels()));
        });
        return new RecordingFacts(
                recording, content(recording), SoundDigest.of(waveform), waveform.duration(), traits, measures(waveform));
    }

    private static Map<String, Double> measures(Waveform waveform) {
        AudioQuality quality = AudioQuality.of(waveform);
        Map<String, Double> measures = new LinkedHashMap<>();
        measures.put("durationSeconds", (double) waveform.length() / waveform.sampleRate());
        measures.put("levelDb", quality.levelDb());
        measures.put("peak", quality.peak());
        measures.put("clipped", quality.clipped());
        measures.put("silent", quality.silent());
        measures.put("noiseFloorDb", quality.noiseFloorDb());
        measures.put("signalToNoiseDb", quality.signalToNoiseDb());
        measures.put("bandwidthHertz", quality.bandwidthHertz());
        NoiseSpectrum.of(waveform).forEach((centre, level) -> measures.put("noise" + centre + "HzDb", level));
        return measures;
    }

    private static String content(Recording recording) {
        MessageDigest digest = sha256();
        try (InputStream in = recording.audio().open()) {
            new DigestInputStream(in, digest).transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new AudioException(recording.id(), AudioException.Reason.UNREACHABLE,
                    "its bytes could be decoded, but then not be read again (" + e.getMessage() + ")", e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
