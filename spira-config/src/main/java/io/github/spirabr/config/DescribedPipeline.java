package io.github.spirabr.config;

import io.github.spirabr.config.Experiment.CacheFolder;
import io.github.spirabr.config.Experiment.CheckpointFolder;
import io.github.spirabr.config.Experiment.DecisionChoice;
import io.github.spirabr.config.Experiment.EventFolder;
import io.github.spirabr.config.Experiment.NoiseFiles;
import io.github.spirabr.config.Experiment.PreprocessingSteps;
import io.github.spirabr.config.Experiment.RecordingLists;
import io.github.spirabr.config.Experiment.StoredWeights;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.pipeline.PipelineDescription;
import io.github.spirabr.core.storage.EventFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns the description of a pipeline into an experiment, and reports all parts that no file can name. Used once. */
final class DescribedPipeline {

    private static final String LOCATION = "location";
    private static final String AUDIO_CACHE = "audioCache.";

    private final PipelineDescription pipeline;
    private final List<String> faults = new ArrayList<>();

    DescribedPipeline(PipelineDescription pipeline) {
        this.pipeline = pipeline;
    }

    Experiment experiment(Map<String, NoiseFiles> noises, Map<String, StoredWeights> pretrained) {
        Map<String, Object> listed = new LinkedHashMap<>(settings("recordings", "recordings"));
        Optional<CacheFolder> audioCache = Optional.ofNullable(listed.remove(AUDIO_CACHE + LOCATION))
                .map(folder -> new CacheFolder(Path.of(folder.toString()), number(listed.remove(AUDIO_CACHE + "maximumBytes"))));
        RecordingLists recordings = ListedRecordings.lists(listed);
        Map<String, Object> models = settings("models", "models");
        ComponentDescription split =
                recordings.sides().isEmpty() ? component("split") : ExperimentReader.LISTED_SPLIT;
        PreprocessingSteps steps = new PreprocessingSteps(pipeline.parts("transform"), pipeline.parts("augment"),
                component("window"), component("extract"), pipeline.parts("augmentFeatures"));
        Optional<CheckpointFolder> checkpoints = checkpoints();
        Optional<CacheFolder> features = optional("featureCache", "features").map(DescribedPipeline::cache);
        Optional<EventFolder> events = events();
        Optional<StoragePlace> work = work();
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException("the pipeline must have parts that an experiment file can name, but "
                    + String.join("; ", faults));
        }
        return Experiment.builder()
                .recordings(recordings)
                .noises(noises)
                .pretrained(pretrained)
                .reader(component("reader"))
                .preprocessing(steps)
                .evaluation(pipeline.parts("evaluation"))
                .probes(pipeline.parts("probes"))
                .split(split)
                .rejections(pipeline.rejections())
                .decision(new DecisionChoice(pipeline.operatingPoint(), pipeline.calibrate(), pipeline.abstention()))
                .aggregation(component("aggregation"))
                .qualityLimits(pipeline.qualityLimits())
                .model(component("model"))
                .training(component("training"))
                .checkpoints(checkpoints)
                .featureCache(features)
                .audioCache(audioCache)
                .events(events)
                .work(work)
                .models(place(models))
                .modelName(pipeline.modelName())
                .target(pipeline.target())
                .labelsBySession(pipeline.labelsBySession())
                .baseline(pipeline.baseline())
                .seed(pipeline.seed())
                .threads(threads())
                .cacheBytes(pipeline.cacheBytes())
                .build();
    }

    /** Returns the number of threads; empty if it equals the number of processors, which is the default of a file. */
    private OptionalInt threads() {
        return pipeline.threads() == Runtime.getRuntime().availableProcessors()
                ? OptionalInt.empty() : OptionalInt.of(pipeline.threads());
    }

    private ComponentDescription component(String name) {
        return pipeline.parts(name).get(0);
    }

    private Map<String, Object> settings(String name, String type) {
        return optional(name, type).orElse(Map.of(LOCATION, ""));
    }

    /** Returns the settings of a part; empty if there is none, or if it is of another type, which is a fault. */
    private Optional<Map<String, Object>> optional(String name, String type) {
        List<ComponentDescription> parts = pipeline.parts(name);
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        if (!parts.get(0).type().equals(type)) {
            faults.add(name + " is " + parts.get(0).type() + ", which has no name in a file");
            return Optional.empty();
        }
        return Optional.of(parts.get(0).settings());
    }

    private Optional<CheckpointFolder> checkpoints() {
        Optional<Map<String, Object>> settings = optional("checkpoints", "checkpoints");
        settings.filter(all -> all.containsKey("best") || all.containsKey("every")).ifPresent(all ->
                faults.add("checkpoints keep the best one or every so many steps, which a file cannot say"));
        return settings.map(all ->
                new CheckpointFolder(Path.of(all.get(LOCATION).toString()), Math.toIntExact(number(all.get("keep")))));
    }

    private Optional<EventFolder> events() {
        return pipeline.parts("listener").stream().filter(listener -> listener.type().equals("events")).findFirst()
                .map(ComponentDescription::settings)
                .map(settings -> new EventFolder(Path.of(settings.get(LOCATION).toString()), formats(settings.get("formats"))));
    }

    private static Set<EventFormat> formats(Object names) {
        return Stream.of(EventFormat.values()).filter(format -> ((List<?>) names).contains(Settings.nameOf(format)))
                .collect(Collectors.toSet());
    }

    /** The two stores of a work store lie in one place, see {@link StoragePlace#workOf}. */
    private Optional<StoragePlace> work() {
        Optional<StoragePlace> outcomes = optional("outcomes", "models").map(DescribedPipeline::place);
        Optional<StoragePlace> features = optional("features", "datasets").map(DescribedPipeline::place);
        if (outcomes.isEmpty() || features.isEmpty()) {
            return Optional.empty();
        }
        String suffix = "/" + StoragePlace.OUTCOMES;
        String location = outcomes.get().location().replace('\\', '/');
        Optional<StoragePlace> work = location.endsWith(suffix)
                ? Optional.of(new StoragePlace(location.substring(0, location.length() - suffix.length()))) : Optional.empty();
        if (work.isEmpty() || !work.get().within(StoragePlace.FEATURES).equals(features.get())) {
            faults.add("the work store has outcomes at " + outcomes.get() + " and features at " + features.get()
                    + ", which are not outcomes and features of one place");
        }
        return work;
    }

    private static CacheFolder cache(Map<String, Object> settings) {
        return new CacheFolder(Path.of(settings.get(LOCATION).toString()), number(settings.get("maximumBytes")));
    }

    private static StoragePlace place(Map<String, Object> settings) {
        return new StoragePlace(settings.get(LOCATION).toString());
    }

    private static long number(Object value) {
        return ((Number) value).longValue();
    }
}
