package io.github.spirabr.cli;

import com.sun.management.OperatingSystemMXBean;
import io.github.spirabr.audio.decode.FfmpegLibrary;
import io.github.spirabr.model.NumericLibrary;
import io.github.spirabr.training.SpiraConv;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code spira doctor}, which reports the machine's versions for a bug report, and problems with them. */
@Command(
        name = "doctor",
        description = "Reports the versions of Java and of the native libraries, the processors, the memory, and any problems. "
                + "Paste the output into a bug report; it holds no names of files or people. Exit code 1 if there are "
                + "problems.",
        footerHeading = "%nExamples:%n",
        footer = {"  spira doctor", "  spira doctor --json"},
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    private static final long LEAST_HEAP = 512L << 20;

    private final List<String> problems = new ArrayList<>();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("spira", new Spira.Version().getVersion()[0]);
        found.put("java", System.getProperty("java.version") + ", " + System.getProperty("java.vendor"));
        found.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                + System.getProperty("os.arch"));
        found.put("processors", Runtime.getRuntime().availableProcessors());
        found.put("memory", memory());
        found.put("heap", heap());
        found.put("spiraconv", SpiraConv.arithmetic());
        found.put("ffmpeg", library("FFmpeg, which decodes recordings,", FfmpegLibrary::version));
        found.put("nd4j", library("ND4J, which networks of Deeplearning4j's layers run on,", NumericLibrary::describe));
        LibraryVersions libraries = LibraryVersions.of(Thread.currentThread().getContextClassLoader());
        found.put("libraries", libraries.found());
        problems.addAll(libraries.problems());
        found.put("extensions", Extensions.found());
        checkTemporaryFolder();
        found.put("problems", List.copyOf(problems));
        output.print(() -> found, out -> print(out, found));
        return problems.isEmpty() ? 0 : 1;
    }

    /** Describes the memory of the machine, or of the container. */
    private static String memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
                ? (machine.getTotalMemorySize() >> 20) + " MB, " + (machine.getFreeMemorySize() >> 20) + " MB free"
                : "unknown";
    }

    private String heap() {
        long most = Runtime.getRuntime().maxMemory();
        if (most < LEAST_HEAP) {
            problems.add("the heap may grow to " + (most >> 20) + " MB only; give Java more with -Xmx, at least "
                    + (LEAST_HEAP >> 20) + " MB");
        }
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine
                && most > machine.getTotalMemorySize()) {
            problems.add("the heap may grow to " + (most >> 20) + " MB, more than the memory of "
                    + (machine.getTotalMemorySize() >> 20) + " MB; give Java less with -Xmx");
        }
        return "at most " + (most >> 20) + " MB";
    }

    private String library(String name, Supplier<String> version) {
        try {
            return version.get();
        } catch (LinkageError | RuntimeException e) {
            problems.add(name + " could not be loaded: " + Failures.nativeLibrary(e).orElse(e.toString()));
            return "could not be loaded";
        }
    }

    /** Native libraries may be unpacked there. */
    private void checkTemporaryFolder() {
        try {
            Files.delete(Files.createTempFile("spira-doctor", null));
        } catch (IOException e) {
            problems.add("the temporary folder " + Path.of(System.getProperty("java.io.tmpdir")) + " could not be written ("
                    + e.getMessage() + "); name another with -Djava.io.tmpdir=");
        }
    }

    private static String line(Map<?, ?> several) {
        return several.isEmpty() ? "none"
                : several.entrySet().stream().map(one -> one.getKey() + " " + one.getValue()).collect(Collectors.joining(", "));
    }

    private void print(PrintWriter out, Map<String, Object> found) {
        found.forEach((name, value) -> {
            if (!name.equals("problems")) {
                out.printf("%-11s %s%n", name + ":", value instanceof Map<?, ?> several ? line(several) : value);
            }
        });
        problems.forEach(problem -> out.println("problem:    " + problem));
        if (problems.isEmpty()) {
            out.println("no problems found");
        }
    }
}
