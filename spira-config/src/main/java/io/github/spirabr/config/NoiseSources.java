package io.github.spirabr.config;

import io.github.spirabr.config.Experiment.NoiseFiles;
import io.github.spirabr.config.ExperimentReader.FaultSink;
import io.github.spirabr.core.preprocessing.NoiseSet;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.storage.fs.manifest.FileAudioSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The audio files of a set of noises. */
final class NoiseSources {

    /** As many as any part may ask for. */
    private static final int MADE_UP = 1000;

    private NoiseSources() {}

    /** Lists the files and looks whether they are there; opens none of them. */
    static NoiseSet listed(String name, NoiseFiles files, FaultSink faults) {
        Set<Path> paths = new LinkedHashSet<>(files.files());
        for (int i = 0; i < files.files().size(); i++) {
            String path = "noises." + name + ".files[" + i + "]";
            if (!Files.isRegularFile(files.files().get(i))) {
                faults.fault(path, path + ": there is no file " + files.files().get(i) + "; correct the path");
            }
        }
        files.list().ifPresent(list -> readList("noises." + name + ".list", list, files, paths, faults));
        List<AudioSource> sources = new ArrayList<>();
        paths.forEach(path -> sources.add(FileAudioSource.of(path)));
        return new NoiseSet(name, sources, files.trainingShare(), files.seed());
    }

    /** A set of which nothing is looked for. */
    static NoiseSet madeUp(String name, NoiseFiles files) {
        List<AudioSource> sources = new ArrayList<>();
        String of = files.list().map(Path::toString).orElse(name);
        for (int i = 1; i <= MADE_UP; i++) {
            sources.add(FileAudioSource.of(Path.of(of + "-" + i)));
        }
        return new NoiseSet(name, sources, files.trainingShare(), files.seed());
    }

    private static void readList(String path, Path list, NoiseFiles files, Set<Path> paths, FaultSink faults) {
        if (!Files.isRegularFile(list)) {
            faults.fault(path, path + ": there is no file " + list + "; correct the path");
            return;
        }
        Path root = files.root().orElse(list.resolveSibling(""));
        CSVFormat format = files.column().isPresent()
                ? CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).setIgnoreEmptyLines(true).get()
                : CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get();
        int before = paths.size();
        try (CSVParser parser = CSVParser.parse(list, StandardCharsets.UTF_8, format)) {
            if (files.column().isPresent() && !parser.getHeaderMap().containsKey(files.column().get())) {
                faults.fault(path, path + ": " + list + " has no column '" + files.column().get() + "'; found "
                        + parser.getHeaderNames());
                return;
            }
            for (CSVRecord row : parser) {
                String text = files.column().isPresent() ? row.get(files.column().get()) : row.get(0);
                Path file = root.resolve(text.strip().replace('\\', '/')).normalize();
                if (!Files.isRegularFile(file)) {
                    faults.fault(path, path + ": there is no noise " + file + ", which line "
                            + parser.getCurrentLineNumber() + " of " + list + " names");
                }
                paths.add(file);
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            String reason = e instanceof InvalidPathException invalid ? invalid.getReason() : e.getMessage();
            faults.fault(path, path + ": " + list + " cannot be read as a CSV file in UTF-8 (" + reason + ")");
            return;
        }
        if (paths.size() == before) {
            faults.fault(path, path + ": " + list + " names no noise");
        }
    }
}
