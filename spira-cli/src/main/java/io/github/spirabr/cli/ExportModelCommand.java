package io.github.spirabr.cli;

import io.github.spirabr.core.prediction.NetworkExporter;
import io.github.spirabr.core.prediction.Predictor;
import io.github.spirabr.core.registry.ModelRepository;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code spira models export}: writes a model's network for services in other languages. */
@Command(
        name = "export",
        description = "Writes a model's network for other programs, and FILE.json beside it: the settings that turn recordings"
                + " into the network's input, and its output into a decision. A safetensors file holds the weights with their"
                + " names and shapes; an ONNX file, which needs the extension spira-onnx, holds the computation, too. Existing"
                + " files are replaced.",
        footerHeading = "%nExamples:%n",
        footer = {"  spira models export spira champion --to spira.safetensors",
            "  spira models export spira champion --onnx spira.onnx"},
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ExportModelCommand implements Callable<Integer> {

    private static final String ONNX = "onnx";
    private static final String SAFETENSORS = "safetensors";

    @Mixin
    private ModelChoice model = new ModelChoice();

    @ArgGroup(multiplicity = "1")
    private Target target;

    private static final class Target {

        @Option(names = "--to", paramLabel = "FILE", description = "The file to write, FILE.safetensors or FILE.onnx.")
        private Path to;

        @Option(names = "--onnx", paramLabel = "FILE", description = "The ONNX file to write.")
        private Path onnx;

        Path file() {
            return to == null ? onnx : to;
        }

        String format() {
            String name = file().getFileName().toString();
            String ending = to == null ? ONNX : name.substring(name.lastIndexOf('.') + 1);
            if (!ending.equals(ONNX) && !ending.equals(SAFETENSORS)) {
                throw new IllegalArgumentException(
                        "--to must be a file that ends in ." + SAFETENSORS + " or ." + ONNX + ", but was " + name);
            }
            return ending;
        }
    }

    @Override
    public Integer call() {
        Path file = target.file();
        String format = target.format();
        NetworkExporter exporter = Extensions.exporter(format, format.equals(ONNX) ? "spira-onnx" : "spira-training");
        WholeFiles.requireWritable(file.toAbsolutePath().getParent());
        ModelRepository models = model.open();
        Path description = file.resolveSibling(file.getFileName() + ".json");
        Map<String, Object> written = new LinkedHashMap<>();
        try (Predictor predictor = Predictor.open(models, model.find(models))) {
            Map<Path, byte[]> files = new LinkedHashMap<>();
            exporter.files(file.getFileName().toString(), predictor)
                    .forEach((name, content) -> files.put(file.resolveSibling(name), content));
            StringWriter json = new StringWriter();
            Json.print(new PrintWriter(json), predictor.description());
            files.put(description, json.toString().getBytes(StandardCharsets.UTF_8));
            WholeFiles.write(files);
            written.put("model", predictor.version().name());
            written.put("version", predictor.version().number());
        }
        written.put(format, file.toString());
        written.put("description", description.toString());
        model.output().print(() -> written, out -> out.println("wrote version " + written.get("version") + " of " + model.name()
                + " to " + file + ", and its description to " + description));
        return 0;
    }
}
