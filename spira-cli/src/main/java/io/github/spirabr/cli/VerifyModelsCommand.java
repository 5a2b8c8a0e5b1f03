package io.github.spirabr.cli;

import io.github.spirabr.core.registry.ModelRepository;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code spira models verify}: checks all that is stored of models. */
@Command(
        name = "verify",
        description = "Reads every file of every version and compares it with its manifest, the versions with the catalog, and "
                + "the digests of aliases with the versions. With --mend, a catalog that is missing, damaged or incomplete is "
                + "made anew from the versions; aliases and tags of a catalog that cannot be read are lost, and must be set again.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:No fault was found, or all were mended.", "1:A fault is left, or the check failed.", "2:Wrong usage."},
        footerHeading = "%nExamples:%n",
        footer = {
            "  spira models verify",
            "  spira models verify spira --models s3://hospital/models",
            "  spira models verify spira --mend"
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class VerifyModelsCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The model's name; by default all models.")
    private @Nullable String name;

    @Option(names = "--mend", description = "Mend catalogs.")
    private boolean mend;

    @Mixin
    private ModelStore store = new ModelStore();

    @Override
    public Integer call() {
        ModelRepository models = store.open();
        if (name != null && !models.names().contains(name)) {
            throw new IllegalArgumentException("there is no model called '" + name + "'; existing models: " + models.names()
                    + "; choose one of them, or another place with --models");
        }
        List<ModelRepository.Check> checks = (name == null ? models.names() : List.of(name)).stream()
                .map(one -> mend ? models.mend(one) : models.verify(one)).toList();
        store.output().print(() -> checks.stream().map(VerifyModelsCommand::json).toList(), out -> print(out, checks));
        return checks.stream().allMatch(ModelRepository.Check::isSound) ? 0 : 1;
    }

    private static Map<String, Object> json(ModelRepository.Check check) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", check.name());
        json.put("versions", check.versions());
        json.put("sound", check.isSound());
        json.put("faults", check.faults().stream()
                .map(fault -> Map.of("finding", fault.finding(), "mendable", fault.mendable())).toList());
        return json;
    }

    private static void print(PrintWriter out, List<ModelRepository.Check> checks) {
        for (ModelRepository.Check check : checks) {
            out.println(check.name() + ": " + Counted.of(check.versions(), "version") + " read, "
                    + (check.isSound() ? "no fault" : Counted.of(check.faults().size(), "fault")));
            check.faults().forEach(fault ->
                    out.println("  " + fault.finding() + (fault.mendable() ? " (can be mended with --mend)" : "")));
        }
        if (checks.isEmpty()) {
            out.println("there are no models");
        }
    }
}
