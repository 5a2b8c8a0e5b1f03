package io.github.spirabr.cli;

import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code spira models compare}: in what two versions differ. */
@Command(
        name = "compare",
        description = "Compares two versions of a model: what differs in how they are used, in how they came about and in "
                + "their metrics. Metrics of different test subjects are not to be compared; then test.subjects differs, too.",
        footerHeading = "%nExamples:%n",
        footer = {"  spira models compare spira champion challenger", "  spira models compare spira 3 4 --json"},
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class CompareModelsCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "NAME", description = "The model's name.", showDefaultValue = Visibility.NEVER)
    private String name;

    @Parameters(index = "1", paramLabel = "ONE", description = "A number or an alias.", showDefaultValue = Visibility.NEVER)
    private String one;

    @Parameters(index = "2", paramLabel = "OTHER", description = "A number or an alias.", showDefaultValue = Visibility.NEVER)
    private String other;

    @Mixin
    private ModelStore store;

    @Override
    public Integer call() {
        ModelRepository models = store.open();
        ModelVersion first = store.version(models, name, one);
        ModelVersion second = store.version(models, name, other);
        Map<String, Object> differences = new LinkedHashMap<>();
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

    private static byte[] weights(ModelRepository models, ModelVersion version) {
        return models.load(version).has("weights.f32") ? models.load(version).file("weights.f32") : new byte[0];
    }

    private static Map<Integer, String> pair(ModelVersion first, String ofFirst, ModelVersion second, String ofSecond) {
        Map<Integer, String> values = new TreeMap<>();
        values.put(first.number(), Objects.requireNonNullElse(ofFirst, ""));
        values.put(second.number(), Objects.requireNonNullElse(ofSecond, ""));
        return values;
    }

    private static Map<String, Object> json(boolean sameWeights, Map<String, Object> differences) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("sameWeights", sameWeights);
        result.put("differences", differences);
        return result;
    }

    private static void print(
            PrintWriter out, ModelVersion first, ModelVersion second, boolean sameWeights, Map<String, Object> differences) {
        out.println(first + " and " + second + " have " + (sameWeights ? "the same weights" : "different weights"));
        differences.forEach((key, values) -> {
            out.println(key);
            ((Map<?, ?>) values).forEach((number, value) -> out.println("  " + number + ": " + value));
        });
    }
}
