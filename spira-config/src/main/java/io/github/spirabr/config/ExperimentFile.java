package io.github.spirabr.config;

import io.github.spirabr.config.YamlNode.Entry;
import io.github.spirabr.config.YamlNode.Group;
import io.github.spirabr.config.YamlNode.Items;
import io.github.spirabr.config.YamlNode.Scalar;
import io.github.spirabr.core.component.Components;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An experiment in a YAML file.
 *
 * <ul>
 *   <li>{@code extends: base.yaml} overrides another file: groups are merged name by name, everything else is replaced, an
 *       empty value removes, and a group of another {@code type} replaces that of the other file. A name may be a path:
 *       {@code preprocessing.augment[0].perControl: 3}.
 *   <li>{@code ${NAME}} and {@code ${NAME:-default}} in a text are environment variables; <code>$${</code> stands for the
 *       signs themselves.
 *   <li>A relative path starts from the folder of the file that gives it, and in {@link #set} from the working directory.
 * </ul>
 *
 * <p>Immutable and thread-safe; every {@link #read} reads the file again.
 */
public final class ExperimentFile {

    static final String EXTENDS = "extends";
    private static final int LONGEST_CHAIN = 16;

    /** A setting that is overridden, and the source that its faults name. */
    private record Setting(String source, String text) {}

    private final Path file;
    private final List<Setting> overrides;
    private final Map<String, String> environment;
    private final boolean filesMustExist;

    private ExperimentFile(Path file, List<Setting> overrides, Map<String, String> environment, boolean filesMustExist) {
        this.file = file;
        this.overrides = List.copyOf(overrides);
        this.environment = Map.copyOf(environment);
        this.filesMustExist = filesMustExist;
    }

    /** Returns an experiment file that uses the environment of this process. */
    public static ExperimentFile at(Path file) {
        return new ExperimentFile(file, List.of(), System.getenv(), true);
    }

    /**
     * Returns an experiment file that overrides one more setting.
     *
     * @param override such as {@code training.epochs=5} or {@code preprocessing.window={type: pad-to-longest}}; an empty
     *     value removes
     */
    public ExperimentFile set(String override) {
        return set(override, "--set " + override);
    }

    /**
     * Returns an experiment file that overrides one more setting.
     *
     * @param override override, as in {@link #set(String)}
     * @param source stands before the faults of this setting, such as an option with its value
     */
    public ExperimentFile set(String override, String source) {
        List<Setting> more = new ArrayList<>(overrides);
        more.add(new Setting(source, override));
        return new ExperimentFile(file, more, environment, filesMustExist);
    }

    /** Returns an experiment file that uses these environment variables. */
    public ExperimentFile environment(Map<String, String> variables) {
        return new ExperimentFile(file, overrides, variables, filesMustExist);
    }

    /** Returns an experiment file whose manifests and noises need not exist, so that its settings alone can be read. */
    public ExperimentFile withoutFiles() {
        return new ExperimentFile(file, overrides, environment, false);
    }

    /**
     * Reads the experiment and checks it as a whole, by all components of the class path. No audio is read.
     *
     * @throws InvalidExperimentException with every fault
     */
    public Experiment read() {
        return read(Components.discover());
    }

    /** Reads the experiment as {@link #read()} does, but with these components. */
    public Experiment read(Components components) {
        List<ExperimentFault> faults = new ArrayList<>();
        Group root = layers(faults);
        List<ExperimentFault> found = new ArrayList<>();
        ExperimentReader.FaultSink sink =
                (path, message) -> found.add(ExperimentFault.at(locate(root, path), path, message));
        if (!faults.isEmpty()) {
            throw failure(faults);
        }
        Experiment experiment = new ExperimentReader(root, sink, components).read();
        boolean noisesAreFaulty = found.stream().anyMatch(fault -> fault.path().matches("noises(\\..*)?"));
        ExperimentAssembly.check(experiment, components, filesMustExist, (path, message) -> {
            // Faults that follow from a faulty set of noises are not reported.
            if (!(noisesAreFaulty && path.endsWith(".noises"))) {
                sink.fault(path, message);
            }
        });
        if (!found.isEmpty()) {
            throw failure(found.stream().distinct().toList());
        }
        return experiment;
    }

    /**
     * Returns the experiment as YAML; reading it gives an equal experiment.
     *
     * @param folder folder of the file: paths below it, or at most two folders up, are written relative to it
     */
    public static String text(Experiment experiment, Path folder) {
        return ExperimentText.of(experiment, folder.toAbsolutePath().normalize());
    }

    /**
     * Writes the experiment. The file is stored atomically.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public static void write(Experiment experiment, Path file) {
        Path target = file.toAbsolutePath().normalize();
        try {
            Files.createDirectories(target.getParent());
            Path draft = target.resolveSibling(".tmp-" + UUID.randomUUID());
            try {
                writeDurably(draft, text(experiment, target.getParent()).getBytes(StandardCharsets.UTF_8));
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the experiment could not be written to " + file + ": " + e
                    + "; check the folder, its permissions and the free space", e);
        }
    }

    private static void writeDurably(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private InvalidExperimentException failure(List<ExperimentFault> faults) {
        List<ExperimentFault> sorted = new ArrayList<>(faults);
        sorted.sort(Comparator.<ExperimentFault>comparingInt(fault -> fault.source().equals(file.toString()) ? 0 : 1)
                .thenComparing(ExperimentFault::source)
                .thenComparingInt(ExperimentFault::line)
                .thenComparingInt(ExperimentFault::column));
        return new InvalidExperimentException(file.toString(), sorted);
    }

    private Group layers(List<ExperimentFault> faults) {
        Group merged = new Group(new Position(file.toString(), 1, 1), new LinkedHashMap<>());
        List<Group> chain = chain(faults);
        YamlLayers layers = new YamlLayers(faults);
        for (int i = chain.size() - 1; i >= 0; i--) {
            merged = layers.over(merged, chain.get(i).without(EXTENDS));
        }
        for (Setting override : overrides) {
            merged = layers.over(merged, override(override, faults));
        }
        return merged;
    }

    /** Reads this file, the one that it extends, and so on. */
    private List<Group> chain(List<ExperimentFault> faults) {
        List<Group> chain = new ArrayList<>();
        List<Path> seen = new ArrayList<>();
        Path next = file;
        Position named = new Position(file.toString(), 0, 0);
        while (true) {
            Path absolute = next.toAbsolutePath().normalize();
            if (seen.contains(absolute) || seen.size() == LONGEST_CHAIN) {
                faults.add(ExperimentFault.at(named, EXTENDS, seen.contains(absolute)
                        ? "extends: " + next + " extends itself; remove one extends"
                        : "extends: at most " + LONGEST_CHAIN + " files must extend each other, but there are more"));
                return chain;
            }
            seen.add(absolute);
            Optional<Group> group = parse(next, absolute, named, faults);
            if (group.isEmpty()) {
                return chain;
            }
            chain.add(group.get());
            Entry base = group.get().entries().get(EXTENDS);
            if (base == null) {
                return chain;
            }
            named = base.nameAt();
            if (!(base.value() instanceof Scalar scalar) || scalar.value() == null) {
                faults.add(ExperimentFault.at(
                        named, EXTENDS, "extends must be the path of a file, but is " + base.value().kind()));
                return chain;
            }
            next = next.resolveSibling(scalar.text()).normalize();
        }
    }

    private Optional<Group> parse(Path path, Path absolute, Position named, List<ExperimentFault> faults) {
        Optional<String> text = YamlFile.read(
                absolute, path.toString(), sentence -> faults.add(ExperimentFault.at(named, "", sentence)));
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<YamlNode> node =
                new YamlReader(path.toString(), absolute.resolveSibling(""), environment, true, faults).read(text.get());
        if (node.isPresent() && !(node.get() instanceof Group)) {
            faults.add(ExperimentFault.at(node.get().at(), "",
                    "an experiment must be a group of settings such as 'recordings:', but is " + node.get().kind()));
        }
        return node.filter(Group.class::isInstance).map(Group.class::cast);
    }

    private Group override(Setting setting, List<ExperimentFault> faults) {
        String override = setting.text();
        Position at = new Position(setting.source(), 0, 0);
        int equals = override.indexOf('=');
        String name = equals < 0 ? override : override.substring(0, equals).strip();
        Group none = new Group(at, new LinkedHashMap<>());
        if (equals < 0 || KeyPath.parse(name).isEmpty()) {
            faults.add(ExperimentFault.at(at, "", "a setting must be given as PATH=VALUE, such as training.epochs=5"));
            return none;
        }
        Path here = Path.of("").toAbsolutePath();
        Optional<YamlNode> value =
                new YamlReader(setting.source(), here, environment, false, faults).read(override.substring(equals + 1));
        return value.map(node -> none.with(name, new Entry(at, node))).orElse(none);
    }

    /** Finds the position of a setting's name; if it has none, of the nearest group around it. */
    private static Position locate(Group root, String path) {
        Position position = root.at();
        YamlNode node = root;
        for (Object step : KeyPath.parse(path).map(KeyPath::steps).orElse(List.of())) {
            if (node instanceof Group group && group.entries().containsKey(step.toString())) {
                Entry entry = group.entries().get(step.toString());
                position = entry.nameAt();
                node = entry.value();
            } else if (node instanceof Items items && place(step) < items.nodes().size()) {
                node = items.nodes().get(place(step));
                position = node.at();
            } else {
                return position;
            }
        }
        return position;
    }

    private static int place(Object step) {
        return step.toString().matches("\\d{1,6}") ? Integer.parseInt(step.toString()) : Integer.MAX_VALUE;
    }
}
