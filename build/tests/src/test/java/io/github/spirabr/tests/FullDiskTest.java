package io.github.spirabr.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.spirabr.cli.Spira;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands whose files do not fit on the disk write none of them, and leave the files of before. */
@Tag("slow")
@Timeout(600)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no /bin/sh")
class FullDiskTest {

    private static final Path MODELS = Path.of("build/tests/src/test/resources/formats/0.1/year/models").toAbsolutePath();
    private static final String MOUNT = "mount -t tmpfs -o size=$BYTES tmpfs $DISK && ";

    @TempDir
    private Path folder;

    private Path disk;

    private String models;

    /** A model of release 0.1, with a report. */
    @BeforeEach
    void make() throws IOException {
        disk = Files.createDirectory(folder.resolve("disk"));
        models = folder.resolve("models").toString();
        ModelArtifact old = FileSystemModelRepository.at(MODELS).load(new ModelVersion("spira", 2));
        Map<String, byte[]> files = new TreeMap<>(Map.of("report.html", new byte[60_000]));
        old.fileNames().forEach(name -> files.put(name, old.file(name)));
        FileSystemModelRepository.at(folder.resolve("models")).save("spira", ModelArtifact.of(files));
    }

    private record Ended(int code, List<String> lines) {}

    /** Runs a command of spira in a shell after a preparation, and then lists the disk with the first line of each file. */
    private Ended run(List<String> around, String before, long bytes, String... arguments)
            throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        List<String> command = new ArrayList<>(around);
        command.addAll(List.of("sh", "-c", before + "cp $OLD/* $DISK/; \"$@\"; code=$?; cd $DISK; for f in $(ls -A);"
                + " do echo \"left $f $(head -c 6 $f | tr -cd a-z)\"; done; exit $code", "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:-UsePerfData",
                "-cp", System.getProperty("java.class.path"), Spira.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().put("BYTES", Long.toString(bytes));
        builder.environment().put("BLOCKS", Long.toString(bytes / 512));
        builder.environment().put("DISK", disk.toString());
        builder.environment().put("OLD", folder.resolve("old").toString());
        int code = builder.start().waitFor();
        return new Ended(code, Files.readAllLines(out));
    }

    private String[] arguments(String kind) throws IOException {
        Path old = Files.createDirectory(folder.resolve("old"));
        String file = kind.equals("export") ? "network.onnx" : "page.html";
        Files.writeString(old.resolve(file), "before");
        String target = disk.resolve(file).toString();
        return kind.equals("export")
                ? new String[] {"models", "export", "spira", "1", "--onnx", target, "--models", models}
                : new String[] {"models", "report", "spira", "1", "--out", target, "--models", models};
    }

    /** Returns the sizes of the files that the command writes on a disk with room. */
    private List<Long> sizes(String[] arguments) throws IOException, InterruptedException {
        Ended ended = run(List.of(), "", 0, arguments);
        assertThat(ended.code).as(String.join("\n", ended.lines)).isZero();
        List<Long> sizes = new ArrayList<>();
        try (Stream<Path> files = Files.list(disk)) {
            for (Path file : files.toList()) {
                sizes.add(Files.size(file));
                Files.delete(file);
            }
        }
        return sizes;
    }

    private void assertNothingChanged(Ended ended) throws IOException {
        assertThat(ended.code).as(String.join("\n", ended.lines)).isEqualTo(1);
        assertThat(ended.lines).anySatisfy(line -> assertThat(line)
                .startsWith("spira: ").contains("could not be written")
                .endsWith("check the folder, its permissions and the free space"));
        try (Stream<Path> files = Files.list(folder.resolve("old"))) {
            assertThat(ended.lines.stream().filter(line -> line.startsWith("left ")))
                    .containsExactlyElementsOf(files.map(file -> "left " + file.getFileName() + " before").toList());
        }
    }

    /** A file system of its own, in a name space of the process. */
    @ParameterizedTest
    @ValueSource(strings = {"export", "report"})
    void aDiskThatIsTooSmallChangesNothing(String kind) throws Exception {
        List<String> space = List.of("unshare", "--user", "--map-root-user", "--mount");
        assumeTrue(mounts(space), "this machine lets no user mount file systems");
        String[] arguments = arguments(kind);
        List<Long> sizes = sizes(arguments);
        long page = 4096;
        long all = sizes.stream().mapToLong(size -> (size + page - 1) / page * page).sum();

        // Room for all but a page of them, with the file of before; and for little more than that file.
        assertNothingChanged(run(space, MOUNT, all, arguments));
        assertNothingChanged(run(space, MOUNT, 3 * page, arguments));
    }

    private boolean mounts(List<String> space) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(space);
        command.addAll(List.of("sh", "-c", "mount -t tmpfs -o size=4096 tmpfs " + disk));
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("mount.txt").toFile())
                    .start().waitFor() == 0;
        } catch (IOException e) {
            // There is no such program.
            return false;
        }
    }

    /** The shell's limit on the size of a file stands for a disk that fills up, where nobody may mount one. */
    @Test
    void aFileThatMayNotGrowChangesNothing() throws Exception {
        String[] arguments = arguments("export");
        long largest = sizes(arguments).stream().mapToLong(Long::longValue).max().orElseThrow();
        assertNothingChanged(run(List.of(), "ulimit -f $BLOCKS && ", largest / 2, arguments));
    }
}
