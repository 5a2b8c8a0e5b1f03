package io.github.spirabr.tests.experiments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Manifests in the places where the published experiments look for them, of a few recordings of the demo data. */
final class SmallData {

    private static final Path DEMO = Path.of("examples/demo").toAbsolutePath();
    private static final int SUBJECTS_A_SIDE = 2;

    private SmallData() {}

    /** The environment variables that name the places. */
    static Map<String, String> in(Path folder) throws IOException {
        write(folder.resolve("spira"), "metadata_train.csv", "metadata_eval.csv", "metadata_test.csv");
        for (String task : List.of("speech", "cough")) {
            write(folder.resolve(task), "train.csv", "devel.csv", "test.csv");
            write(folder.resolve(task).resolve("fold-1"), "train.csv", "devel.csv", "test.csv");
        }
        List<String> noises = new ArrayList<>(List.of("file_path"));
        for (String line : Files.readAllLines(DEMO.resolve("noises.csv"))) {
            noises.add(DEMO.resolve(line).toString());
        }
        Files.createDirectories(folder.resolve("noises"));
        Files.write(folder.resolve("noises/noise_data.csv"), noises);
        return Map.of(
                "SPIRA_DATASET", folder.resolve("spira").toString(),
                "SPIRA_NOISES", folder.resolve("noises").toString(),
                "MUSAN", folder.resolve("noises").toString(),
                "SPIRA_MODELS", folder.resolve("models").toString(),
                "COMPARE2021", folder.toString());
    }

    private static void write(Path folder, String... sides) throws IOException {
        Files.createDirectories(folder);
        Map<String, List<String>> bySubject = new TreeMap<>();
        List<String> rows = Files.readAllLines(DEMO.resolve("metadata.csv"));
        for (String row : rows.subList(1, rows.size())) {
            bySubject.computeIfAbsent(row.split(",")[2] + row.split(",")[1], subject -> new ArrayList<>()).add(row);
        }
        List<List<String>> controls = bySubject.values().stream().filter(one -> one.get(0).contains(",0,")).toList();
        List<List<String>> patients = bySubject.values().stream().filter(one -> one.get(0).contains(",1,")).toList();
        for (int side = 0; side < sides.length; side++) {
            List<String> lines = new ArrayList<>(List.of(rows.get(0)));
            for (int i = side * SUBJECTS_A_SIDE; i < (side + 1) * SUBJECTS_A_SIDE; i++) {
                controls.get(i).forEach(row -> lines.add(DEMO + "/" + row));
                patients.get(i).forEach(row -> lines.add(DEMO + "/" + row));
            }
            Files.write(folder.resolve(sides[side]), lines);
        }
    }
}
