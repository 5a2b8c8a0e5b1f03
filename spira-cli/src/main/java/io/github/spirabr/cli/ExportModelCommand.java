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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code spira models export}: writes a model's network for services in other languages. */
@Command(
        name = "export",
        description = "Writes a model's network as an ONNX file, and FILE.json beside it: the settings that turn recordings into"
                + " the network's input, and its output into a decision. Existing files are replaced. Needs the extension"
                + " spira-onnx.",
        footerHeading = "%nExamples:%n",
        footer = {"  spira models export spira champion --onnx spira.onnx"},
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ExportModelCommand implements Callable<Integer> {

    @Mixin
    private ModelChoice model = new ModelChoice();

    @Option(names = "--onnx", paramLabel = "FILE", required = true, description = "The file to write.")
    private Path onnx;

    @Override
    public Integer call() {
        NetworkExporter exporter = Extensions.exporter("onnx", "spira-onnx");
        WholeFiles.requireWritable(onnx.toAbsolutePath().getParent());
        ModelRepository models = model.open();
        Path description = onnx.resolveSibling(onnx.getFileName() + ".json");
        Map<String, Object> written = new LinkedHashMap<>();
        try (Predictor predictor = Predictor.open(models, model.find(models))) {
            Map<Path, byte[]> files = new LinkedHashMap<>();
            exporter.files(onnx.getFileName().toString(), predictor)
                    .forEach((name, content) -> files.put(onnx.resolveSibling(name), content));
            StringWriter json = new StringWriter();
            Json.print(new PrintWriter(json), predictor.description());
            files.put(description, json.toString().getBytes(StandardCharsets.UTF_8));
            WholeFiles.write(files);
            written.put("model", predictor.version().name());
            written.put("version", predictor.version().number());
        }
        written.put("onnx", onnx.toString());
        written.put("description", description.toString());
        model.output().print(() -> written, out -> out.println("wrote version " + written.get("version") + " of " + model.name()
                + " to " + onnx + ", and its description to " + description));
        return 0;
    }
}
