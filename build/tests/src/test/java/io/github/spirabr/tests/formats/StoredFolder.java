package io.github.spirabr.tests.formats;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A copy of a folder that an earlier version wrote, with the demo's recordings beside it; commands run in it. */
final class StoredFolder {

    static final Path FORMATS = Path.of("build/tests/src/test/resources/formats/0.1");
    /** What runs and rounds of version 0.1 give when they are computed by the kernels of now. */
    static final Path COMPUTED = Path.of("build/tests/src/test/resources/formats/computed");
    private static final Path DEMO = Path.of("examples/demo");
    private static final Pattern IDENTITY = Pattern.compile("(?m)^identity=(.*)$");
    private static final Pattern SENTENCE = Pattern.compile("(=|\": \").*\\S+( \\S+){3,}.*");
    private static final Pattern BOUND = Pattern.compile("^.*(\\.(lower|upper)=|\"(lower|upper)\": ).*$");
    private static final Pattern VERSION = Pattern.compile(".*([Ll]ibrary|Made by SPIRA for Java).*");

    private final Path path;

    private StoredFolder(Path path) {
        this.path = path;
    }

    /**
     * The result of a command.
     *
     * @param out standard output, with {@code FOLDER} in place of the folder's path
     */
    record Result(int code, String out, String err) {}

    /** Copies a folder of the stored formats, and the recordings that its manifests name. */
    static StoredFolder copy(String name, Path target) throws IOException {
        copy(FORMATS.resolve(name), target);
        copy(DEMO.resolve("audio"), target.resolve("audio"));
        Files.writeString(target.resolve("audio/damaged.wav"), "no audio");
        Files.writeString(target.resolve("audio/text.wav"), "no audio either");
        Files.copy(DEMO.resolve("audio/subject-20-1.ogg"), target.resolve("audio/copy.ogg"));
        return new StoredFolder(target.toRealPath());
    }

    static void copy(Path from, Path to) throws IOException {
        for (String file : files(from)) {
            Path target = to.resolve(file);
            Files.createDirectories(target.getParent());
            Files.copy(from.resolve(file), target);
        }
    }

    /** Returns the relative names of all files in a folder and below it, sorted, without locks. */
    static List<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> !name.endsWith(".lock")).sorted().toList();
        }
    }

    /**
     * Returns the bytes of a file as version 0.1 wrote it, one character each: without the values that catalogs, manifests and
     * documents of rounds have had since.
     */
    static String content(Path file) throws IOException {
        String name = file.getFileName().toString();
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        return switch (name) {
            case "manifest.json" -> content.replaceFirst("\"formatVersion\" : 2", "\"formatVersion\" : 1")
                    .replaceFirst(",\n  \"model\" : \"[^\"]*\",\n  \"version\" : \\d+,\n  \"sha256\" : \"\\w{64}\"\n}\n$", "\n}\n");
            case "catalog.json" -> content.replaceFirst("\"formatVersion\":2", "\"formatVersion\":1")
                    .replaceAll(",\"digest\":\"\\w{64}\"", "")
                    .replaceFirst(",\"highest\":\\d+,\"model\":\"[^\"]*\",\"sha256\":\"\\w{64}\"}\n$", "}\n");
            default -> name.endsWith(".document")
                    ? content.replaceAll("(?m)^(contentSha256|document|model)=.*\n", "") : content;
        };
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    /** Runs a command in a process of its own. */
    Result spira(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData", "-cp", System.getProperty("java.class.path"), "io.github.spirabr.cli.Spira"));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(path, "out", ".txt");
        Path err = Files.createTempFile(path, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command).directory(path.toFile())
                .redirectOutput(out.toFile()).redirectError(err.toFile());
        int code = builder.start().waitFor();
        Result result = new Result(
                code, Files.readString(out).replace(path.toString(), "FOLDER"), Files.readString(err));
        Files.delete(out);
        Files.delete(err);
        return result;
    }

    /**
     * Returns the files of a stored model by name, without what differs between two builds of the same code, the identity
     * of the run and the version of the library, and without sentences for people, which may be told in other words: pages,
     * and values of four words or more in provenance and report.
     *
     * @param bounds whether the ends of confidence intervals are among them; a later version computes them otherwise
     */
    static TreeMap<String, String> modelFiles(Path version, boolean bounds) throws IOException {
        Path folder = version.resolve("files");
        Matcher identity = IDENTITY.matcher(Files.readString(folder.resolve("provenance.properties")));
        if (!identity.find()) {
            throw new IllegalStateException("provenance.properties in " + folder + " must have an identity, but has none");
        }
        TreeMap<String, String> files = new TreeMap<>();
        for (String name : files(folder)) {
            if (name.endsWith(".html") || name.endsWith(".md")) {
                continue;
            }
            boolean hasSentences = name.equals("provenance.properties") || name.equals("report.json");
            byte[] bytes = Files.readAllBytes(folder.resolve(name));
            files.put(name, name.endsWith(".f32") || name.endsWith(".safetensors")
                    ? new String(bytes, StandardCharsets.ISO_8859_1)
                    : Stream.of(new String(bytes, StandardCharsets.UTF_8).split("\n", -1))
                            .filter(line -> !hasSentences
                                    || !VERSION.matcher(line).matches() && isComparable(line, bounds))
                            .map(line -> line.replace(identity.group(1), "IDENTITY"))
                            .collect(Collectors.joining("\n")));
        }
        return files;
    }

    /** Whether a line is no sentence for people, and no end of an interval where these are left out. */
    static boolean isComparable(String line, boolean bounds) {
        return !SENTENCE.matcher(line).find() && (bounds || !BOUND.matcher(line).matches());
    }
}
