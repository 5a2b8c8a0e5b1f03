package io.github.spirabr.core.artifact;

import io.github.spirabr.core.audit.KnownSounds;
import io.github.spirabr.core.audit.SplitCertificate;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.internal.Document;
import io.github.spirabr.core.internal.DocumentException;
import io.github.spirabr.core.model.PriorTraining;
import io.github.spirabr.core.quality.InputStatistics;
import io.github.spirabr.core.quality.QualityLimits;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepositoryException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** The files of a model's artifact: its recipe, its provenance, and the network's own. */
public final class ArtifactFiles {

    static final String RECIPE = "model.properties";
    static final String PROVENANCE = "provenance.properties";
    private static final String INPUT = "input-statistics.properties";
    private static final String CERTIFICATE = "certificate.properties";
    private static final String NETWORK = "network.files";

    private ArtifactFiles() {}

    /**
     * Returns the files of a model.
     *
     * @param network the network's own files
     * @param limits limits of quality
     * @param inputs statistics of the training set
     * @param certificate certificate of the split, if there is one
     * @param trainedOn subjects and recordings of the training
     * @param sounds sounds of the training and validation set, if they were fingerprinted
     * @param report the report's files
     */
    public static Map<String, byte[]> of(
            ModelRecipe recipe,
            Map<String, byte[]> network,
            SortedMap<String, String> provenance,
            QualityLimits limits,
            InputStatistics inputs,
            Optional<SplitCertificate> certificate,
            PriorTraining trainedOn,
            Optional<KnownSounds> sounds,
            Map<String, byte[]> report) {
        Map<String, byte[]> files = new HashMap<>(network);
        SortedMap<String, String> described = recipe.describe();
        described.put(NETWORK, String.join(",", new TreeSet<>(network.keySet())));
        described.putAll(limits.describe());
        own(files, "the pipeline", RECIPE, Document.of(described).toBytes());
        own(files, "the pipeline", PROVENANCE, Document.of(provenance).toBytes());
        own(files, "the pipeline", INPUT, Document.of(inputs.describe()).toBytes());
        own(files, "the pipeline", PriorTraining.FILE, trainedOn.toBytes());
        sounds.ifPresent(one -> own(files, "the pipeline", KnownSounds.FILE, one.toBytes()));
        certificate.ifPresent(one -> own(files, "the pipeline", CERTIFICATE, Document.of(one.describe()).toBytes()));
        report.forEach((name, content) -> own(files, "the report", name, content));
        return files;
    }

    private static void own(Map<String, byte[]> files, String owner, String name, byte[] content) {
        if (files.put(name, content) != null) {
            throw new IllegalStateException(
                    "two parts of a model have a file " + name + ", one of them " + owner + "; rename one");
        }
    }

    /**
     * Reads the recipe.
     *
     * @throws ModelRepositoryException if it is damaged or of a newer format
     * @throws io.github.spirabr.core.component.ComponentException if a part cannot be made
     */
    public static ModelRecipe recipe(ModelArtifact artifact, Components components) {
        return ModelRecipe.read(read(artifact, RECIPE), components);
    }

    /**
     * Reads a file of named values.
     *
     * @throws ModelRepositoryException if it is damaged
     */
    static SortedMap<String, String> read(ModelArtifact artifact, String file) {
        try {
            return Document.read(file, artifact.file(file)).toMap();
        } catch (DocumentException e) {
            throw new ModelRepositoryException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Returns the limits of quality that the artifact names, and the library's standard for the others. */
    public static QualityLimits limits(ModelArtifact artifact) {
        return QualityLimits.read(read(artifact, RECIPE));
    }

    /** Returns the statistics of the training set; empty if the artifact is of an older library, or of no run. */
    public static Optional<InputStatistics> inputStatistics(ModelArtifact artifact) {
        return artifact.has(INPUT)
                ? Optional.of(InputStatistics.read(read(artifact, INPUT))) : Optional.empty();
    }

    /** Returns the network's own files: those that the recipe names; in an artifact of an older library all that are left. */
    public static Map<String, byte[]> network(ModelArtifact artifact) {
        String named = read(artifact, RECIPE).get(NETWORK);
        Set<String> names = new TreeSet<>(named == null ? artifact.fileNames() : List.of(named.split(",")));
        names.removeAll(List.of(RECIPE, PROVENANCE, INPUT));
        Map<String, byte[]> files = new HashMap<>();
        names.forEach(name -> files.put(name, artifact.file(name)));
        return files;
    }
}
