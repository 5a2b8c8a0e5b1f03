package io.github.spirabr.config;

import io.github.spirabr.config.Experiment.PreprocessingSteps;
import io.github.spirabr.config.Experiment.StoredWeights;
import io.github.spirabr.config.ExperimentReader.FaultSink;
import io.github.spirabr.core.SpiraException;
import io.github.spirabr.core.audio.AudioReader;
import io.github.spirabr.core.component.Component;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentException;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.dataset.Splitter;
import io.github.spirabr.core.internal.adapter.ServiceProviders;
import io.github.spirabr.core.internal.adapter.Spelling;
import io.github.spirabr.core.model.Aggregation;
import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.model.WeightsLoader;
import io.github.spirabr.core.preprocessing.Augmentation;
import io.github.spirabr.core.preprocessing.EvaluationProtocol;
import io.github.spirabr.core.preprocessing.FeatureAugmentation;
import io.github.spirabr.core.preprocessing.FeatureExtractor;
import io.github.spirabr.core.preprocessing.FeatureTransform;
import io.github.spirabr.core.preprocessing.NoiseLoader;
import io.github.spirabr.core.preprocessing.NoiseLoader.NoiseSet;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.PreprocessingPlan;
import io.github.spirabr.core.preprocessing.UnfittedWindowing;
import io.github.spirabr.core.preprocessing.WaveformTransform;
import io.github.spirabr.core.preprocessing.Windowing;
import io.github.spirabr.core.probe.Probe;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes the parts of an experiment, or reports each one that cannot be made. Used once, by one thread. */
final class ExperimentAssembly {

    /** Sample rate of stand-ins for noises where the reader itself is faulty. */
    private static final int ANY_RATE = 16_000;

    private final Experiment experiment;
    private final Components known;
    /** True if the files that are named must exist. */
    private final boolean files;
    private final FaultSink faults;
    private boolean faulty;

    private ExperimentAssembly(Experiment experiment, Components known, boolean files, FaultSink faults) {
        this.experiment = experiment;
        this.known = known;
        this.files = files;
        this.faults = faults;
    }

    /** Makes all parts, with the noises read. */
    static ExperimentParts make(Experiment experiment, Components components) {
        List<String> sentences = new ArrayList<>();
        ExperimentAssembly assembly =
                new ExperimentAssembly(experiment, components, true, (path, sentence) -> sentences.add(sentence));
        Optional<ExperimentParts> parts = assembly.parts(true);
        return parts.orElseThrow(() -> new ComponentException(String.join("; ", sentences)));
    }

    /**
     * Reports all faults that can be found before any audio is read.
     *
     * @param files whether the files that are named must exist
     */
    static void check(Experiment experiment, Components components, boolean files, FaultSink faults) {
        new ExperimentAssembly(experiment, components, files, faults).parts(false);
    }

    private Optional<ExperimentParts> parts(boolean readNoises) {
        AudioReader reader = create(AudioReader.class, "reader", experiment.reader(), known);
        Components components = pretrained(noises(reader, readNoises));
        PreprocessingSteps steps = experiment.preprocessing();
        List<WaveformTransform> transforms =
                createAll(WaveformTransform.class, "preprocessing.transform", steps.transform(), components);
        List<Augmentation> augmentations =
                createAll(Augmentation.class, "preprocessing.augment", steps.augment(), components);
        Component window = window(steps.window(), components);
        FeatureExtractor extractor = create(FeatureExtractor.class, "preprocessing.extract", steps.extract(), components);
        List<FeatureTransform> changed = createAll(
                FeatureTransform.class, "preprocessing.transformFeatures", steps.transformFeatures(), components);
        List<FeatureAugmentation> ofFeatures = createAll(
                FeatureAugmentation.class, "preprocessing.augmentFeatures", steps.augmentFeatures(), components);
        List<EvaluationProtocol> protocols =
                createAll(EvaluationProtocol.class, "evaluation", experiment.evaluation(), components);
        for (int i = 0; i < protocols.size(); i++) {
            EvaluationProtocol protocol = protocols.get(i);
            guard("evaluation[" + i + "]", () -> {
                protocol.refuseMaterialOf(augmentations);
                return protocol;
            });
        }
        List<Probe> probes = createAll(Probe.class, "probes", experiment.probes(), components);
        for (int i = 0; i < probes.size(); i++) {
            Probe probe = probes.get(i);
            guard("probes[" + i + "]", () -> {
                probe.protocols().forEach(protocol -> protocol.refuseMaterialOf(augmentations));
                return probe;
            });
        }
        Aggregation aggregation = create(Aggregation.class, "aggregation", experiment.aggregation(), components);
        boolean listed = experiment.split().type().equals(ExperimentReader.LISTED);
        Splitter named = listed ? null : create(Splitter.class, "split", experiment.split(), components);
        ModelFactory model = create(ModelFactory.class, "model", experiment.model(), components);
        ModelTrainer trainer = create(ModelTrainer.class, "training", experiment.training(), components);
        if (reader != null && window instanceof Windowing windowing && extractor != null) {
            guard("preprocessing.window", () -> extractor.frames(windowing.windowLength(reader.sampleRate())));
        }
        if (files) {
            manifests();
        }
        if (faulty || reader == null || window == null || extractor == null || aggregation == null || model == null
                || trainer == null) {
            return Optional.empty();
        }
        Splitter split = named == null ? ListedRecordings.splitter() : named;
        Experiment described = described(
                reader, transforms, augmentations, window, extractor, changed, ofFeatures, protocols, probes, named, aggregation,
                model, trainer);
        return Optional.of(new ExperimentParts(
                experiment, described, reader, plan(transforms, augmentations, window, extractor, changed, ofFeatures), protocols,
                probes, split, aggregation, model, trainer));
    }

    private static PreprocessingPlan plan(
            List<WaveformTransform> transforms,
            List<Augmentation> augmentations,
            Component window,
            FeatureExtractor extractor,
            List<FeatureTransform> changed,
            List<FeatureAugmentation> ofFeatures) {
        Preprocessing.Builder builder = Preprocessing.builder();
        transforms.forEach(builder::transform);
        augmentations.forEach(builder::augment);
        Preprocessing.Windowed<? extends PreprocessingPlan> windowed = window instanceof Windowing windowing
                ? builder.window(windowing) : builder.window((UnfittedWindowing) window);
        Preprocessing.Extracted<? extends PreprocessingPlan> extracted = windowed.extract(extractor);
        changed.forEach(extracted::transform);
        ofFeatures.forEach(extracted::augment);
        return extracted.build();
    }

    private Experiment described(
            AudioReader reader,
            List<WaveformTransform> transforms,
            List<Augmentation> augmentations,
            Component window,
            FeatureExtractor extractor,
            List<FeatureTransform> changed,
            List<FeatureAugmentation> ofFeatures,
            List<EvaluationProtocol> protocols,
            List<Probe> probes,
            @Nullable Splitter split,
            Aggregation aggregation,
            ModelFactory model,
            ModelTrainer trainer) {
        PreprocessingSteps steps = new PreprocessingSteps(
                descriptions(transforms), descriptions(augmentations), window.description(), placed(extractor),
                descriptions(changed), descriptions(ofFeatures));
        return experiment.toBuilder()
                .reader(reader.description())
                .preprocessing(steps)
                .evaluation(descriptions(protocols))
                .probes(descriptions(probes))
                .split(split == null ? ExperimentReader.LISTED_SPLIT : split.description())
                .aggregation(aggregation.description())
                .model(model.description())
                .training(trainer.description())
                .build();
    }

    /** Describes the extractor with its files where the experiment has them; descriptions name files without folders. */
    private ComponentDescription placed(FeatureExtractor extractor) {
        ComponentDescription description = extractor.description();
        Map<String, Object> settings = new LinkedHashMap<>(description.settings());
        for (Setting setting : known.settings(FeatureExtractor.class, description.type()).settings()) {
            if (setting.kind() == Setting.Kind.FILE) {
                settings.computeIfPresent(setting.name(),
                        (name, file) -> experiment.preprocessing().extract().settings().getOrDefault(name, file));
            }
        }
        return new ComponentDescription(description.type(), settings);
    }

    private static List<ComponentDescription> descriptions(List<? extends Component> components) {
        return components.stream().map(Component::description).toList();
    }

    private void manifests() {
        experiment.recordings().manifest().flatMap(StoragePlace::path)
                .ifPresent(path -> requireList("recordings.manifest", path));
        experiment.recordings().sides().forEach((side, place) -> place.path()
                .ifPresent(path -> requireList("recordings." + Settings.nameOf(side), path)));
        experiment.recordings().classes().forEach((label, path) ->
                requireFile("recordings." + Settings.nameOf(label) + "s", path));
    }

    private void requireList(String path, Path list) {
        if (!Files.isDirectory(list)) {
            requireFile(path, list);
        }
    }

    private void requireFile(String path, Path file) {
        if (!Files.isRegularFile(file)) {
            fault(path, path + ": there is no file " + file + "; correct the path");
        }
    }

    private Components noises(@Nullable AudioReader reader, boolean read) {
        Components components = known;
        if (experiment.noises().isEmpty()) {
            return components;
        }
        Optional<NoiseLoader> loader = ServiceProviders.of(NoiseLoader.class).stream().findFirst();
        if (loader.isEmpty()) {
            fault("noises", "noises: needs a module that reads noises, such as spira-audio, on the class path; add it");
            return components;
        }
        for (Map.Entry<String, Experiment.NoiseFiles> entry : experiment.noises().entrySet()) {
            String path = "noises." + entry.getKey();
            NoiseSet set = files
                    ? NoiseSources.listed(entry.getKey(), entry.getValue(), this::fault)
                    : NoiseSources.madeUp(entry.getKey(), entry.getValue());
            Components before = components;
            Components more = guard(path, () -> read && reader != null && !faulty
                    ? loader.get().load(before, set, reader)
                    : loader.get().standIn(
                            before,
                            set.sources().isEmpty() ? NoiseSources.madeUp(entry.getKey(), entry.getValue()) : set,
                            reader == null ? ANY_RATE : reader.sampleRate()));
            components = more == null ? components : more;
        }
        return components;
    }

    /** Adds the weights that trainings start from to the components; stand-ins where files need not exist. */
    private Components pretrained(Components before) {
        Components components = before;
        if (experiment.pretrained().isEmpty()) {
            return components;
        }
        Optional<WeightsLoader> loader = ServiceProviders.of(WeightsLoader.class).stream().findFirst();
        if (loader.isEmpty()) {
            fault("pretrained", "pretrained: needs a module that reads weights, such as spira-training, on the class path;"
                    + " add it");
            return components;
        }
        for (Map.Entry<String, StoredWeights> entry : experiment.pretrained().entrySet()) {
            Components known = components;
            Components more = files
                    ? guard("pretrained." + entry.getKey(), () -> loader.get().load(
                            known, entry.getKey(), WeightSources.files(experiment, entry.getValue())))
                    : null;
            components = more == null ? loader.get().standIn(known, entry.getKey()) : more;
        }
        return components;
    }

    private @Nullable Component window(ComponentDescription description, Components components) {
        String path = "preprocessing.window";
        SortedSet<String> fitted = components.types(Windowing.class);
        SortedSet<String> unfitted = components.types(UnfittedWindowing.class);
        if (fitted.contains(description.type())) {
            return create(Windowing.class, path, description, components);
        }
        if (unfitted.contains(description.type()) || description.type().isEmpty()) {
            return create(UnfittedWindowing.class, path, description, components);
        }
        SortedSet<String> all = new TreeSet<>(fitted);
        all.addAll(unfitted);
        fault(path + ".type", path + ".type: no Windowing is called '" + description.type() + "'; known are " + all
                + Spelling.nearest(description.type(), all).map(near -> "; did you mean '" + near + "'?").orElse("")
                + " (is the module that brings it on the class path?)");
        return null;
    }

    private <T extends Component> List<T> createAll(
            Class<T> port, String path, List<ComponentDescription> descriptions, Components components) {
        List<T> made = new ArrayList<>();
        for (int i = 0; i < descriptions.size(); i++) {
            T one = create(port, path + "[" + i + "]", descriptions.get(i), components);
            if (one != null) {
                made.add(one);
            }
        }
        return made;
    }

    /** Makes a part; null if that fails, which is reported, or if its type is missing, which was reported. */
    private <T extends Component> @Nullable T create(
            Class<T> port, String path, ComponentDescription description, Components components) {
        if (description.type().isEmpty()) {
            faulty = true;
            return null;
        }
        if (!files && namesMissingFile(port, description)) {
            guard(path, () -> {
                components.check(port, path, description);
                return description;
            });
            return null;
        }
        return guard(path, () -> components.create(port, path, description));
    }

    private boolean namesMissingFile(Class<?> port, ComponentDescription description) {
        return known.types(port).contains(description.type())
                && known.settings(port, description.type()).settings().stream()
                        .filter(one -> one.kind() == Setting.Kind.FILE && description.settings().containsKey(one.name()))
                        .anyMatch(one -> !new File(description.settings().get(one.name()).toString()).isFile());
    }

    private interface Making<T> {
        T make();
    }

    private <T> @Nullable T guard(String path, Making<T> making) {
        try {
            return making.make();
        } catch (ComponentException e) {
            e.faults().forEach(one -> fault(one.path().isEmpty() ? path : one.path(), one.message()));
        } catch (SpiraException | IllegalArgumentException e) {
            fault(path, path + ": " + e.getMessage());
        }
        return null;
    }

    private void fault(String path, String sentence) {
        faulty = true;
        faults.fault(path, sentence);
    }
}
