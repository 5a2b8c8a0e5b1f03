package io.github.spirabr.cli;

import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import java.io.PrintWriter;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code spira models list}: all models, their versions and aliases. */
@Command(
        name = "list",
        description = "Lists all models: of each the newest version and those that have an alias, with the day on which they were"
                + " saved, the fingerprint of their recordings, and their main metrics on the test set. Of one model all versions.",
        footerHeading = "%nExamples:%n",
        footer = {"  spira models list", "  spira models list spira", "  spira models list --models /srv/models --json"},
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ListModelsCommand implements Callable<Integer> {

    private static final String ROW = "%-24s %7s  %-10s  %-12s  %5s  %8s  %s%n";
    private static final int DIGITS = 12;

    @Parameters(paramLabel = "NAME", arity = "0..1", showDefaultValue = Visibility.NEVER,
            description = "A model, of which all versions are listed.")
    private @Nullable String name;

    @Mixin
    private ModelStore store;

    /** A line of the list. */
    private record Row(ModelVersion version, String saved, String data, String auroc, String accuracy, List<String> aliases) {

        Map<String, Object> json() {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("version", version.number());
            one.put("saved", saved);
            one.put("data", data);
            one.put("auroc", auroc);
            one.put("accuracy", accuracy);
            one.put("aliases", aliases);
            return one;
        }

        void print(PrintWriter out) {
            out.printf(Locale.ROOT, ROW, version.name(), version.number(), saved.substring(0, Math.min(10, saved.length())),
                    data.substring(0, Math.min(DIGITS, data.length())), people(auroc), people(accuracy),
                    String.join(", ", aliases));
        }

        private static String people(String number) {
            return number.isEmpty() || number.equals("NaN") ? "-" : String.format(Locale.ROOT, "%.3f", Double.valueOf(number));
        }
    }

    @Override
    public Integer call() {
        ModelRepository models = store.open();
        if (name != null) {
            store.requireModel(models, name);
        }
        List<String> names = name == null ? List.copyOf(models.names()) : List.of(name);
        store.output().print(() -> names.stream().map(one -> json(models, one)).toList(), out -> {
            if (!names.isEmpty()) {
                out.printf(ROW, "model", "version", "saved", "data", "AUROC", "accuracy", "aliases");
            }
            names.forEach(one -> rows(models, one).forEach(row -> row.print(out)));
        });
        return 0;
    }

    private Map<String, Object> json(ModelRepository models, String model) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("name", model);
        one.put("versions", models.versions(model).stream().map(ModelVersion::number).toList());
        Map<String, Integer> aliases = new TreeMap<>();
        models.aliases(model).forEach((alias, version) -> aliases.put(alias, version.number()));
        one.put("aliases", aliases);
        one.put("details", rows(models, model).stream().map(Row::json).toList());
        return one;
    }

    /** Reads few versions where many models are listed, since each is read whole. */
    private List<Row> rows(ModelRepository models, String model) {
        List<ModelVersion> versions = models.versions(model);
        SortedSet<Integer> shown = new TreeSet<>();
        models.aliases(model).values().forEach(version -> shown.add(version.number()));
        if (!versions.isEmpty()) {
            shown.add(versions.get(versions.size() - 1).number());
        }
        return versions.stream().filter(version -> name != null || shown.contains(version.number()))
                .map(version -> row(models, version)).toList();
    }

    private static Row row(ModelRepository models, ModelVersion version) {
        Map<String, String> values = ModelStore.properties(models, version, "provenance.properties");
        List<String> aliases = new ArrayList<>();
        models.aliases(version.name()).forEach((alias, of) -> {
            if (of.equals(version)) {
                aliases.add(alias);
            }
        });
        return new Row(version,
                models.savedAt(version).map(time -> time.atOffset(ZoneOffset.UTC).toString()).orElse(""),
                values.getOrDefault("data", ""), values.getOrDefault("figures.recording.auroc", ""),
                values.getOrDefault("test.accuracy", ""), aliases);
    }
}
