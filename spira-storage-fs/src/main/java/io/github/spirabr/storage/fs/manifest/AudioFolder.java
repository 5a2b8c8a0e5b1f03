package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.internal.adapter.AudioNames;
import io.github.spirabr.core.internal.adapter.FaultList;
import io.github.spirabr.storage.fs.internal.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A folder of audio files. A {@code metadata.csv} or {@code metadata.jsonl} in it, or in its folders {@code train}, {@code test}
 * and the like, lists them in the column {@code file_name} or {@code file_path}; without one, the outermost folder of a file is its class, and further
 * folders are the column {@code folder}. A folder of a set is never a class: it is the column {@code split}. Paths are relative
 * to the folder.
 */
final class AudioFolder implements Form {

    private static final List<String> LISTS = List.of("metadata.csv", "metadata.jsonl", "metadata.parquet");
    private static final Set<String> SETS = Set.of(
            "train", "training", "test", "testing", "val", "valid", "validation", "dev", "eval", "evaluation");
    private static final String FILE_NAME = "file_name";

    private final Path folder;
    private final FaultList notices;
    private final CsvForm.Dialect dialect;

    /**
     * Creates an instance.
     *
     * @param notices receives a sentence for each file that is left out
     */
    AudioFolder(Path folder, FaultList notices, CsvForm.Dialect dialect) {
        this.folder = folder;
        this.notices = notices;
        this.dialect = dialect;
    }

    @Override
    public boolean read(Consumer<NamedRow> rows, FaultList faults) {
        Reading reading = new Reading(rows, faults);
        try {
            return reading.read() && reading.complete;
        } catch (IOException e) {
            faults.add("unreadable folders", "", "the folder could not be read (" + e + "); correct its path or its permissions");
            return false;
        }
    }

    /** Returns whether a folder of this name holds a set of a split. */
    static boolean isSet(String name) {
        return SETS.contains(name.toLowerCase(Locale.ROOT));
    }

    /** One reading. */
    private final class Reading {

        private final Consumer<NamedRow> rows;
        private final FaultList faults;
        private final Set<String> listed = new HashSet<>();
        private final Set<Path> open = new HashSet<>();
        private boolean complete = true;
        private boolean hasClasses;

        Reading(Consumer<NamedRow> rows, FaultList faults) {
            this.rows = rows;
            this.faults = faults;
        }

        boolean read() throws IOException {
            Map<String, String> lists = new TreeMap<>();
            find(folder, "", lists);
            for (String name : Folders.names(folder)) {
                if (isSet(name) && Files.isDirectory(folder.resolve(name))) {
                    find(folder.resolve(name), name + "/", lists);
                }
            }
            if (!lists.isEmpty()) {
                for (Map.Entry<String, String> list : lists.entrySet()) {
                    Form form = list(list.getKey(), list.getValue());
                    complete = form.read(row -> listed(row, list.getKey()), faults) && complete;
                }
                walk(folder, "", (path, parts) -> {
                    if (!listed.contains(ListedFiles.id(path, folder))) {
                        notices.add("audio files that no list names", path, "is named by no list of the folder and is left out");
                    }
                });
                return complete;
            }
            List<String> audio = new ArrayList<>();
            walk(folder, "", (path, parts) -> {
                audio.add(path);
                hasClasses |= !folders(parts).isEmpty();
            });
            if (!hasClasses) {
                faults.add("folders without classes", "", "the folder " + folder + " must hold a folder for each class, or a"
                        + " list " + LISTS.get(0) + " or " + LISTS.get(1) + " with the column " + FILE_NAME + ", but has "
                        + (audio.isEmpty() ? "no audio files" : "neither") + "; folders named train, test and the like are no"
                        + " classes");
                return false;
            }
            audio.forEach(this::inClassFolder);
            return complete;
        }

        private void fault(String kind, String place, String sentence) {
            faults.add(kind, place, sentence);
            complete = false;
        }

        /** Adds the list of a folder, with the folder's path for those of its files. */
        private void find(Path parent, String prefix, Map<String, String> lists) {
            List<String> found = LISTS.stream().filter(name -> Files.isRegularFile(parent.resolve(name))).toList();
            if (found.size() > 1) {
                fault("folders with two lists", "", "the folder " + parent + " must have one list, but has "
                        + String.join(" and ", found) + "; remove one");
            }
            if (!found.isEmpty()) {
                lists.put(prefix, found.get(0));
            }
        }

        private Form list(String prefix, String name) {
            Path file = folder.resolve(prefix + name);
            return switch (name.substring(name.lastIndexOf('.'))) {
                case ".csv" -> new CsvTable(FileAudioSource.of(file), prefix + name, dialect);
                case ".jsonl" -> new JsonLinesForm(FileAudioSource.of(file), prefix + name);
                default -> (rows, faults) -> {
                    faults.add("unreadable lists", prefix + name, "the list must be CSV or JSON lines, but is Parquet; write"
                            + " it as " + LISTS.get(1));
                    return false;
                };
            };
        }

        /** Passes on a row of a list, whose paths start from the list's folder. */
        private void listed(NamedRow row, String prefix) {
            String column = row.values().containsKey(FILE_NAME) ? FILE_NAME
                    : row.values().keySet().stream().filter(Column.FILE::isCalled).findFirst().orElse(FILE_NAME);
            String name = row.values().get(column);
            if (name == null || name.isBlank()) {
                fault("lines without an audio file", row.place().toString(), FILE_NAME + " must name the audio file, but is "
                        + (name == null ? "not there" : "blank") + "; add it");
                return;
            }
            if (column.equals(FILE_NAME) && row.values().containsKey("file_path")) {
                fault("lines with two audio files", row.place().toString(), "must name the audio file in " + FILE_NAME
                        + " alone, but has the column 'file_path', too; rename it");
                return;
            }
            String path = prefix + name.replace('\\', '/');
            listed.add(ListedFiles.id(path, folder));
            Map<String, String> values = new LinkedHashMap<>();
            values.put("file_path", path);
            row.values().forEach((other, value) -> {
                if (!other.equals(column)) {
                    values.put(other, value);
                }
            });
            if (addSet(row.place().toString(), List.of(path.split("/+")), values)) {
                rows.accept(new NamedRow(row.place(), values));
            }
        }

        private void inClassFolder(String path) {
            List<String> parts = List.of(path.split("/"));
            List<String> folders = folders(parts);
            if (folders.isEmpty()) {
                fault("audio files without a class", path, "must lie in the folder of a class, as others do, but does not;"
                        + " move it");
                return;
            }
            Map<String, String> values = new LinkedHashMap<>();
            values.put("file_path", path);
            values.put("class", folders.get(0));
            if (folders.size() > 1) {
                values.put("folder", String.join("/", folders.subList(1, folders.size())));
            }
            if (addSet(path, parts, values)) {
                rows.accept(new NamedRow(new Place(path, 0), values));
            }
        }

        /** Returns the folders of a file but those of sets. */
        private List<String> folders(List<String> parts) {
            return parts.subList(0, parts.size() - 1).stream().filter(name -> !isSet(name)).toList();
        }

        private boolean addSet(String place, List<String> parts, Map<String, String> values) {
            List<String> sets = parts.subList(0, parts.size() - 1).stream().filter(AudioFolder::isSet).distinct().toList();
            String before = values.get("split");
            if (sets.size() > 1 || before != null && !sets.isEmpty() && !before.equals(sets.get(0))) {
                fault("audio files of two sets", place, "must be of one set, but is of " + String.join(" and ", sets)
                        + (before == null ? "" : " and " + before) + "; move it, or correct the column split");
                return false;
            }
            sets.forEach(set -> values.put("split", set));
            return true;
        }

        /** Walks through all audio files, in the order of their names; tells those that are left out. */
        private void walk(Path parent, String prefix, AudioFile file) throws IOException {
            Path real = parent.toRealPath();
            if (!open.add(real)) {
                fault("links in a circle", prefix, "the folder is a link to a folder that holds it; remove the link");
                return;
            }
            for (String name : Folders.names(parent)) {
                Path entry = parent.resolve(name);
                String path = prefix + name;
                if (name.startsWith(".")) {
                    notices.add("hidden files", path, "is hidden and is left out");
                } else if (Files.isDirectory(entry)) {
                    walk(entry, path + "/", file);
                } else if (AudioNames.isAudio(name) && Files.isRegularFile(entry)) {
                    file.take(path, List.of(path.split("/")));
                } else if (!LISTS.contains(name)) {
                    notices.add("files without the ending of audio", path, "is no audio file by its ending and is left out");
                }
            }
            open.remove(real);
        }
    }

    /** A user of audio files. */
    private interface AudioFile {
        void take(String path, List<String> parts);
    }
}
