package io.github.spirabr.cli;

import io.github.spirabr.core.prediction.Predictor;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.onnx.OnnxExport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code spira models export}: writes a model's network for services in other languages. */
@Command(
        name = "export",
        description = "Writes a model's network as an ONNX file, and beside it FILE.json: how recordings become the network's"
                + " input, and its answers a decision. A file of that name is replaced.",
        footerHeading = "%nExamples:%n",
        footer = {"  spira models export spira champion --onnx spira.onnx"},
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class ExportModelCommand implements Callable<Integer> {

    @Mixin
    private ModelChoice model = new ModelChoice();

    @Option(names = "--onnx", paramLabel = "FILE", required = true, description = "Where the network is written.")
    private Path onnx;

    @Override
    public Integer call() throws IOException {
        ModelRepository models = model.open();
        Path description = onnx.resolveSibling(onnx.getFileName() + ".json");
        Map<String, Object> written = new LinkedHashMap<>();
        try (Predictor predictor = Predictor.open(models, model.find(models))) {
            byte[] network = OnnxExport.of(predictor);
            StringWriter json = new StringWriter();
            Json.print(new PrintWriter(json), OnnxExport.description(predictor));
            write(description, json.toString().getBytes(StandardCharsets.UTF_8));
            write(onnx, network);
            written.put("model", predictor.version().name());
            written.put("version", predictor.version().number());
        }
        written.put("onnx", onnx.toString());
        written.put("description", description.toString());
        model.output().print(() -> written, out -> out.println("Version " + written.get("version") + " of " + model.name()
                + " is in " + onnx + ", what it needs in " + description));
        return 0;
    }

    /** It appears whole or not at all. */
    private static void write(Path file, byte[] content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path draft = Files.createTempFile(folder, ".export", null);
        try {
            Files.write(draft, content);
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
