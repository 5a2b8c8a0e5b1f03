package io.github.spirabr.core.pipeline;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.Described;
import io.github.spirabr.core.evaluation.Abstention;
import io.github.spirabr.core.evaluation.OperatingPoint;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.PreprocessingPlan;
import io.github.spirabr.core.preprocessing.UnfittedPreprocessing;
import io.github.spirabr.core.quality.QualityLimits;
import io.github.spirabr.core.recording.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The parts and settings of a pipeline. Immutable.
 *
 * @param parts parts by name, several of them only under {@code transform}, {@code augment}, {@code augmentFeatures}, {@code
 *     evaluation} and {@code probes}; the others are {@code recordings}, {@code reader}, {@code window}, {@code extract}, {@code
 *     split}, {@code aggregation}, {@code model}, {@code training} and {@code models}, and where they are set {@code
 *     checkpoints}, {@code featureCache}, {@code outcomes} and {@code features} of the work store, and {@code listener}. A part
 *     that cannot describe itself has the simple name of its class as type, and no settings
 * @param baseline whether logistic regression on speech statistics is trained beside the network
 * @param rejections share of unusable recordings that is tolerated
 * @param operatingPoint choice of the threshold
 * @param calibrate whether probabilities are calibrated
 * @param abstention choice of the inconclusive band
 * @param qualityLimits levels above which the model warns of a recording or gives no answer
 * @param modelName name under which the model is saved
 * @param target the condition that the model detects, with the names of its classes
 * @param labelsBySession whether the class of a subject may change between sessions
 * @param seed seed from which all random draws derive
 * @param threads number of threads
 * @param cacheBytes size of the cache in memory, if it is set
 */
public record PipelineDescription(
        Map<String, List<ComponentDescription>> parts,
        boolean baseline,
        RejectionPolicy rejections,
        OperatingPoint operatingPoint,
        boolean calibrate,
        Abstention abstention,
        QualityLimits qualityLimits,
        String modelName,
        Target target,
        boolean labelsBySession,
        long seed,
        int threads,
        OptionalLong cacheBytes) {

    /** Copies the map. */
    public PipelineDescription {
        parts = Map.copyOf(parts);
    }

    static PipelineDescription of(PipelineParts parts) {
        Map<String, List<ComponentDescription>> described = new LinkedHashMap<>();
        PreprocessingPlan plan = parts.preprocessing();
        put(described, "recordings", parts.recordings());
        put(described, "reader", parts.reader());
        putAll(described, "transform", plan.transforms());
        putAll(described, "augment", plan.augmentations());
        if (plan instanceof Preprocessing fitted) {
            put(described, "window", fitted.windowing());
            put(described, "extract", fitted.extractor());
        } else if (plan instanceof UnfittedPreprocessing unfitted) {
            put(described, "window", unfitted.windowing());
            put(described, "extract", unfitted.extractor());
        }
        putAll(described, "augmentFeatures", plan.featureAugmentations());
        putAll(described, "evaluation", parts.protocols());
        putAll(described, "probes", parts.probes());
        put(described, "split", parts.split());
        put(described, "aggregation", parts.aggregation());
        put(described, "model", parts.model());
        put(described, "training", parts.trainer());
        put(described, "models", parts.models());
        put(described, "checkpoints", parts.checkpoints());
        put(described, "featureCache", parts.featureCache());
        if (parts.workStore() != null) {
            put(described, "outcomes", parts.workStore().outcomes());
            put(described, "features", parts.workStore().features());
        }
        put(described, "listener", parts.listener());
        return new PipelineDescription(described, parts.baseline(), parts.rejections(), parts.operatingPoint(), parts.calibrate(),
                parts.abstention(), parts.qualityLimits(), parts.modelName(), parts.target(), parts.labelsBySession(),
                parts.seed(), parts.parallelism().threads(),
                parts.cacheSize());
    }

    private static void put(Map<String, List<ComponentDescription>> parts, String name, @Nullable Object part) {
        if (part != null) {
            putAll(parts, name, List.of(part));
        }
    }

    private static void putAll(Map<String, List<ComponentDescription>> parts, String name, List<?> all) {
        parts.put(name, all.stream().map(part -> part instanceof Described one
                ? one.description()
                : new ComponentDescription(part.getClass().getSimpleName(), Map.of())).toList());
    }

    /** Returns the parts of a name; may be empty. */
    public List<ComponentDescription> parts(String name) {
        return Objects.requireNonNullElse(parts.get(name), List.of());
    }
}
