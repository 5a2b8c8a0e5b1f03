import io.github.spirabr.core.registry.ModelArtifact.FileDigest;
import io.github.spirabr.audio.fingerprint.BandFingerprinter;
import io.github.spirabr.audio.quality.AudioInspector;
import io.github.spirabr.core.audit.SplitAudit;
import io.github.spirabr.core.continuous.ContinuousTraining;
import io.github.spirabr.core.pipeline.TrainingPipeline;
import io.github.spirabr.core.registry.ModelVersion;
import io.github.spirabr.core.training.Checkpoint;
import io.github.spirabr.core.training.CheckpointStore;
import io.github.spirabr.report.run.RunReport;
import io.github.spirabr.storage.fs.config.Experiment;
import io.github.spirabr.storage.fs.config.ExperimentFile;
import io.github.spirabr.storage.fs.config.ExperimentParts;
import io.github.spirabr.storage.fs.config.PublishedConfiguration;
import io.github.spirabr.storage.fs.config.RetrainingPlan;
import io.github.spirabr.storage.fs.config.RetrainingPlanFile;
import io.github.spirabr.storage.fs.journal.FileSystemJournal;
import io.github.spirabr.storage.fs.registry.FileSystemCheckpointStore;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes what version 0.1 stores: models, prepared features, outcomes of stages, checkpoints, and a journal. Run by make.sh
 * with the program of that version; not compiled by the build. Arguments: the folder of the stored formats; or a folder of a
 * stored model's files and the file that their checksums are written to.
 */
final class StoredFormats01 {

    private static final Instant BEGIN = Instant.parse("2026-01-05T06:00:00Z");
    private static final Pattern RANDOM_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final Path formats;

    private StoredFormats01(Path formats) {
        this.formats = formats;
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 2) {
            Files.writeString(Path.of(arguments[1]), checksums(Path.of(arguments[0])));
            return;
        }
        StoredFormats01 made = new StoredFormats01(Path.of(arguments[0]).toAbsolutePath());
        made.models();
        made.checkpoints();
        made.rounds();
        made.configuration();
        made.fixRandomIds();
    }

    /** Of each file, without what differs between two builds of the same code: the run's identity and the library's version. */
    private static String checksums(Path folder) throws IOException {
        Matcher identity = Pattern.compile("(?m)^identity=(.*)$")
                .matcher(Files.readString(folder.resolve("provenance.properties")));
        identity.find();
        StringBuilder lines = new StringBuilder();
        try (Stream<Path> files = Files.list(folder).sorted()) {
            for (Path file : files.toList()) {
                byte[] bytes = Files.readAllBytes(file);
                if (!file.toString().endsWith(".f32")) {
                    bytes = Stream.of(new String(bytes, StandardCharsets.UTF_8).split("\n", -1))
                            .filter(line -> !line.matches(".*([Ll]ibrary|Made by SPIRA for Java).*"))
                            .map(line -> line.replace(identity.group(1), "IDENTITY"))
                            .collect(Collectors.joining("\n")).getBytes(StandardCharsets.UTF_8);
                }
                lines.append(FileDigest.of(bytes).sha256()).append("  ").append(file.getFileName()).append('\n');
            }
        }
        return lines.toString();
    }

    private static Clock at(int hours) {
        return Clock.fixed(BEGIN.plus(Duration.ofHours(hours)), ZoneOffset.UTC);
    }

    private static TrainingPipeline.Builder pipeline(Experiment experiment) {
        return ExperimentParts.of(experiment).applyTo(TrainingPipeline.builder())
                .audit(SplitAudit.of(new BandFingerprinter()));
    }

    private void models() {
        Path folder = formats.resolve("experiment");
        ExperimentFile file = ExperimentFile.at(folder.resolve("experiment.yaml"));
        ModelVersion first = pipeline(file.read()).reporter(new RunReport()).build().run().model();
        ModelVersion second = pipeline(file.set("seed=8").set("work=").set("probes=[]").read()).build().run().model();
        Path models = folder.resolve("models");
        FileSystemModelRepository repository = FileSystemModelRepository.at(models);
        ModelVersion third = repository.save("spira", repository.load(second));
        ModelVersion fourth = repository.save("spira", repository.load(second));
        FileSystemModelRepository.at(models, at(1)).promote("champion", first, Optional.empty(), "ana");
        FileSystemModelRepository.at(models, at(2)).promote("champion", second, Optional.of(first), "nightly retraining");
        FileSystemModelRepository.at(models, at(3)).rollBack("spira", "champion", "ana");
        FileSystemModelRepository.at(models, at(4)).promote("challenger", fourth, "bruno");
        repository.tag(first, "hospital", "HC da USP – São Paulo");
        repository.tag(second, "note", "a \"quoted\" note, with a backslash: \\");
        repository.delete(third);
    }

    /** A run that dies after its third checkpoint. */
    private void checkpoints() {
        Path folder = formats.resolve("experiment");
        ExperimentFile file = ExperimentFile.at(folder.resolve("experiment.yaml")).set("work=");
        CheckpointStore store = new DyingStore(FileSystemCheckpointStore.at(folder.resolve("checkpoints")));
        try {
            pipeline(file.read()).checkpoints(store).build().run();
            throw new IllegalStateException("the run must die after its third checkpoint, but it ended");
        } catch (DyingStore.Death e) {
            System.out.println("the run died after its third checkpoint");
        }
    }

    private static final class DyingStore implements CheckpointStore {

        private static final class Death extends Error {}

        private final CheckpointStore kept;
        private int saved;

        private DyingStore(CheckpointStore kept) {
            this.kept = kept;
        }

        @Override
        public void save(Checkpoint checkpoint) {
            kept.save(checkpoint);
            saved++;
            if (saved == 3) {
                throw new Death();
            }
        }

        @Override
        public Optional<Found> latest() {
            return kept.latest();
        }

        @Override
        public void clear() {
            kept.clear();
        }
    }

    /** Each by its manifest: a first champion, a promotion, a rejection with recordings in quarantine, and nothing new twice. */
    private void rounds() throws IOException {
        round(0, "metadata-1.csv", "plan.yaml");
        round(24, "metadata-2.csv", "plan.yaml");
        round(48, "metadata-3.csv", "strict.yaml");
        round(72, "metadata-3.csv", "plan.yaml");
        round(96, "metadata-3.csv", "plan.yaml");
        Files.delete(formats.resolve("year/metadata.csv"));
    }

    private void round(int hours, String manifest, String planFile) throws IOException {
        Path folder = formats.resolve("year");
        Files.copy(folder.resolve(manifest), folder.resolve("metadata.csv"), StandardCopyOption.REPLACE_EXISTING);
        Experiment experiment = ExperimentFile.at(folder.resolve("experiment.yaml")).read();
        RetrainingPlan plan = RetrainingPlanFile.at(folder.resolve(planFile)).read();
        ExperimentParts parts = ExperimentParts.of(experiment);
        System.out.println(plan.applyTo(ContinuousTraining.builder())
                .recordings(parts.recordings())
                .inspector(AudioInspector.of(parts.reader()))
                .pipeline(() -> pipeline(experiment))
                .models(FileSystemModelRepository.at(folder.resolve("models"), at(hours)))
                .modelName(experiment.modelName())
                .journal(FileSystemJournal.at(folder.resolve("journal")))
                .seed(experiment.seed())
                .threads(2)
                .holder("nightly")
                .clock(at(hours))
                .build()
                .round());
    }

    /** What was read, as the version writes it: an experiment in layers, and a configuration of SPIRA's Python code. */
    private void configuration() throws IOException {
        Path folder = formats.resolve("configuration");
        Experiment layered = ExperimentFile.at(folder.resolve("layered.yaml")).environment(Map.of()).withoutFiles().read();
        Files.writeString(folder.resolve("layered.read.yaml"), ExperimentFile.text(layered, folder));
        PublishedConfiguration published = PublishedConfiguration.read(folder.resolve("published.json"));
        Files.writeString(folder.resolve("published.read.yaml"), ExperimentFile.text(published.experiment(), folder));
    }

    /** Ids of alias moves and of leases are drawn anew each time; here they are numbered. */
    private void fixRandomIds() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(formats)) {
            files = all.filter(file -> file.endsWith("catalog.json") || file.getParent().endsWith("journal")).sorted().toList();
        }
        Map<String, String> numbered = new LinkedHashMap<>();
        for (Path file : files) {
            if (Files.isRegularFile(file)) {
                Matcher ids = RANDOM_ID.matcher(Files.readString(file));
                Files.writeString(file, ids.replaceAll(id -> numbered.computeIfAbsent(id.group(),
                        any -> String.format("00000000-0000-4000-8000-%012d", numbered.size() + 1))), StandardCharsets.UTF_8);
            }
        }
    }
}
