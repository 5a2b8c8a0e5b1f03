package io.github.spirabr.cli;

import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.audio.SoundNote;
import io.github.spirabr.core.audio.SourceFormat;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureMatrix;
import io.github.spirabr.core.preprocessing.SlidingWindow;
import io.github.spirabr.storage.fs.manifest.FileAudioSource;
import io.github.spirabr.storage.fs.npy.NpyFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the features of audio files as NumPy arrays. */
final class FeatureArrays {

    /** An array that was written, [frames, features] or [windows, frames, features], and the notes on its recording. */
    record Written(Path file, Path array, List<Integer> shape, List<SoundNote> notes) {

        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("file", file.toString());
            json.put("array", array.toString());
            json.put("shape", shape);
            return json;
        }

        @Override
        public String toString() {
            int last = shape.size() - 1;
            return array + ": " + (last == 2 ? shape.get(0) + " windows x " : "") + shape.get(last - 1) + " frames x "
                    + shape.get(last) + " features";
        }
    }

    private final AudioReader reader;
    private final FeatureExtractor extractor;
    private final @Nullable SlidingWindow windowing;

    /**
     * @param windowing null to take whole recordings
     */
    FeatureArrays(AudioReader reader, FeatureExtractor extractor, @Nullable SlidingWindow windowing) {
        this.reader = reader;
        this.extractor = extractor;
        this.windowing = windowing;
    }

    /**
     * Returns the target of each file's array: the file's name with another ending.
     *
     * @throws IllegalArgumentException if two would be written to one place
     */
    static Map<Path, Path> places(List<Path> files, Path folder) {
        Map<Path, Path> places = new LinkedHashMap<>();
        for (Path file : files) {
            String name = String.valueOf(file.getFileName());
            int dot = name.lastIndexOf('.');
            Path array = folder.resolve((dot > 0 ? name.substring(0, dot) : name) + ".npy");
            Path other = places.put(array, file);
            if (other != null) {
                throw new IllegalArgumentException(
                        other + " and " + file + " would both be written to " + array + "; write them to two folders");
            }
        }
        return places;
    }

    Written write(Path file, Path array) {
        Waveform waveform = reader.read(file.toString(), FileAudioSource.of(file));
        List<SoundNote> notes = waveform.source().map(SourceFormat::notes).orElse(List.of());
        if (windowing != null) {
            List<FeatureMatrix> matrices = extractor.extract(waveform, WindowOptions.spans(windowing, waveform));
            NpyFile.write(array, matrices);
            return new Written(
                    file, array, List.of(matrices.size(), matrices.get(0).frames(), matrices.get(0).features()), notes);
        }
        FeatureMatrix matrix = extractor.extract(waveform);
        NpyFile.write(array, matrix);
        return new Written(file, array, List.of(matrix.frames(), matrix.features()), notes);
    }
}
