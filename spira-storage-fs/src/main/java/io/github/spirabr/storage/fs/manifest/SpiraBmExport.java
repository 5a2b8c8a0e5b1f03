package io.github.spirabr.storage.fs.manifest;

import io.github.spirabr.core.internal.adapter.AudioNames;
import io.github.spirabr.core.internal.adapter.FaultList;
import io.github.spirabr.core.internal.adapter.PlainText;
import io.github.spirabr.storage.fs.internal.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An export of SPIRA-BM's collector: a folder with {@code patients} and {@code samples}, each as {@code .csv} or {@code
 * .jsonl}, and the audio. A line of {@code patients} is a visit, with the names of the collector's application ({@code id},
 * {@code collectionSite}, {@code identifier}, {@code studyTypeId}, {@code participationWeek} ...); one of {@code samples} is a
 * file of a visit ({@code patientId}, {@code type}, {@code file}). Without {@code samples}, the files lie in a folder for each
 * visit, named by its id, and begin with their type. The subject is the identifier at its collection site, the session the week
 * of participation or else the day.
 */
final class SpiraBmExport implements Form {

    private static final Pattern NO_LIKENESS = Pattern.compile("[\\p{M}\\s]+");
    private static final Pattern NUMBER_AT_THE_END = Pattern.compile("[0-9]+$");
    private static final Map<String, String> TASKS = Map.of("ambientnoise", "ambient-noise", "sustentainedvowel",
            "sustained-vowel", "sustainedvowel", "sustained-vowel", "phrase", "phrase", "rhyme", "rhyme");
    /** The collector's numbers and the beginnings of its names, in Portuguese and English. */
    private static final Map<String, String> STUDIES = Map.ofEntries(Map.entry("1", "asthma"), Map.entry("2", "insufficiency"),
            Map.entry("3", "smoking"), Map.entry("4", "control"), Map.entry("asma", "asthma"), Map.entry("asthma", "asthma"),
            Map.entry("severeasthma", "asthma"), Map.entry("insuficiencia", "insufficiency"),
            Map.entry("insufficiency", "insufficiency"), Map.entry("respiratoryinsufficiency", "insufficiency"),
            Map.entry("tabagismo", "smoking"), Map.entry("smoking", "smoking"), Map.entry("controle", "control"),
            Map.entry("control", "control"));
    /** Columns of samples that name the file, by their letters. */
    private static final Set<String> FILE_COLUMNS = Set.of("file", "filename", "filepath", "path", "audio", "audiopath");

    private final Path folder;
    private final CsvForm.Dialect dialect;

    SpiraBmExport(Path folder, CsvForm.Dialect dialect) {
        this.dialect = dialect;
        this.folder = folder;
    }

    @Override
    public boolean namesParts() {
        return true;
    }

    @Override
    public boolean read(Consumer<NamedRow> rows, FaultList faults) {
        Reading reading = new Reading(rows, faults);
        List<String> patients = files("patients");
        List<String> samples = files("samples");
        if (patients.size() != 1 || samples.size() > 1) {
            String name = patients.size() != 1 ? "patients" : "samples";
            faults.add("lists of an export", "", "the folder " + folder + " must have either " + name + ".csv or " + name
                    + ".jsonl, but has " + (files(name).isEmpty() ? "neither" : "both") + "; export it again, or remove one");
            return false;
        }
        if (!table(patients.get(0)).read(reading::visit, faults) || !reading.complete) {
            return false;
        }
        boolean complete = samples.isEmpty() ? readFolders(reading) : table(samples.get(0)).read(reading::sample, faults);
        if (complete && reading.complete) {
            reading.tellSilent();
        }
        return complete && reading.complete;
    }

    private List<String> files(String name) {
        return Stream.of(name + ".csv", name + ".jsonl").filter(file -> Files.isRegularFile(folder.resolve(file))).toList();
    }

    private Form table(String file) {
        FileAudioSource source = FileAudioSource.of(folder.resolve(file));
        return file.endsWith(".csv") ? new CsvTable(source, file, dialect) : JsonLinesForm.flattening(source, file);
    }

    /** Reads the audio files in the folders of the visits. */
    private boolean readFolders(Reading reading) {
        for (String id : List.copyOf(reading.visits.keySet())) {
            if (!id.matches("[\\p{L}\\p{N}_-]+") || !Files.isDirectory(folder.resolve(id))) {
                continue;
            }
            Path visit = folder.resolve(id);
            try {
                for (String name : Folders.names(visit)) {
                    if (AudioNames.isAudio(name) && !name.startsWith(".")) {
                        reading.sample(sample(id, name));
                    }
                }
            } catch (IOException e) {
                reading.faults.add("unreadable folders", "", "the folder " + visit + " could not be read (" + e
                        + "); change its permissions");
                return false;
            }
        }
        return true;
    }

    private static NamedRow sample(String id, String name) {
        String type = NUMBER_AT_THE_END.matcher(name.substring(0, name.lastIndexOf('.'))).replaceFirst("");
        String file = id + "/" + name;
        return new NamedRow(new Place(file, 0), Map.of("patientId", id, "file", file, "type", type));
    }

    /** Returns a text in lower case, without accents and spaces. */
    private static String likeness(String text) {
        return NO_LIKENESS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("").toLowerCase(Locale.ROOT);
    }

    /** A visit of a patient. */
    private record Visit(Place place, Map<String, String> values) {}

    /** One reading. */
    private static final class Reading {

        private final Consumer<NamedRow> rows;
        private final FaultList faults;
        private final SharedTexts texts = new SharedTexts();
        private final Map<String, Visit> visits = new LinkedHashMap<>();
        private final Set<String> withoutSamples = new LinkedHashSet<>();
        /** Spellings of sites and patients by their letters. */
        private final Map<String, String> spellings = new HashMap<>();
        private boolean complete = true;

        Reading(Consumer<NamedRow> rows, FaultList faults) {
            this.rows = rows;
            this.faults = faults;
        }

        void visit(NamedRow row) {
            tellFaults(row, () -> addVisit(row));
        }

        void sample(NamedRow row) {
            tellFaults(row, () -> addSample(row));
        }

        private void tellFaults(NamedRow row, Step step) {
            try {
                step.run();
            } catch (FaultyLineException e) {
                e.addTo(faults, row.place());
                complete = false;
            }
        }

        private void addVisit(NamedRow row) throws FaultyLineException {
            Map<String, String> values = new LinkedHashMap<>();
            Map<String, String> others = new LinkedHashMap<>();
            Map<String, String> known = new HashMap<>();
            row.values().forEach((name, value) -> {
                String letters = Column.letters(name);
                switch (letters) {
                    case "id", "identifier", "studytypeid", "studytype", "participationweek" ->
                            known.put(letters, PlainText.of(value));
                    case "collectionsite", "collectiondate" -> {
                        known.put(letters, PlainText.of(value));
                        others.put(name, texts.of(name, value));
                    }
                    default -> others.put(name, texts.of(name, value));
                }
            });
            String id = required(known, "id");
            String site = oneSpelling(required(known, "collectionsite"), "");
            values.put("subject", site + "/" + oneSpelling(required(known, "identifier"), site));
            String week = known.get("participationweek");
            String date = known.getOrDefault("collectiondate", "");
            if (week != null) {
                values.put("session", week);
            } else if (date.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}.*")) {
                values.put("session", date.substring(0, 10));
            }
            values.put("study", study(known.getOrDefault("studytypeid", known.getOrDefault("studytype", ""))));
            others.forEach(values::putIfAbsent);
            Visit before = visits.putIfAbsent(id, new Visit(row.place(), values));
            if (before != null) {
                throw new FaultyLineException("visits that are listed twice", "the id '" + id + "' must be listed once, but is"
                        + " already in " + before.place + "; give each visit its own id");
            }
            withoutSamples.add(id);
        }

        private static String required(Map<String, String> values, String column) throws FaultyLineException {
            String value = values.get(column);
            if (value == null || value.isEmpty()) {
                throw new FaultyLineException("visits without " + column, "must have a value of '" + column
                        + "', but has none; add it");
            }
            return value;
        }

        /** Refuses a name that was written otherwise before, since one person would be two. */
        private String oneSpelling(String name, String site) throws FaultyLineException {
            String before = spellings.putIfAbsent(likeness(site) + "/" + likeness(name), name);
            if (before != null && !before.equals(name)) {
                throw new FaultyLineException("names in two spellings", "'" + name + "' must differ from '" + before
                        + "' in more than case, accents and spaces, but does not; write one of them if they are the same");
            }
            return name;
        }

        private static String study(String name) throws FaultyLineException {
            String letters = Column.letters(name);
            return Optional.ofNullable(STUDIES.get(letters))
                    .or(() -> STUDIES.entrySet().stream()
                            .filter(one -> one.getKey().length() > 1 && letters.startsWith(one.getKey()))
                            .map(Map.Entry::getValue).findFirst())
                    .orElseThrow(() -> new FaultyLineException("visits of an unknown study", "studyTypeId must be 1 (severe"
                            + " asthma), 2"
                            + " (respiratory insufficiency), 3 (smoking) or 4 (control), or the name of one, but was '" + name
                            + "'; correct it"));
        }

        private void addSample(NamedRow row) throws FaultyLineException {
            Map<String, String> known = new HashMap<>();
            Map<String, String> own = new LinkedHashMap<>();
            for (Map.Entry<String, String> one : row.values().entrySet()) {
                String letters = Column.letters(one.getKey());
                if (letters.equals("patientid") || letters.equals("type")) {
                    known.put(letters, PlainText.of(one.getValue()));
                } else if (!letters.equals("id")) {
                    put(own, FILE_COLUMNS.contains(letters) ? "file_path" : one.getKey(), one.getValue(), "another column");
                }
            }
            String id = required(known, "patientid");
            Visit visit = visits.get(id);
            if (visit == null) {
                throw new FaultyLineException("samples without a visit", "patientId '" + id
                        + "' must be the id of a patient, but no line of patients has it; correct it, or remove the sample");
            }
            withoutSamples.remove(id);
            String type = required(known, "type");
            String task = TASKS.get(Column.letters(type));
            if (task == null) {
                throw new FaultyLineException("samples of an unknown type", "type must be ambient_noise, sustentained_vowel,"
                        + " phrase or rhyme, but was '" + type + "'; correct it");
            }
            Map<String, String> values = new LinkedHashMap<>(visit.values);
            put(values, "task", task, "its visit");
            for (Map.Entry<String, String> one : own.entrySet()) {
                put(values, one.getKey(), one.getValue(), "its visit or its type");
            }
            rows.accept(new NamedRow(row.place(), values));
        }

        private static void put(Map<String, String> values, String name, String value, String other) throws FaultyLineException {
            String before = values.putIfAbsent(name, value);
            if (before != null && !before.equals(value)) {
                throw new FaultyLineException("samples that contradict themselves", name + " must be '" + before + "', as in "
                        + other + ", but was '" + value + "'; rename or remove the column");
            }
        }

        void tellSilent() {
            withoutSamples.forEach(id -> {
                faults.add("visits without a sample", visits.get(id).place.toString(), "the visit '" + id
                        + "' must have a sample, but has none; export the samples again, or remove it");
                complete = false;
            });
        }
    }

    /** A step that may find a fault. */
    private interface Step {
        void run() throws FaultyLineException;
    }
}
