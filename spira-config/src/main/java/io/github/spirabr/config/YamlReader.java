package io.github.spirabr.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one YAML text into nodes that know where they stand. Used once, by one thread. */
final class YamlReader {

    private static final YAMLFactory YAML = new YAMLFactory();
    /** Deeper than any experiment, and far from what the stack bears. */
    private static final int DEEPEST = 32;

    private final String source;
    private final Path folder;
    private final Map<String, String> environment;
    private final boolean positions;
    private final List<ExperimentFault> faults;

    /**
     * @param source for messages
     * @param folder that relative paths start from
     * @param positions whether lines and columns mean anything to the reader of messages
     * @param faults receives what is wrong
     */
    YamlReader(
            String source, Path folder, Map<String, String> environment, boolean positions, List<ExperimentFault> faults) {
        this.source = source;
        this.folder = folder;
        this.environment = environment;
        this.positions = positions;
        this.faults = faults;
    }

    /** The node; empty if the text is none, of which a fault tells. */
    Optional<YamlNode> read(String text) {
        try (YAMLParser parser = YAML.createParser(text)) {
            if (parser.nextToken() == null) {
                return Optional.of(new YamlNode.Scalar(start(), null, folder));
            }
            YamlNode node = node(parser, 0);
            if (parser.nextToken() != null) {
                fault(at(parser), "a second document begins; a file holds one");
            }
            return Optional.of(node);
        } catch (JsonProcessingException e) {
            fault(position(e.getLocation()), "this is not YAML: " + firstSentence(e));
            return Optional.empty();
        } catch (TooDeepException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class TooDeepException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private YamlNode node(YAMLParser parser, int depth) throws IOException {
        Position at = at(parser);
        if (depth > DEEPEST) {
            fault(at, "groups and lists lie in each other more than " + DEEPEST + " deep");
            throw new TooDeepException();
        }
        if (parser.isCurrentAlias() || parser.getObjectId() != null) {
            fault(at, "anchors and aliases are not read; write the value out, or let one file extend another");
        }
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> group(parser, at, depth);
            case START_ARRAY -> {
                List<YamlNode> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(node(parser, depth + 1));
                }
                yield new YamlNode.Items(at, items);
            }
            case VALUE_NULL -> new YamlNode.Scalar(at, null, folder);
            case VALUE_TRUE, VALUE_FALSE -> new YamlNode.Scalar(at, parser.getBooleanValue(), folder);
            case VALUE_NUMBER_INT -> {
                Number number = parser.getNumberValue();
                yield new YamlNode.Scalar(at, number instanceof BigInteger ? number.toString() : number, folder);
            }
            case VALUE_NUMBER_FLOAT -> new YamlNode.Scalar(at, parser.getDoubleValue(), folder);
            default -> new YamlNode.Scalar(
                    at,
                    EnvironmentText.resolve(parser.getText(), environment, sentence -> fault(at, sentence)),
                    folder);
        };
    }

    private YamlNode group(YAMLParser parser, Position at, int depth) throws IOException {
        YamlNode.Group group = new YamlNode.Group(at, new LinkedHashMap<>());
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Position nameAt = at(parser);
            String name = parser.currentName();
            parser.nextToken();
            YamlNode value = node(parser, depth + 1);
            Optional<KeyPath> path = KeyPath.parse(name);
            if (path.isEmpty() || path.get().goesIntoLists()) {
                group = add(group, name, new YamlNode.Entry(nameAt, value));
            } else {
                group = add(group, path.get().steps(), 0, new YamlNode.Entry(nameAt, value));
            }
        }
        return group;
    }

    /** A dotted name stands for groups that lie in each other. */
    private YamlNode.Group add(YamlNode.Group group, List<Object> steps, int step, YamlNode.Entry entry) {
        String name = steps.get(step).toString();
        if (step == steps.size() - 1) {
            return add(group, name, entry);
        }
        YamlNode existing = group.get(name);
        if (existing != null && !(existing instanceof YamlNode.Group)) {
            fault(entry.nameAt(), name + " is given twice, as " + existing.kind() + " and as a group; remove one of them");
            return group;
        }
        YamlNode.Group inner = existing instanceof YamlNode.Group there
                ? there
                : new YamlNode.Group(entry.nameAt(), new LinkedHashMap<>());
        YamlNode.Entry before = group.entries().get(name);
        Position nameAt = before == null ? entry.nameAt() : before.nameAt();
        return group.with(name, new YamlNode.Entry(nameAt, add(inner, steps, step + 1, entry)));
    }

    private YamlNode.Group add(YamlNode.Group group, String name, YamlNode.Entry entry) {
        YamlNode.Entry before = group.entries().get(name);
        if (before == null) {
            return group.with(name, entry);
        }
        if (before.value() instanceof YamlNode.Group one && entry.value() instanceof YamlNode.Group other) {
            YamlNode.Group both = one;
            for (Map.Entry<String, YamlNode.Entry> more : other.entries().entrySet()) {
                both = add(both, more.getKey(), more.getValue());
            }
            return group.with(name, new YamlNode.Entry(before.nameAt(), both));
        }
        fault(entry.nameAt(), name + " is given twice" + (positions ? ", first in line " + before.nameAt().line() : "")
                + "; remove one of them");
        return group;
    }

    private Position at(YAMLParser parser) {
        return position(parser.currentTokenLocation());
    }

    private Position position(@Nullable JsonLocation location) {
        return positions && location != null
                ? new Position(source, location.getLineNr(), location.getColumnNr())
                : new Position(source, 0, 0);
    }

    private Position start() {
        return positions ? new Position(source, 1, 1) : new Position(source, 0, 0);
    }

    private void fault(Position at, String sentence) {
        faults.add(ExperimentFault.at(at, "", sentence));
    }

    /** Without the excerpt that the parser draws; the position is told apart. */
    private static String firstSentence(JsonProcessingException e) {
        List<String> lines = e.getOriginalMessage().lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .toList();
        return String.join(", ", lines);
    }
}
