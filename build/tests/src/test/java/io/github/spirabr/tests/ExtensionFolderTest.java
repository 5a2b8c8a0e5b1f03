package io.github.spirabr.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.spirabr.cli.Spira;
import io.github.spirabr.cli.serve.SmallModels;
import io.github.spirabr.encoder.OnnxEncoder;
import io.github.spirabr.onnx.OnnxExport;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line runs as {@code spira.jar}, without and with an extension in the folder beside it. */
@Tag("slow")
class ExtensionFolderTest {

    private static final Pattern OF_ONNX = Pattern.compile(".*(spira-onnx|tribuo|protobuf-java).*");
    private static final Pattern OF_ENCODER = Pattern.compile(".*(spira-encoder|onnxruntime).*");
    private static final Path ENCODER = Path.of("extensions/spira-encoder/src/test/resources/golden/image.onnx");

    @TempDir
    private Path folder;

    private Path models;

    private record Outcome(int code, String out, String err) {}

    @BeforeEach
    void layOutTheCommandLine() throws IOException {
        models = folder.resolve("models");
        SmallModels.train(FileSystemModelRepository.at(models));
        Path classes = home(Spira.class);
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Spira.class.getName());
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath()
                .filter(entry -> !entry.equals(classes) && !OF_ONNX.matcher(entry.toString()).matches()
                        && !OF_ENCODER.matcher(entry.toString()).matches())
                .map(entry -> entry.toUri().toString())
                .collect(Collectors.joining(" ")));
        pack(classes, folder.resolve("spira.jar"), manifest);
    }

    private static Stream<Path> classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of)
                .filter(entry -> !entry.toString().contains("test-classes"));
    }

    private static Path home(Class<?> type) {
        return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    /** Of a module that this build has packaged already, or has only compiled. */
    private static void pack(Path module, Path jar, Manifest manifest) throws IOException {
        if (Files.isRegularFile(module)) {
            Path unpacked = Files.createTempDirectory(jar.getParent(), "unpacked");
            try (JarFile from = new JarFile(module.toFile())) {
                for (JarEntry entry : from.stream().filter(one -> !one.isDirectory()).toList()) {
                    Path file = unpacked.resolve(entry.getName());
                    Files.createDirectories(file.getParent());
                    Files.copy(from.getInputStream(entry), file);
                }
            }
            Files.deleteIfExists(unpacked.resolve("META-INF/MANIFEST.MF"));
            pack(unpacked, jar, manifest);
            return;
        }
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(file, manifest);
                Stream<Path> all = Files.walk(module)) {
            for (Path one : all.filter(Files::isRegularFile).sorted().toList()) {
                packed.putNextEntry(new JarEntry(module.relativize(one).toString().replace(File.separatorChar, '/')));
                Files.copy(one, packed);
            }
        }
    }

    private void addTheExtension(String name, Class<?> type, Pattern libraries) throws IOException {
        Path extension = Files.createDirectories(folder.resolve("extensions").resolve(name));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        pack(home(type), extension.resolve(name + "-1.2.3.jar"), manifest);
        for (Path entry : classPath().filter(Files::isRegularFile).toList()) {
            if (libraries.matcher(entry.getFileName().toString()).matches() && !entry.equals(home(type))) {
                Files.copy(entry, extension.resolve(entry.getFileName()));
            }
        }
    }

    private Outcome spira(String... arguments) throws IOException, InterruptedException {
        return spira(Map.of(), arguments);
    }

    private Outcome spira(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar", folder.resolve("spira.jar").toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    private Outcome export(Path file) throws IOException, InterruptedException {
        return spira("models", "export", "spira", "1", "--onnx", file.toString(), "--models", models.toString());
    }

    @Test
    void anExtensionIsAskedForByNameUntilItIsThere() throws Exception {
        Path file = folder.resolve("network.onnx");
        Outcome without = export(file);
        assertThat(without.err()).isEqualToIgnoringNewLines("spira: models export --onnx needs spira-onnx; put its jar, and those"
                + " that it needs, into the folder " + folder.resolve("extensions") + " (docs/command-line.md says how)");
        assertThat(without.code()).isEqualTo(1);
        assertThat(spira("doctor").out()).containsPattern("extensions: +none");

        addTheExtension("spira-onnx", OnnxExport.class, OF_ONNX);
        Outcome with = export(file);
        assertThat(with.code()).as(with.err()).isZero();
        assertThat(file).isNotEmptyFile();
        assertThat(folder.resolve("network.onnx.json")).content().contains("\"name\" : \"spira\"", "preprocessing.window");
        assertThat(spira("doctor").out()).containsPattern("extensions: +spira-onnx-1.2.3 \\[models export --onnx\\]");
    }

    /** A stored model finds its encoder on another machine, too, where its file lies elsewhere. */
    @Test
    void aFrozenEncoderIsTrainedOnAndPredictsAsInTheRun() throws Exception {
        Files.createDirectories(folder.resolve("encoders"));
        Path file = Files.copy(ENCODER, folder.resolve("encoders/image.onnx"));
        Path experiment = Files.writeString(folder.resolve("experiment.yaml"), """
                modelName: frozen
                models: {folder: models}
                recordings: {manifest: '%s'}
                reader: {type: ffmpeg, sampleRate: 16000}
                preprocessing:
                  window: {type: sliding-window, length: 2, step: 2}
                  extract:
                    type: onnx-encoder
                    file: encoders/image.onnx
                    sampleRate: 16000
                    frontend: {type: log-mel, melBands: 20}
                    pooling: none
                    licence: none is needed
                    pretrainingData: no recording at all
                probes: []
                model: {type: spiraconv-v4, averagePooling: 4, dense: 8}
                training: {type: dl4j, epochs: 1}
                featureCache: {folder: features}
                """.formatted(Path.of("examples/demo/metadata.csv").toAbsolutePath()));
        assertThat(spira("run", experiment.toString()).err()).contains("no FeatureExtractor is called 'onnx-encoder'",
                "(it needs spira-encoder; put its jar, and those that it needs, on the class path, or into the folder extensions/");

        addTheExtension("spira-encoder", OnnxEncoder.class, OF_ENCODER);
        Outcome run = spira("run", experiment.toString());
        assertThat(run.code()).as(run.err()).isZero();
        Path stored = models.resolve("frozen/000001/files");
        assertThat(stored.resolve("model.properties")).content()
                .contains("preprocessing.extract.file=image.onnx", "preprocessing.extract.sha256=")
                .doesNotContain(folder.toString());

        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.move(file, elsewhere.resolve("image.onnx"));
        JsonNode scores = new ObjectMapper().readTree(stored.resolve("report.json").toFile()).get("recordings");
        String recording = Path.of("examples/demo", scores.get(0).get("recording").asText()).toString();
        String[] question = {"predict", "--models", models.toString(), "--name", "frozen", "--json", recording};
        Outcome lost = spira(question);
        assertThat(lost.err()).contains("preprocessing.extract.file: there is no file image.onnx; correct the path, or set the"
                + " environment variable SPIRA_ENCODERS to the folder that contains it (SHA-256 ");
        Outcome found = spira(Map.of("SPIRA_ENCODERS", elsewhere.toString()), question);
        assertThat(found.code()).as(found.err()).isZero();
        assertThat(new ObjectMapper().readTree(found.out()).get("probability").asDouble())
                .isCloseTo(scores.get(0).get("probability").asDouble(), within(1e-6));
    }
}
