package io.github.spirabr.training.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.spirabr.core.model.TrainingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Against safetensors of Python: a file of it, made by make_safetensors_golden.py, opens here; and files of ours open there.
 * The second needs {@code python3} with torch and safetensors, or the one that the environment variable {@code SPIRA_PYTHON}
 * names; skipped without one.
 */
class SafetensorsGoldenTest {

    private static final String PYTHON = Optional.ofNullable(System.getenv("SPIRA_PYTHON")).orElse("python3");

    @TempDir
    private Path folder;

    private static Safetensors golden() throws IOException {
        try (InputStream golden = SafetensorsGoldenTest.class.getResourceAsStream("python.safetensors")) {
            return Safetensors.read("python.safetensors", golden.readAllBytes());
        }
    }

    @Test
    void aFileOfPythonOpensHere() throws IOException {
        Safetensors file = golden();

        assertThat(file.metadata()).isEqualTo(Map.of("format", "pt", "of", "SafetensorsGoldenTest"));
        assertThat(file.names()).containsExactlyInAnyOrder("conv1.weight", "conv1.bias", "half", "brain", "double",
                "norm1.num_batches_tracked", "single", "empty", "viés\u3042\uD83D\uDE00");
        assertThat(file.shape("conv1.weight")).containsExactly(2, 3, 2);
        assertThat(file.floats("conv1.weight"))
                .containsExactly(0, 0.125f, 0.25f, 0.375f, 0.5f, 0.625f, 0.75f, 0.875f, 1, 1.125f, 1.25f, 1.375f);
        assertThat(file.floats("conv1.bias")).containsExactly(-Float.MIN_VALUE, Float.MAX_VALUE);
        assertThat(file.floats("half"))
                .containsExactly(0f, -0f, 0x1p-24f, 1023 * 0x1p-24f, 0x1p-14f, 0x1.554p-2f, -1.5f, 65504f);
        assertThat(file.floats("brain")).containsExactly(0f, -0f, 0x1p-24f, 0x1p-14f, 0x1p-14f, 0x1.56p-2f, -1.5f);
        assertThat(file.floats("double")).containsExactly(1 / 3f, 0f);
        assertThat(file.shape("single")).isEmpty();
        assertThat(file.floats("single")).containsExactly(0.5f);
        assertThat(file.shape("empty")).containsExactly(0, 4);
        assertThat(file.floats("empty")).isEmpty();
        assertThat(file.floats("viés\u3042\uD83D\uDE00")).containsExactly(1f);
    }

    @Test
    void integersAreNoWeights() throws IOException {
        Safetensors file = golden();

        assertThat(file.shape("norm1.num_batches_tracked")).isEmpty();
        assertThatExceptionOfType(TrainingException.class).isThrownBy(() -> file.floats("norm1.num_batches_tracked"))
                .withMessage("the array 'norm1.num_batches_tracked' of python.safetensors must have numbers of F32, F16, BF16 or"
                        + " F64, but has I64; convert it with .float()");
    }

    @Test
    void ourFileOpensInPython() throws IOException, InterruptedException {
        assumeTrue(python("import torch, safetensors").isPresent(),
                PYTHON + " with torch and safetensors is not at hand; SPIRA_PYTHON names another one");
        List<Segment> layout = new ArrayList<>();
        int end = Segment.add(layout, "conv1.weight", 0, List.of(2, 3));
        end = Segment.add(layout, "norm\"1\n.running_mean", end, List.of(1));
        end = Segment.add(layout, "viés\uD83D\uDE00", end, List.of());
        float[] values = {0.1f, -0f, Float.MIN_VALUE, Float.MAX_VALUE, 1 / 3f, -7, 42, 0.5f};
        Files.write(folder.resolve("ours.safetensors"), Safetensors.write(Map.of("network", "{\"a\": 1}"), layout, values));

        String answer = python("""
                from safetensors import safe_open
                from safetensors.torch import load_file
                for name, array in load_file("ours.safetensors").items():
                    print(ascii(name), array.dtype, list(array.shape), [one.hex() for one in array.flatten().tolist()])
                with safe_open("ours.safetensors", "pt") as file:
                    print(file.metadata())
                """).orElseThrow();

        assertThat(answer.lines()).containsExactlyInAnyOrder(
                "'conv1.weight' torch.float32 [2, 3] ['0x1.99999a0000000p-4', '-0x0.0p+0', '0x1.0000000000000p-149',"
                        + " '0x1.fffffe0000000p+127', '0x1.5555560000000p-2', '-0x1.c000000000000p+2']",
                "'norm\"1\\n.running_mean' torch.float32 [1] ['0x1.5000000000000p+5']",
                "'vi\\xe9s\\U0001f600' torch.float32 [] ['0x1.0000000000000p-1']",
                "{'network': '{\"a\": 1}'}");
        assertThat(end).isEqualTo(values.length);
    }

    /** Returns the output; empty if there is no such Python or it fails. */
    private Optional<String> python(String code) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(PYTHON, "-c", code)
                    .directory(folder.toFile()).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
