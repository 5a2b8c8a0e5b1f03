package io.github.spirabr.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.cli.Spira;
import io.github.spirabr.cli.serve.SmallModels;
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
                .filter(entry -> !entry.equals(classes) && !OF_ONNX.matcher(entry.toString()).matches())
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

    private void addTheExtension() throws IOException {
        Path extension = Files.createDirectories(folder.resolve("extensions/spira-onnx"));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        pack(home(OnnxExport.class), extension.resolve("spira-onnx-1.2.3.jar"), manifest);
        for (Path entry : classPath().filter(Files::isRegularFile).toList()) {
            if (OF_ONNX.matcher(entry.getFileName().toString()).matches() && !entry.equals(home(OnnxExport.class))) {
                Files.copy(entry, extension.resolve(entry.getFileName()));
            }
        }
    }

    private Outcome spira(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar", folder.resolve("spira.jar").toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
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

        addTheExtension();
        Outcome with = export(file);
        assertThat(with.code()).as(with.err()).isZero();
        assertThat(file).isNotEmptyFile();
        assertThat(folder.resolve("network.onnx.json")).content().contains("\"name\" : \"spira\"", "preprocessing.window");
        assertThat(spira("doctor").out()).containsPattern("extensions: +spira-onnx-1.2.3 \\[models export --onnx\\]");
    }
}
