package io.github.spirabr.examples.cli;

import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code spira models list}: all models, their versions and aliases. Reads no file of a version. */
@Command(
        name = "list",
        description = "Lists all models with the numbers of their versions and their aliases.",
        footerHeading = "%nExamples:%n",
        footer = {"  spira models list", "  spira models list --models /srv/models --json"},
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ListModelsCommand implements Callable<Integer> {

    @Mixin
    private ModelStore store;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        ModelRepository models = store.open();
        List<Map<String, Object>> all = new ArrayList<>();
        for (String name : models.names()) {
            Map<String, Integer> aliases = new TreeMap<>();
            models.aliases(name).forEach((alias, version) -> aliases.put(alias, version.number()));
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", name);
            one.put("versions", models.versions(name).stream().map(ModelVersion::number).toList());
            one.put("aliases", aliases);
            all.add(one);
            if (!store.json()) {
                out.println(line(name, models.versions(name), aliases));
            }
        }
        if (store.json()) {
            Json.print(out, all);
        }
        out.flush();
        return 0;
    }

    private static String line(String name, List<ModelVersion> versions, Map<String, Integer> aliases) {
        String text = name + ": " + (versions.size() == 1 ? "1 version" : versions.size() + " versions")
                + versions.stream().map(ModelVersion::number).max(Integer::compare).map(n -> ", newest " + n).orElse("");
        return aliases.isEmpty() ? text : text + aliases.entrySet().stream()
                .map(alias -> alias.getKey() + " " + alias.getValue()).collect(Collectors.joining(", ", "; ", ""));
    }
}
