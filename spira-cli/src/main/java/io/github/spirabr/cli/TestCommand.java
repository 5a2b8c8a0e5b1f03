package io.github.spirabr.cli;

import io.github.spirabr.audio.fingerprint.BandFingerprinter;
import io.github.spirabr.audio.probe.UsualProbes;
import io.github.spirabr.core.audit.SplitAudit;
import io.github.spirabr.core.dataset.RecordingSource;
import io.github.spirabr.core.pipeline.ExternalFindings;
import io.github.spirabr.core.pipeline.ExternalValidation;
import io.github.spirabr.core.pipeline.RejectionPolicy;
import io.github.spirabr.core.pipeline.SeenInTrainingException;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.core.work.Parallelism;
import io.github.spirabr.report.run.ExternalMatrix;
import io.github.spirabr.report.run.RunReport;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code spira test}: tests a stored model on a data set that it has never seen. */
@Command(
        name = "test",
        description = "Tests a stored model on a data set that it has never seen, such as another hospital's. Preprocessing, "
                + "temperature and threshold are those stored with the model; nothing is fitted, and nothing is written but the "
                + "report. Refuses subjects and recordings that the model was trained or validated on, also if these were encoded "
                + "anew. Several lists, or --also, give a table of models and data sets, in which such a pair is left out.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  spira test spira champion other-hospital.csv --out report/",
            "  spira test spira 3 other-hospital/ --form audio-folder --json > report.json",
            "  spira test spira 3 hospital-b.csv --names-apart",
            "  spira test a 1 a.csv b.csv c.csv --also b/1 --also c/1 --out matrix/"
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false)
final class TestCommand implements Callable<Integer> {

    @Mixin
    private ModelChoice model = new ModelChoice();

    @Parameters(index = "2..*", paramLabel = "LIST", arity = "1..*", showDefaultValue = Visibility.NEVER,
            description = "List of recordings as for 'spira run', or - for standard input.")
    private List<String> lists = List.of();

    @Option(names = "--also", paramLabel = "NAME/VERSION", showDefaultValue = Visibility.NEVER,
            description = "A further model, for a table of models and data sets.")
    private List<String> also = List.of();

    @Mixin
    private ManifestColumns columns = new ManifestColumns();

    @Option(names = "--out", paramLabel = "FOLDER", showDefaultValue = Visibility.NEVER,
            description = "Write the report there: report.html, a page that needs no network, and report.json.")
    private @Nullable Path out;

    @Option(names = "--names-apart",
            description = "Subjects with the names of training subjects are other persons, as where two hospitals count their "
                    + "patients. Their recordings are compared either way.")
    private boolean namesApart;

    @Option(names = "--max-rejected", paramLabel = "SHARE",
            description = "Stop if more than this share of the recordings is unusable; otherwise leave them out. "
                    + "0 tolerates none.")
    private double maxRejected = RejectionPolicy.standard().largestShare();

    @Option(names = "--no-probes", description = "Skip the probes, which take about as long as eight tests.")
    private boolean noProbes;

    @Option(names = "--threads", paramLabel = "N", description = "Threads that read audio.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ModelRepository models = model.open();
        List<ModelVersion> versions = versions(models);
        List<RecordingSource> sources = lists.stream().map(columns::recordings).toList();
        if (out != null) {
            WholeFiles.requireWritable(out.toAbsolutePath().getParent());
        }
        if (versions.size() == 1 && sources.size() == 1) {
            ExternalFindings found = test(models, versions.get(0), sources.get(0));
            publish(new RunReport().report(found), printer -> new TestSummary(printer).print(found));
        } else {
            ExternalMatrix matrix = matrix(models, versions, sources);
            publish(new RunReport().report(matrix), printer -> new TestSummary(printer).print(matrix));
        }
        return 0;
    }

    private List<ModelVersion> versions(ModelRepository models) {
        List<ModelVersion> versions = new ArrayList<>(List.of(model.find(models)));
        for (String one : also) {
            int slash = one.lastIndexOf('/');
            if (slash < 1 || slash == one.length() - 1) {
                throw new ParameterException(
                        spec.commandLine(), "--also must be NAME/VERSION, such as spira/3, but was '" + one + "'");
            }
            versions.add(model.find(models, one.substring(0, slash), one.substring(slash + 1)));
        }
        return versions;
    }

    private ExternalFindings test(ModelRepository models, ModelVersion version, RecordingSource source) {
        ProgressLine line = new ProgressLine(model.output().err());
        ExternalValidation.Builder test = ExternalValidation.builder(models, version, source)
                .audit(SplitAudit.of(new BandFingerprinter()))
                .namesApart(namesApart)
                .rejections(new RejectionPolicy(maxRejected, RejectionPolicy.standard().largestClassGap()))
                .parallelism(Parallelism.of(threads))
                .progress((done, total) -> {
                    if (Terminal.readsErrors()) {
                        line.show("reading", done, total, version.toString());
                    } else if (done == total || done % Math.max(500, total / 20) == 0) {
                        model.output().err().println("read " + done + " of " + total + " recordings");
                        model.output().err().flush();
                    }
                });
        if (!noProbes) {
            UsualProbes.withoutTraining().forEach(test::addProbe);
        }
        try {
            return test.build().run();
        } finally {
            line.clear();
        }
    }

    private ExternalMatrix matrix(ModelRepository models, List<ModelVersion> versions, List<RecordingSource> sources) {
        List<ExternalMatrix.Cell> cells = new ArrayList<>();
        for (ModelVersion version : versions) {
            for (int i = 0; i < sources.size(); i++) {
                cells.add(cell(models, version, lists.get(i), sources.get(i)));
            }
        }
        return new ExternalMatrix(versions, lists, cells);
    }

    private ExternalMatrix.Cell cell(ModelRepository models, ModelVersion version, String list, RecordingSource source) {
        try {
            return ExternalMatrix.Cell.tested(version, list, test(models, version, source));
        } catch (SeenInTrainingException e) {
            return ExternalMatrix.Cell.seen(version, list, e);
        }
    }

    private void publish(SortedMap<String, byte[]> report, Consumer<PrintWriter> text) {
        if (out != null) {
            WholeFiles.writeInto(out, report);
        }
        PrintWriter printer = model.output().out();
        if (model.output().json()) {
            printer.println(new String(report.get(RunReport.JSON), StandardCharsets.UTF_8));
        } else {
            text.accept(printer);
            if (out != null) {
                printer.println("Report: " + out.resolve(RunReport.HTML) + ", " + out.resolve(RunReport.JSON));
            }
        }
        printer.flush();
    }
}
