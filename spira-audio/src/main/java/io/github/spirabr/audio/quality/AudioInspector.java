package io.github.spirabr.audio.quality;

import io.github.spirabr.audio.internal.DigitalSilence;
import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.audio.SourceFormat;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.inspection.ContentInspector;
import io.github.spirabr.core.inspection.RecordingFacts;
import io.github.spirabr.core.inspection.RecordingInspector;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.recording.Recording;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An inspector that decodes recordings: the traits {@code codec}, {@code sampleRate} (of the file, in hertz), {@code
 * channels} and {@code digitalSilence} (whether there are 10 ms or more of exact zeros), the measures {@code durationSeconds}, those of {@link AudioQuality}, and {@code noise63HzDb} to {@code
 * noise4000HzDb}: the level of each octave in the quietest tenth of a recording without digital silence, which is the sound of its room and
 * microphone. The notes are those of the reader. {@link #withSpeech} adds measures of speech. Immutable and thread-safe.
 */
public final class AudioInspector implements RecordingInspector {

    private final AudioReader reader;
    private final Optional<FeatureExtractor> statistics;

    private AudioInspector(AudioReader reader, Optional<FeatureExtractor> statistics) {
        this.reader = reader;
        this.statistics = statistics;
    }

    /** Returns an inspector of the waveforms that this reader decodes. */
    public static AudioInspector of(AudioReader reader) {
        return new AudioInspector(reader, Optional.empty());
    }

    /**
     * Returns an inspector that also measures the speech of each recording.
     *
     * @param statistics an extractor of one frame of named features, such as {@code SpeechStatistics}
     */
    public AudioInspector withSpeech(FeatureExtractor statistics) {
        if (statistics.featureNames().isEmpty()) {
            throw new IllegalArgumentException("statistics must name their features, but " + statistics.description().type()
                    + " has no names; give an extractor such as speech-statistics");
        }
        return new AudioInspector(reader, Optional.of(statistics));
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
        traits.put("digitalSilence", DigitalSilence.isIn(waveform) ? "some" : "none");
        return new RecordingFacts(recording, ContentInspector.digest(recording), waveform.digest(), waveform.duration(),
                traits, measures(waveform), speech(waveform), waveform.source().map(SourceFormat::notes).orElse(List.of()));
    }

    private Map<String, Double> speech(Waveform waveform) {
        Map<String, Double> speech = new LinkedHashMap<>();
        statistics.ifPresent(extractor -> {
            FeatureMatrix values = extractor.extract(waveform);
            List<String> names = extractor.featureNames();
            for (int i = 0; i < names.size(); i++) {
                speech.put(names.get(i), (double) values.value(0, i));
            }
        });
        return speech;
    }

    /** Returns the measures of a recording, by name. */
    public static Map<String, Double> measures(Waveform waveform) {
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
        NoiseSpectrum.of(DigitalSilence.cutFrom(waveform).orElse(waveform)).forEach((centre, level) -> measures.put("noise" + centre + "HzDb", level));
        return measures;
    }
}
