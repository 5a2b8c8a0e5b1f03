package io.github.spirabr.cli;

import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

    @Override
    public Integer call() {
        ModelRepository models = store.open();
        store.output().print(
                () -> models.names().stream().map(name -> json(models, name)).toList(),
                out -> models.names().forEach(name -> out.println(line(name, models.versions(name), aliases(models, name)))));
        return 0;
    }

    private static Map<String, Object> json(ModelRepository models, String name) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("name", name);
        one.put("versions", models.versions(name).stream().map(ModelVersion::number).toList());
        one.put("aliases", aliases(models, name));
        return one;
    }

    private static Map<String, Integer> aliases(ModelRepository models, String name) {
        Map<String, Integer> aliases = new TreeMap<>();
        models.aliases(name).forEach((alias, version) -> aliases.put(alias, version.number()));
        return aliases;
    }

    private static String line(String name, List<ModelVersion> versions, Map<String, Integer> aliases) {
        String text = name + ": " + (versions.size() == 1 ? "1 version" : versions.size() + " versions")
                + versions.stream().map(ModelVersion::number).max(Integer::compare).map(n -> ", newest " + n).orElse("");
        return aliases.isEmpty() ? text : text + aliases.entrySet().stream()
                .map(alias -> alias.getKey() + " " + alias.getValue()).collect(Collectors.joining(", ", "; ", ""));
    }
}
