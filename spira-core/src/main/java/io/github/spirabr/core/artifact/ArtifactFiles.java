package io.github.spirabr.core.artifact;

import io.github.spirabr.core.audit.SplitCertificate;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.internal.SortedProperties;
import io.github.spirabr.core.quality.InputStatistics;
import io.github.spirabr.core.quality.QualityLimits;
import io.github.spirabr.core.registry.ModelArtifact;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** The files of a model's artifact: its recipe, its provenance, and the network's own. */
public final class ArtifactFiles {

    /** Keys of the provenance. */
    public static final String IDENTITY = "identity";
    public static final String DATA = "data";

    private static final String RECIPE = "model.properties";
    private static final String PROVENANCE = "provenance.properties";
    private static final String INPUT = "input-statistics.properties";
    private static final String CERTIFICATE = "certificate.properties";
    private static final String NETWORK = "network.files";

    private ArtifactFiles() {}

    /**
     * @param limits of quality
     * @param inputs what the training side was like
     * @param certificate of the split, if there is one
     * @param report what people are told
     */
    public static Map<String, byte[]> of(
            ModelRecipe recipe,
            Map<String, byte[]> network,
            SortedMap<String, String> provenance,
            QualityLimits limits,
            InputStatistics inputs,
            Optional<SplitCertificate> certificate,
            Map<String, byte[]> report) {
        Map<String, byte[]> files = new HashMap<>(network);
        SortedMap<String, String> described = recipe.describe();
        described.put(NETWORK, String.join(",", new TreeSet<>(network.keySet())));
        described.putAll(limits.describe());
        own(files, "the pipeline", RECIPE, SortedProperties.write(described));
        own(files, "the pipeline", PROVENANCE, SortedProperties.write(provenance));
        own(files, "the pipeline", INPUT, SortedProperties.write(inputs.describe()));
        certificate.ifPresent(one -> own(files, "the pipeline", CERTIFICATE, SortedProperties.write(one.describe())));
        report.forEach((name, content) -> own(files, "the report", name, content));
        return files;
    }

    private static void own(Map<String, byte[]> files, String owner, String name, byte[] content) {
        if (files.put(name, content) != null) {
            throw new IllegalStateException(
                    "two parts of a model have a file " + name + ", one of them " + owner + "; rename one");
        }
    }

    public static ModelRecipe recipe(ModelArtifact artifact, Components components) {
        return ModelRecipe.read(SortedProperties.read(artifact.file(RECIPE)), components);
    }

    /** Names all that the run of this artifact depended on; empty if it is of an older library, or of no run. */
    public static Optional<String> identity(ModelArtifact artifact) {
        return provenance(artifact, IDENTITY);
    }

    /** Names the recordings that the run heard; empty if the artifact is of an older library, or of no run. */
    public static Optional<String> dataFingerprint(ModelArtifact artifact) {
        return provenance(artifact, DATA);
    }

    private static Optional<String> provenance(ModelArtifact artifact, String key) {
        return artifact.has(PROVENANCE)
                ? Optional.ofNullable(SortedProperties.read(artifact.file(PROVENANCE)).get(key)) : Optional.empty();
    }

    /** Those of the library's standard that the artifact does not name. */
    public static QualityLimits limits(ModelArtifact artifact) {
        return QualityLimits.read(SortedProperties.read(artifact.file(RECIPE)));
    }

    /** What the training side was like; empty if the artifact is of an older library, or of no run. */
    public static Optional<InputStatistics> inputStatistics(ModelArtifact artifact) {
        return artifact.has(INPUT)
                ? Optional.of(InputStatistics.read(SortedProperties.read(artifact.file(INPUT)))) : Optional.empty();
    }

    /** The network's own files: those that the recipe names; in an artifact of an older library all that are left. */
    public static Map<String, byte[]> network(ModelArtifact artifact) {
        String named = SortedProperties.read(artifact.file(RECIPE)).get(NETWORK);
        Set<String> names = new TreeSet<>(named == null ? artifact.fileNames() : List.of(named.split(",")));
        names.removeAll(List.of(RECIPE, PROVENANCE, INPUT));
        Map<String, byte[]> files = new HashMap<>();
        names.forEach(name -> files.put(name, artifact.file(name)));
        return files;
    }
}
