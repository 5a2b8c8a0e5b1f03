package io.github.spirabr.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one YAML text into nodes with positions. Used once, by one thread. */
final class YamlReader {

    private static final YAMLFactory YAML = new YAMLFactory();
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,400}(\\.\\d{1,400})?");
    /** Deepest nesting: more than any experiment has, and much less than the stack allows. */
    private static final int DEEPEST = 32;

    private final String source;
    private final Path folder;
    private final Map<String, String> environment;
    private final boolean positions;
    private final List<ExperimentFault> faults;

    /**
     * Creates a reader.
     *
     * @param source name of the text in messages
     * @param folder folder that relative paths start from
     * @param positions whether messages have lines and columns
     * @param faults receives all faults
     */
    YamlReader(
            String source, Path folder, Map<String, String> environment, boolean positions, List<ExperimentFault> faults) {
        this.source = source;
        this.folder = folder;
        this.environment = environment;
        this.positions = positions;
        this.faults = faults;
    }

    /** Reads the text; empty if it is not YAML, which is reported. */
    Optional<YamlNode> read(String text) {
        try (YAMLParser parser = YAML.createParser(text)) {
            if (parser.nextToken() == null) {
                return Optional.of(new YamlNode.Scalar(start(), null, folder));
            }
            YamlNode node = node(parser, 0);
            if (parser.nextToken() != null) {
                fault(at(parser), "a second document begins; a file must have one");
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
            fault(at, "groups and lists must be nested at most " + DEEPEST + " deep, but are deeper");
            throw new TooDeepException();
        }
        if (parser.isCurrentAlias() || parser.getObjectId() != null) {
            fault(at, "anchors and aliases are not supported; write the value out, or let one file extend another");
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
            case VALUE_TRUE, VALUE_FALSE, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                new YamlNode.Scalar(at, canonical(parser.getText()), folder);
            default -> new YamlNode.Scalar(
                    at,
                    EnvironmentText.resolve(parser.getText(), environment, sentence -> fault(at, sentence)),
                    folder);
        };
    }

    /** Returns the boolean or number that is written in just this way; any other text stays a text. */
    private static Object canonical(String text) {
        if (text.equals("true") || text.equals("false")) {
            return Boolean.valueOf(text);
        }
        if (!DECIMAL.matcher(text).matches()) {
            return text;
        }
        if (text.indexOf('.') >= 0) {
            double number = Double.parseDouble(text);
            return Double.isFinite(number) && ExperimentText.number(number).equals(text) ? (Object) number : text;
        }
        try {
            long number = Long.parseLong(text);
            boolean small = number == (int) number;
            return !Long.toString(number).equals(text) ? text : small ? (Object) (int) number : (Object) number;
        } catch (NumberFormatException e) {
            // It has more than 64 bits.
            return text;
        }
    }

    private YamlNode group(YAMLParser parser, Position at, int depth) throws IOException {
        Draft group = new Draft(at);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Position nameAt = at(parser);
            String name = parser.currentName();
            parser.nextToken();
            YamlNode value = node(parser, depth + 1);
            Optional<KeyPath> path = KeyPath.parse(name);
            boolean plain = path.isEmpty() || path.get().goesIntoLists();
            add(group, plain ? List.of(name) : path.get().steps(), nameAt, value);
        }
        return group.group();
    }

    /** A group that is being read. */
    private static final class Draft {

        private final Position at;
        private final Map<String, Position> names = new LinkedHashMap<>();
        /** Drafts of groups, or other nodes, by name. */
        private final Map<String, Object> values = new HashMap<>();

        private Draft(Position at) {
            this.at = at;
        }

        private void put(String name, Position nameAt, YamlNode value) {
            names.put(name, nameAt);
            values.put(name, value instanceof YamlNode.Group group ? draft(group) : value);
        }

        private static Draft draft(YamlNode.Group group) {
            Draft draft = new Draft(group.at());
            group.entries().forEach((name, entry) -> draft.put(name, entry.nameAt(), entry.value()));
            return draft;
        }

        private YamlNode.Group group() {
            Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
            names.forEach((name, nameAt) -> entries.put(name, new YamlNode.Entry(
                    nameAt, values.get(name) instanceof Draft inner ? inner.group() : (YamlNode) values.get(name))));
            return new YamlNode.Group(at, entries);
        }
    }

    /** Adds a value; a dotted name stands for nested groups. */
    private void add(Draft group, List<?> steps, Position nameAt, YamlNode value) {
        String name = steps.get(0).toString();
        Object existing = group.values.get(name);
        if (steps.size() > 1) {
            if (existing == null) {
                group.names.put(name, nameAt);
                group.values.put(name, new Draft(nameAt));
            } else if (!(existing instanceof Draft)) {
                fault(nameAt, name + " is given twice, as " + ((YamlNode) existing).kind()
                        + " and as a group; remove one of them");
                return;
            }
            add((Draft) group.values.get(name), steps.subList(1, steps.size()), nameAt, value);
        } else if (existing == null) {
            group.put(name, nameAt, value);
        } else if (existing instanceof Draft one && value instanceof YamlNode.Group other) {
            other.entries().forEach((key, entry) -> add(one, List.of(key), entry.nameAt(), entry.value()));
        } else {
            fault(nameAt, name + " is given twice" + (positions ? ", first in line " + group.names.get(name).line() : "")
                    + "; remove one of them");
        }
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

    /** Returns the message without the parser's excerpt; the position is reported separately. */
    private static String firstSentence(JsonProcessingException e) {
        List<String> lines = e.getOriginalMessage().lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .toList();
        return String.join(", ", lines);
    }
}
