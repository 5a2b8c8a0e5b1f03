package io.github.spirabr.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.github.spirabr.config.Experiment.CacheFolder;
import io.github.spirabr.config.Experiment.CheckpointFolder;
import io.github.spirabr.config.Experiment.DecisionChoice;
import io.github.spirabr.config.Experiment.EventFolder;
import io.github.spirabr.config.Experiment.KeyListing;
import io.github.spirabr.config.Experiment.NoiseFiles;
import io.github.spirabr.config.Experiment.PreprocessingSteps;
import io.github.spirabr.config.Experiment.RecordingLists;
import io.github.spirabr.config.Experiment.StoredWeights;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.dataset.Side;
import io.github.spirabr.core.evaluation.Abstention;
import io.github.spirabr.core.evaluation.OperatingPoint;
import io.github.spirabr.core.pipeline.RejectionPolicy;
import io.github.spirabr.core.pipeline.TaskTraining;
import io.github.spirabr.core.quality.QualityLimits;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Target;
import io.github.spirabr.core.storage.EventFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterProperty;

/** What is written is read back as it was, whatever the experiment, and is taken by the schema of such files. */
@Tag("slow")
class ExperimentRoundTripTest {

    private static final Path FOLDER = temporaryFolder();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(ExperimentSchema.text(AnyParts.components()));

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("experiments").toRealPath();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterProperty
    void removeFile() throws IOException {
        Files.deleteIfExists(FOLDER.resolve("experiment.yaml"));
    }

    @Property(tries = 300)
    void writtenAndReadAgainItIsTheSame(@ForAll("experiments") Experiment experiment) throws IOException {
        Path file = FOLDER.resolve("experiment.yaml");
        String text = ExperimentFile.text(experiment, FOLDER);
        Files.writeString(file, text);
        Experiment read = ExperimentFile.at(file).environment(Map.of()).withoutFiles().read(AnyParts.components());
        assertThat(read).as(text).isEqualTo(experiment);
        assertThat(ExperimentFile.text(read, FOLDER)).isEqualTo(text);
        assertThat(SCHEMA.validate(YAML.readTree(text))).as(text).isEmpty();
    }

    @Example
    void theSchemaTakesAConditionInOneWordToo() throws IOException {
        assertThat(SCHEMA.validate(YAML.readTree("target: asthma"))).isEmpty();
        assertThat(SCHEMA.validate(YAML.readTree("target: {name: asthma, negative: healthy}"))).isEmpty();
        assertThat(SCHEMA.validate(YAML.readTree("target: {title: asthma}"))).isNotEmpty();
        assertThat(SCHEMA.validate(YAML.readTree("target: [asthma]"))).isNotEmpty();
    }

    @Provide
    Arbitrary<Experiment> experiments() {
        Arbitrary<Tuple.Tuple5<RecordingLists, Map<String, NoiseFiles>, PreprocessingSteps, List<ComponentDescription>,
                Map<String, StoredWeights>>> data = Combinators.combine(recordings(),
                        Arbitraries.maps(names(), noises()).ofMaxSize(3), steps(), part().list().ofMaxSize(2),
                        Arbitraries.maps(names(), weights()).ofMaxSize(2)).as(Tuple::of);
        Arbitrary<Tuple.Tuple4<ComponentDescription, ComponentDescription, ComponentDescription, Limits>> parts =
                Combinators.combine(part(), part(), part(), limits()).as(Tuple::of);
        Arbitrary<Tuple.Tuple5<Optional<CheckpointFolder>, Optional<CacheFolder>, Optional<StoragePlace>,
                StoragePlace, String>> places =
                Combinators.combine(
                        Combinators.combine(paths(), Arbitraries.integers().between(1, 9)).as(CheckpointFolder::new).optional(),
                        Combinators.combine(paths(), Arbitraries.longs().between(1, Long.MAX_VALUE)).as(CacheFolder::new)
                                .optional(),
                        places().optional(),
                        places(),
                        modelNames()).as(Tuple::of);
        Arbitrary<Optional<Integer>> threads = Arbitraries.integers().between(1, 64).optional();
        Arbitrary<Optional<Long>> cache = Arbitraries.longs().between(0, Long.MAX_VALUE).optional();
        return Combinators.combine(data, parts, places, part(), Arbitraries.longs(), threads, cache, folders())
                .as((one, two, three, split, seed, count, bytes, folders) -> Experiment.builder()
                        .recordings(one.get1())
                        .noises(one.get2())
                        .pretrained(one.get5())
                        .reader(two.get1())
                        .preprocessing(one.get3())
                        .evaluation(one.get4())
                        .probes(one.get4())
                        .split(one.get1().sides().isEmpty() ? split : ExperimentReader.LISTED_SPLIT)
                        .rejections(two.get4().rejections())
                        .decision(two.get4().decision())
                        .aggregation(two.get3())
                        .qualityLimits(two.get4().quality())
                        .model(two.get2())
                        .training(two.get3())
                        .checkpoints(three.get1())
                        .featureCache(three.get2())
                        .audioCache(folders.get1())
                        .events(folders.get2())
                        .work(three.get3())
                        .models(three.get4())
                        .modelName(three.get5())
                        .target(seed % 2 == 0 ? Target.STANDARD : new Target("asthma", "no: 1", three.get5()))
                        .labelsBySession(seed % 3 == 0)
                        .tasks(seed % 5 == 0 ? List.of("phrase", "rhyme no. 2") : List.of(),
                                seed % 10 == 0 ? TaskTraining.Fusion.LOGISTIC : TaskTraining.Fusion.MEAN_LOG_ODDS)
                        .seed(seed)
                        .threads(count.map(OptionalInt::of).orElse(OptionalInt.empty()))
                        .cacheBytes(bytes.map(OptionalLong::of).orElse(OptionalLong.empty()))
                        .build());
    }

    private static Arbitrary<Tuple.Tuple2<Optional<CacheFolder>, Optional<EventFolder>>> folders() {
        return Combinators.combine(
                Combinators.combine(paths(), Arbitraries.longs().between(1, Long.MAX_VALUE)).as(CacheFolder::new).optional(),
                Combinators.combine(paths(), Arbitraries.of(EventFormat.class).set().ofMinSize(1)).as(EventFolder::new)
                        .optional()).as(Tuple::of);
    }

    private static Arbitrary<String> modelNames() {
        // Not a name that Windows reserves, such as com9.
        return Arbitraries.strings().withCharRange('a', 'z').numeric().ofMinLength(1).ofMaxLength(9)
                .filter(name -> !name.matches("con|prn|aux|nul|com[0-9]|lpt[0-9]"));
    }

    /** Folders; addresses are known where their module is on the class path. */
    private static Arbitrary<StoragePlace> places() {
        return Arbitraries.oneOf(paths().map(StoragePlace::at), modelNames().map(name ->
                new StoragePlace(AnyParts.AnyStorage.SCHEME + "://bucket/" + name)));
    }

    private static Arbitrary<StoredWeights> weights() {
        Arbitrary<StoredWeights> models = Combinators.combine(
                        places().optional(), modelNames().optional(), Arbitraries.integers().between(0, 9))
                .as((place, name, version) -> new StoredWeights(place, name,
                        version == 0 ? OptionalInt.empty() : OptionalInt.of(version),
                        version == 0 ? Optional.of("champion") : Optional.empty(), Optional.empty()));
        return Arbitraries.oneOf(models, paths().map(file -> new StoredWeights(
                Optional.empty(), Optional.empty(), OptionalInt.empty(), Optional.empty(), Optional.of(file))));
    }

    private static Arbitrary<RecordingLists> recordings() {
        Arbitrary<RecordingLists> one = Combinators.combine(places(), places(), texts(), texts(), texts())
                .as((manifest, root, file, label, subject) -> new RecordingLists(
                        Optional.of(manifest), Map.of(), Map.of(), Optional.empty(), Map.of("root", root.location(),
                                "fileColumn", file, "classColumn", "c " + label, "subjectColumn", "s " + subject)));
        Arbitrary<RecordingLists> bySide = Combinators.combine(places(), places(), places(), texts())
                .as((training, validation, test, subject) -> new RecordingLists(
                        Optional.empty(),
                        Map.of(Side.TRAINING, training, Side.VALIDATION, validation, Side.TEST, test),
                        Map.of(), Optional.empty(), Map.of("subjectColumn", "s " + subject)));
        Arbitrary<RecordingLists> byClass = Combinators.combine(paths(), paths(), paths().map(StoragePlace::at))
                .as((controls, patients, root) -> new RecordingLists(
                        Optional.empty(), Map.of(), Map.of(Label.CONTROL, controls, Label.PATIENT, patients), Optional.empty(),
                        Map.of("root", root.location(), "subjectPattern", "([a-z]+)-")));
        Arbitrary<RecordingLists> inWords = paths().map(StoragePlace::at).map(manifest -> new RecordingLists(
                Optional.of(manifest), Map.of(), Map.of(), Optional.empty(), Map.of(
                        "fileColumn", "arquivo", "classColumn", "classe", "controlWords", List.of("controle", "0"),
                        "patientWords", List.of("paciente"), "missingWords", List.of("-", "sem resposta"),
                        "where.task", List.of("phrase", "rhyme"), "find", true, "separator", ";")));
        Arbitrary<RecordingLists> inBucket = modelNames().map(name -> new RecordingLists(
                Optional.empty(), Map.of(), Map.of(), Optional.of(new KeyListing(
                        new StoragePlace(AnyParts.AnyStorage.SCHEME + "://bucket/" + name), "(?<subject>.+)/(?<label>.)",
                        Optional.of(name))),
                Map.of()));
        return Arbitraries.oneOf(one, places().map(RecordingLists::new), bySide, byClass, inWords, inBucket);
    }

    private static Arbitrary<NoiseFiles> noises() {
        return Combinators.combine(paths().optional(), texts().optional(), paths().optional(),
                        paths().list().ofMinSize(1).ofMaxSize(3),
                        Arbitraries.doubles().between(0.01, 0.99).optional(), Arbitraries.longs())
                .as((list, column, root, files, share, seed) -> new NoiseFiles(list, column, root, files,
                        share.map(OptionalDouble::of).orElse(OptionalDouble.empty()), seed));
    }

    private static Arbitrary<PreprocessingSteps> steps() {
        Arbitrary<List<ComponentDescription>> several = part().list().ofMaxSize(2);
        return Combinators.combine(several, part().list().ofMaxSize(3), part(), part(), several, several)
                .as(PreprocessingSteps::new);
    }

    private record Limits(RejectionPolicy rejections, DecisionChoice decision, QualityLimits quality) {}

    private static Arbitrary<Limits> limits() {
        Arbitrary<Double> share = Arbitraries.doubles().between(0, 1).ofScale(6);
        Arbitrary<Double> inside = Arbitraries.doubles().between(0.001, 0.999).ofScale(6);
        Arbitrary<DecisionChoice> decisions = Combinators.combine(
                        Arbitraries.of(OperatingPoint.Rule.class), inside, Arbitraries.of(true, false),
                        Arbitraries.of(Abstention.Rule.class), inside)
                .as((rule, value, calibrate, abstention, wished) -> new DecisionChoice(
                        new OperatingPoint(rule, value), calibrate, new Abstention(abstention, wished)));
        return Combinators.combine(share, share, decisions)
                .as((one, two, decision) -> new Limits(new RejectionPolicy(one, two), decision, new QualityLimits(
                        0.001 + 0.9 * Math.min(one, two), 0.001 + 0.9 * Math.max(one, two), 0.5, 0.95)));
    }

    private static Arbitrary<ComponentDescription> part() {
        Arbitrary<Double> anyNumber = Arbitraries.oneOf(
                Arbitraries.doubles(), Arbitraries.of(1e300, -4.9e-324, 0.1, 3.0, -0.0, 1e-7, 123456789012.0));
        return Combinators.combine(texts().optional(), anyNumber.optional(), Arbitraries.longs().optional(),
                        Arbitraries.of(true, false).optional(), texts().list().ofMaxSize(3).optional(), anyNumber.optional(),
                        anyNumber.list().ofMaxSize(2))
                .as((text, number, whole, flag, list, deep, parts) -> {
                    Map<String, Object> settings = new LinkedHashMap<>();
                    text.ifPresent(value -> settings.put("text", value));
                    number.ifPresent(value -> settings.put("number", value));
                    whole.ifPresent(value -> settings.put("whole", value));
                    flag.ifPresent(value -> settings.put("flag", value));
                    list.ifPresent(value -> settings.put("list", value));
                    deep.ifPresent(value -> settings.put("group.deep.number", value));
                    text.ifPresent(value -> settings.put("group.text", value));
                    for (int i = 0; i < parts.size(); i++) {
                        settings.put("parts." + i + ".type", "some");
                        settings.put("parts." + i + ".number", parts.get(i));
                    }
                    return new ComponentDescription(AnyParts.TYPE, settings);
                });
    }

    private static Arbitrary<String> names() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withCharRange('a', 'z').withCharRange('0', '9').withChars('_', '-').ofMinLength(1)
                        .ofMaxLength(8),
                Arbitraries.of("true", "null", "1", "1e3", "-", "no"));
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withCharRange(' ', '\uD7FF').ofMinLength(1).ofMaxLength(12),
                Arbitraries.of("${HOME}", "$${", "true", "null", "~", "1e3", "0x1F", "1_000", "yes", "'", "\"", "a: b", "# c",
                        " x ", "- y", "[", "{a}", "*a", "&a", "!t", "%", "@", "`", "\t", "a\nb\n", "1:30", "2026-01-01", ".5",
                        "<<", "\u0085", "\uFEFF", "\u2028"));
    }

    private static Arbitrary<Path> paths() {
        Arbitrary<String> name = Arbitraries.of("data", "a b", "ção", "${X}", "#1", "x.csv", "true", "it's");
        return Combinators.combine(Arbitraries.of(FOLDER, FOLDER.resolveSibling("other"), Path.of("/data").toAbsolutePath()), name, name)
                .as((folder, first, second) -> folder.resolve(first).resolve(second));
    }
}
