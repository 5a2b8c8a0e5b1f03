package io.github.spirabr.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SpiraConv trains and predicts without Deeplearning4j, ND4J and OpenBLAS, with the bits of the full class path. */
@Tag("slow")
class SlimServiceTest {

    private static final Path DEMO = Path.of("examples/demo").toAbsolutePath();
    private static final String FULL = System.getProperty("java.class.path");
    private static final Pattern LEFT_OUT =
            Pattern.compile("deeplearning4j|nd4j|openblas|spira-(model|cli|config|report|onnx|storage-s3)\\b");

    @TempDir
    private Path folder;

    private static String slim() {
        return Arrays.stream(FULL.split(Pattern.quote(File.pathSeparator)))
                .filter(entry -> !LEFT_OUT.matcher(entry).find())
                .collect(Collectors.joining(File.pathSeparator));
    }

    @Test
    void weightsAndAnswersAreThoseOfTheFullClassPath() throws Exception {
        assertThat(FULL).contains("nd4j", "openblas", "deeplearning4j");
        String slim = slim();
        assertThat(slim).doesNotContain("nd4j", "openblas", "deeplearning4j").contains("ffmpeg");
        Path full = folder.resolve("full");
        Path other = folder.resolve("slim");

        run(FULL, "train", DEMO.resolve("metadata.csv"), full);
        run(slim, "train", DEMO.resolve("metadata.csv"), other);
        String answers = run(FULL, "predict", full, DEMO.resolve("audio"));

        assertThat(answers.lines().count()).isGreaterThan(20);
        assertThat(run(slim, "predict", full, DEMO.resolve("audio"))).isEqualTo(answers);
        assertThat(other.resolve("spira/000001/files/weights.safetensors"))
                .hasSameBinaryContentAs(full.resolve("spira/000001/files/weights.safetensors"));
    }

    private String run(String classPath, String command, Path first, Path second) throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData", "-cp", classPath, SlimService.class.getName(), command, first.toString(), second.toString()));
        int code = new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile()).start().waitFor();
        assertThat(code).as(Files.readString(err)).isZero();
        return Files.readString(out);
    }
}
