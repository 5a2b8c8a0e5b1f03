package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script that starts the jar beside it, and keeps an archive of its classes. */
@Tag("slow")
class LauncherTest {

    private static final Path LAUNCHER = Path.of("spira-cli/src/main/launcher/spira").toAbsolutePath();

    @TempDir
    private Path folder;

    private record Outcome(int code, String out, String err) {}

    @BeforeEach
    void putTheJarBesideTheScript() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no /bin/sh");
        Files.copy(LAUNCHER, folder.resolve("spira"), StandardCopyOption.COPY_ATTRIBUTES);
        Path classes = Path.of(URI.create(Spira.class.getProtectionDomain().getCodeSource().getLocation().toString()));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Spira.class.getName());
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, Arrays.stream(entries())
                .filter(entry -> !entry.contains("test-classes") && !Path.of(entry).equals(classes))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" ")));
        try (OutputStream file = Files.newOutputStream(folder.resolve("spira.jar"));
                JarOutputStream jar = new JarOutputStream(file, manifest);
                Stream<Path> all = Files.walk(classes)) {
            for (Path one : all.filter(Files::isRegularFile).sorted().toList()) {
                jar.putNextEntry(new JarEntry(classes.relativize(one).toString().replace(File.separatorChar, '/')));
                Files.copy(one, jar);
            }
        }
    }

    private static String[] entries() {
        return System.getProperty("java.class.path").split(File.pathSeparator);
    }

    private Outcome spira(List<String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(folder.resolve("spira").toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        environment.forEach(one -> builder.environment().put(one.split("=")[0], one.split("=")[1]));
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    private List<Path> archives() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().contains(".jsa")).toList();
        }
    }

    @Test
    void argumentsAndExitCodesGoThrough() throws IOException, InterruptedException {
        Outcome wrong = spira(List.of("SPIRA_ARCHIVES=none"), "models", "show", "no such model", "1", "--models", folder.toString());
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err()).startsWith("spira: a model's name has ").contains("but was 'no such model'");
        assertThat(spira(List.of("SPIRA_ARCHIVES=none"), "models", "sho").code()).isEqualTo(2);
        assertThat(archives()).isEmpty();
    }

    /** Each row: a command that is refused for its file, and whether it may train, so that Java warns of the Vector API. */
    @ParameterizedTest
    @CsvSource({"run, true", "train, true", "evaluate, true", "repeat, true", "retrain, true", "retrain history, false",
        "retrain verify, false", "retrain release, false", "inspect, false"})
    void commandsThatMayTrainGetTheVectorApi(String command, boolean trains) throws IOException, InterruptedException {
        assumeTrue(ModuleFinder.ofSystem().find("jdk.incubator.vector").isPresent(), "this Java has no Vector API");
        Outcome outcome = spira(List.of("SPIRA_ARCHIVES=none"), (command + " /none/experiment.yaml").split(" "));
        assertThat(outcome.code()).as(outcome.err()).isNotZero();
        assertThat(outcome.err().contains("Using incubator modules: jdk.incubator.vector")).as(outcome.err()).isEqualTo(trains);
    }

    /** Else HotSpot drops features between two long epochs, however much memory is left. */
    @Test
    void trainingsKeepFeaturesBetweenLongEpochs() throws IOException, InterruptedException {
        Path java = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        List<String> environment = List.of("SPIRA_ARCHIVES=none", "JAVA_HOME=" + folder.resolve("jdk"));
        assertThat(spira(environment, "train", "experiment.yaml").out().split(" "))
                .contains("-XX:SoftRefLRUPolicyMSPerMB=10000", "train");
        assertThat(spira(environment, "models", "list").out()).contains("models list").doesNotContain("SoftRef");
    }

    @Test
    void theArchiveIsMadeOnceAndChangesNothingThatIsPrinted() throws IOException, InterruptedException {
        assumeTrue(Arrays.stream(entries()).noneMatch(entry -> !entry.contains("test-classes") && !entry.contains("examples")
                && Files.isDirectory(Path.of(entry))), "modules are folders of classes, which Java does not archive");
        String without = spira(List.of("SPIRA_ARCHIVES=none"), "--help").out();
        Outcome first = spira(List.of(), "--help");
        assertThat(first).isEqualTo(new Outcome(0, without, ""));
        assertThat(archives()).hasSize(1);
        Object made = Files.getLastModifiedTime(archives().get(0));
        assertThat(spira(List.of(), "--help")).isEqualTo(first);
        assertThat(Files.getLastModifiedTime(archives().get(0))).isEqualTo(made);
        Outcome shared = spira(List.of("SPIRA_JAVA_OPTS=-Xlog:class+load:stdout"), "models", "list", "--models", folder.toString());
        assertThat(shared.out().lines().filter(line -> line.contains("io.github.spirabr.") && line.contains("shared objects file (top)")))
                .isNotEmpty();
    }
}
