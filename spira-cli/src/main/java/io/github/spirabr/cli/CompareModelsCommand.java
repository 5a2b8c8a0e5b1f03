package io.github.spirabr.cli;

import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.training.engine.Safetensors;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code spira models compare}: in what two versions differ. */
@Command(
        name = "compare",
        description = "Compares two versions, of one model or of two: what differs in their metrics first, then in their settings "
                + "and their recordings. Metrics of different test subjects are not to be compared; then test.subjects differs, too.",
        footerHeading = "%nExamples:%n",
        footer = {"  spira models compare spira champion challenger", "  spira models compare spira 3 4 --json",
            "  spira models compare spira champion other-model/2"},
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class CompareModelsCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "NAME", description = "The model's name.", showDefaultValue = Visibility.NEVER)
    private String name;

    @Parameters(index = "1", paramLabel = "ONE", description = "A number or an alias.", showDefaultValue = Visibility.NEVER)
    private String one;

    @Parameters(index = "2", paramLabel = "OTHER", showDefaultValue = Visibility.NEVER,
            description = "A number or an alias; of another model NAME/NUMBER or NAME/ALIAS.")
    private String other;

    @Mixin
    private ModelStore store;

    @Override
    public Integer call() {
        ModelRepository models = store.open();
        ModelVersion first = store.version(models, name, one);
        int slash = other.indexOf('/');
        ModelVersion second = store.version(models, slash < 0 ? name : other.substring(0, slash), other.substring(slash + 1));
        Map<String, Map<String, String>> differences = new LinkedHashMap<>();
        boolean sameWeights = Arrays.equals(weights(models, first), weights(models, second));
        for (String file : new String[] {"model.properties", "provenance.properties"}) {
            SortedMap<String, String> ofFirst = ModelStore.properties(models, first, file);
            SortedMap<String, String> ofSecond = ModelStore.properties(models, second, file);
            SortedSet<String> keys = new TreeSet<>(ofFirst.keySet());
            keys.addAll(ofSecond.keySet());
            keys.removeIf(key -> Objects.equals(ofFirst.get(key), ofSecond.get(key)));
            keys.forEach(key -> differences.put(key, pair(first, ofFirst.get(key), second, ofSecond.get(key))));
        }
        store.output().print(
                () -> json(sameWeights, differences), out -> print(out, first, second, sameWeights, differences));
        return 0;
    }

    /** Returns the numbers of the network, whose format and order are the same in the files of every release. */
    private static byte[] weights(ModelRepository models, ModelVersion version) {
        ModelArtifact artifact = models.load(version);
        ByteArrayOutputStream numbers = new ByteArrayOutputStream();
        if (artifact.has("weights.safetensors")) {
            Safetensors stored = Safetensors.read("weights.safetensors", artifact.file("weights.safetensors"));
            for (String array : stored.names()) {
                float[] values = stored.floats(array);
                ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(values);
                numbers.writeBytes(bytes.array());
            }
        } else {
            Stream.of("weights.f32", "statistics.f32").filter(artifact::has)
                    .forEach(file -> numbers.writeBytes(artifact.file(file)));
        }
        return numbers.toByteArray();
    }

    private static Map<String, String> pair(ModelVersion first, String ofFirst, ModelVersion second, String ofSecond) {
        boolean oneModel = first.name().equals(second.name());
        Map<String, String> values = new LinkedHashMap<>();
        values.put(oneModel ? Integer.toString(first.number()) : name(first), Objects.requireNonNullElse(ofFirst, ""));
        values.put(oneModel ? Integer.toString(second.number()) : name(second), Objects.requireNonNullElse(ofSecond, ""));
        return values;
    }

    private static String name(ModelVersion version) {
        return version.name() + "/" + version.number();
    }

    private static Map<String, Object> json(boolean sameWeights, Map<String, Map<String, String>> differences) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("sameWeights", sameWeights);
        result.put("differences", differences);
        return result;
    }

    private static void print(
            PrintWriter out, ModelVersion first, ModelVersion second, boolean sameWeights,
            Map<String, Map<String, String>> differences) {
        out.println(first + " and " + second + " have " + (sameWeights ? "the same weights" : "different weights"));
        for (ComparedValues kind : ComparedValues.values()) {
            List<String> keys = differences.keySet().stream().filter(key -> ComparedValues.of(key) == kind).toList();
            if (!keys.isEmpty()) {
                out.println(kind.title(keys.size()));
            }
            if (kind.isPrinted()) {
                keys.forEach(key -> {
                    out.println("  " + key);
                    differences.get(key).forEach((version, value) -> out.println("    " + version + ": " + kind.text(value)));
                });
            }
        }
    }
}
