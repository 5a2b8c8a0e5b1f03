package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.storage.ManifestFormat;
import io.github.spirabr.core.storage.Storage;
import io.github.spirabr.core.storage.StorageProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Lists of recordings in files and folders, see {@link Manifest} and {@link ClassLists}. Thread-safe. */
public final class ManifestFormats implements ManifestFormat {

    /** Called by {@link java.util.ServiceLoader}. */
    public ManifestFormats() {}

    @Override
    public RecordingSource recordings(String location, Map<String, ?> layout) {
        Manifest.Builder builder = Storage.isAddress(location)
                ? Manifest.builder(Storage.of(location).file(location)) : Manifest.builder(Path.of(location));
        Map<String, Object> settings = new HashMap<>(layout);
        Optional<String> root = Optional.ofNullable(settings.remove("root")).map(Object::toString);
        if (root.isPresent() && !Storage.isAddress(root.get())) {
            builder.root(Path.of(root.get()));
        } else if (root.isPresent() || Storage.isAddress(location)) {
            String folder = root.orElse(location.replaceFirst("/[^/]*$", ""));
            StorageProvider audio = Storage.of(folder);
            builder.audioBelow(root.orElse(null), id -> audio.file(Storage.isAddress(id) ? id : folder + "/" + id));
        }
        return builder.layout(settings).build();
    }

    @Override
    public RecordingSource recordings(
            String controls, String patients, Optional<String> root, Optional<Pattern> subjectPattern) {
        ClassLists lists = ClassLists.of(Path.of(controls), Path.of(patients));
        if (root.isPresent()) {
            lists = lists.under(Path.of(root.get()));
        }
        return subjectPattern.isPresent() ? lists.subjectPattern(subjectPattern.get()) : lists;
    }

    @Override
    public List<AudioSource> noises(
            String list, Optional<String> column, Optional<String> root, Consumer<String> faults) {
        Path file = Path.of(list);
        Path folder = root.map(Path::of).orElse(file.resolveSibling(""));
        CSVFormat.Builder format = CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true);
        column.ifPresent(any -> format.setHeader().setSkipHeaderRecord(true));
        // Augmentations draw by place, and the order of the lines must not matter.
        Set<Path> paths = new TreeSet<>();
        FilesOnDisk disk = new FilesOnDisk();
        try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, format.get())) {
            if (column.isPresent() && !parser.getHeaderMap().containsKey(column.get())) {
                faults.accept(list + " has no column '" + column.get() + "'; found " + parser.getHeaderNames());
                return List.of();
            }
            for (CSVRecord row : parser) {
                String text = column.isPresent() ? row.get(column.get()) : row.get(0);
                String path = text.strip().replace('\\', '/');
                Path noise = folder.resolve(disk.find(folder, path).orElse(path)).normalize();
                if (!Files.isRegularFile(noise)) {
                    faults.accept("line " + parser.getCurrentLineNumber() + " of " + list + " names the noise " + noise
                            + ", which does not exist");
                }
                paths.add(noise);
            }
            if (paths.isEmpty()) {
                faults.accept(list + " names no noise");
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            String reason = e instanceof InvalidPathException invalid ? invalid.getReason() : e.getMessage();
            faults.accept(list + " could not be read as a CSV file in UTF-8 (" + reason + ")");
        }
        return paths.stream().<AudioSource>map(FileAudioSource::of).toList();
    }
}
