package io.github.spirabr.training;

import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.component.SettingsDeclaration;
import io.github.spirabr.core.model.PriorTraining;
import io.github.spirabr.core.model.TrainingEvent;
import io.github.spirabr.core.model.TrainingException;
import io.github.spirabr.training.engine.Network;
import io.github.spirabr.training.engine.Safetensors;
import io.github.spirabr.training.engine.Segment;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Weights of a stored model that a training starts from, as far as they fit: an array is copied if the network has one
 * of the same name and sizes; all other arrays stay freshly drawn. Settings name them by {@code pretrained.weights};
 * the application gives them to {@link io.github.spirabr.core.component.Components#bind} under that name. Immutable and
 * thread-safe.
 */
public final class PretrainedWeights {

    static final SettingsDeclaration SETTINGS = SettingsDeclaration.of(
                    Setting.bound("weights", PretrainedWeights.class, "Name of the weights that training starts from."),
                    Setting.text("sha256", "SHA-256 digest that these weights must have.").optional("not compared"),
                    Setting.texts("reinitialise", "Layers that are initialised anew.").byDefault(List.of()),
                    Setting.truth("allowHeldOut", "True if the weights may have been trained on held-out subjects.")
                            .byDefault(false))
            .asOptionalGroup("pretrained");

    private final String name;
    private final Map<String, byte[]> state;
    private final Set<String> fresh;
    private final PriorTraining prior;

    private PretrainedWeights(String name, Map<String, byte[]> state, Set<String> fresh, PriorTraining prior) {
        this.name = name;
        this.state = state;
        this.fresh = fresh;
        this.prior = prior;
    }

    /**
     * Returns all weights of a model, or of a safetensors file.
     *
     * @param name name of the model, such as {@code spira 3}
     * @param state result of {@link io.github.spirabr.core.model.TrainedModel#state}, which a stored model holds as files; or
     *     one file whose name ends in {@code .safetensors}, of which it is not known what it was trained on
     * @throws TrainingException if the weights are missing or damaged
     */
    public static PretrainedWeights of(String name, Map<String, byte[]> state) {
        Map<String, byte[]> ours = new TreeMap<>();
        state.forEach((file, content) -> {
            if (file.endsWith(WeightsFile.ENDING)) {
                ours.put(file, content.clone());
            }
        });
        if (ours.isEmpty()) {
            for (String file : List.of(WeightsFile.WEIGHTS, WeightsFile.LAYOUT, WeightsFile.STATISTICS)) {
                if (state.containsKey(file)) {
                    ours.put(file, state.get(file).clone());
                }
            }
        }
        arrays(ours);
        return new PretrainedWeights(name, ours, Set.of(), PriorTraining.read(name, state));
    }

    private static Safetensors arrays(Map<String, byte[]> state) {
        if (!WeightsFile.isOfBefore(state)) {
            if (state.size() != 1) {
                throw new TrainingException("weights to start from must be one file whose name ends in " + WeightsFile.ENDING
                        + ", but there are " + state.keySet() + "; give one of them");
            }
            Map.Entry<String, byte[]> file = state.entrySet().iterator().next();
            return Safetensors.read(file.getKey(), file.getValue());
        }
        List<Segment> layout = WeightsFile.layout(state);
        float[] weights = WeightsFile.floats(
                state, WeightsFile.WEIGHTS, layout.stream().mapToInt(Segment::length).sum());
        return Safetensors.read(WeightsFile.WEIGHTS, Safetensors.write(Map.of(), layout, weights));
    }

    /** Returns a placeholder for weights that are not loaded; it accepts every digest. */
    static PretrainedWeights standIn(String name) {
        return new PretrainedWeights(name, Map.of(), Set.of(), PriorTraining.of(name, List.of(), List.of()));
    }

    /**
     * Returns these weights without those of some layers, which are initialised anew.
     *
     * @param layers names of layers, such as {@code output}, {@code dense1} or {@code conv4}
     */
    public PretrainedWeights reinitialise(String... layers) {
        Set<String> more = new LinkedHashSet<>(fresh);
        more.addAll(List.of(layers));
        return new PretrainedWeights(name, state, more, prior);
    }

    /**
     * Returns the same weights, which may have been trained on subjects of the validation and test sets. Without this such
     * a training is refused; with it, certificate and report tell of it, since the metrics are then too good.
     */
    public PretrainedWeights allowHeldOut() {
        return new PretrainedWeights(name, state, fresh, prior.allowHeldOut());
    }

    PriorTraining prior() {
        return prior;
    }

    /** Overwrites the arrays of a network that fit, and returns their names and those of the others. */
    TrainingEvent.WeightsLoaded apply(Network network) {
        requireLayers(network);
        Safetensors stored = arrays(state);
        Set<String> unused = new LinkedHashSet<>(stored.names());
        float[] weights = network.weights();
        List<String> taken = new ArrayList<>();
        List<String> drawn = new ArrayList<>();
        for (Segment segment : network.layout()) {
            boolean found = unused.remove(segment.name());
            if (fresh.contains(segment.layer())) {
                drawn.add(segment.name() + ": to be initialised anew");
            } else if (!found) {
                drawn.add(segment.name() + ": not stored");
            } else if (!stored.shape(segment.name()).equals(segment.shape())) {
                drawn.add(segment.name() + ": stored with the sizes " + sizes(stored.shape(segment.name()))
                        + ", but needed with " + sizes(segment.shape()));
            } else {
                System.arraycopy(stored.floats(segment.name()), 0, weights, segment.offset(), segment.length());
                taken.add(segment.name());
            }
        }
        if (taken.isEmpty()) {
            throw new TrainingException("at least one array of the weights '" + name + "' must fit the network, but none does: "
                    + String.join("; ", drawn) + "; train from fresh weights, or take those of a network like this one");
        }
        network.weights(weights);
        if (WeightsFile.isOfBefore(state)) {
            takeStatisticsOfBefore(network, new HashSet<>(taken));
        } else {
            takeStatistics(network, stored, new HashSet<>(taken), unused);
        }
        return new TrainingEvent.WeightsLoaded(taken, drawn, List.copyOf(unused));
    }

    private void requireLayers(Network network) {
        Set<String> layers = network.layout().stream()
                .map(Segment::layer)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        for (String layer : fresh) {
            if (!layers.contains(layer)) {
                throw new IllegalArgumentException(
                        "a layer to initialise anew must be one of " + layers + ", but was '" + layer + "'");
            }
        }
    }

    /** Copies the running statistics of those layers whose weights were all copied. */
    private static void takeStatistics(Network network, Safetensors stored, Set<String> taken, Set<String> unused) {
        float[] statistics = network.statistics();
        for (Segment segment : network.statisticsLayout()) {
            boolean all = network.layout().stream()
                    .filter(array -> array.layer().equals(segment.layer()))
                    .allMatch(array -> taken.contains(array.name()));
            if (unused.remove(segment.name()) && all && stored.shape(segment.name()).equals(segment.shape())) {
                System.arraycopy(stored.floats(segment.name()), 0, statistics, segment.offset(), segment.length());
            }
        }
        if (statistics.length > 0) {
            network.statistics(statistics);
        }
    }

    /** Copies the running statistics, which have no names, if the weights of all normalisation layers were copied. */
    private void takeStatisticsOfBefore(Network network, Set<String> taken) {
        byte[] stored = state.get(WeightsFile.STATISTICS);
        int length = network.statistics().length;
        boolean all = network.layout().stream()
                .map(Segment::name)
                .filter(array -> array.startsWith("norm"))
                .allMatch(taken::contains);
        if (stored != null && all && length > 0 && stored.length == length * Float.BYTES) {
            network.statistics(WeightsFile.floats(state, WeightsFile.STATISTICS, length));
        }
    }

    private static String sizes(List<Integer> shape) {
        return shape.stream().map(String::valueOf).collect(Collectors.joining(" x "));
    }

    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("weights", name);
        settings.put("sha256", sha256());
        settings.put("reinitialise", List.copyOf(fresh));
        if (prior.mayBeHeldOut()) {
            settings.put("allowHeldOut", true);
        }
        return settings;
    }

    static PretrainedWeights from(Settings settings) {
        PretrainedWeights bound = settings.bound("pretrained.weights", PretrainedWeights.class);
        String wanted = settings.has("pretrained.sha256") ? settings.string("pretrained.sha256") : bound.sha256();
        if (!bound.state.isEmpty() && !wanted.equals(bound.sha256())) {
            throw new IllegalArgumentException("the SHA-256 of the weights '" + bound.name + "' must be " + wanted + ", but was "
                    + bound.sha256() + "; bind the weights of that digest, or change pretrained.sha256");
        }
        PretrainedWeights weights = bound.reinitialise(settings.strings("pretrained.reinitialise").toArray(new String[0]));
        return settings.bool("pretrained.allowHeldOut") ? weights.allowHeldOut() : weights;
    }

    /** Returns the digest of the file; that of the three files of releases before is over their names, too. */
    private String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            state.forEach((file, bytes) -> {
                if (WeightsFile.isOfBefore(state)) {
                    digest.update(file.getBytes(StandardCharsets.UTF_8));
                }
                digest.update(bytes);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
