package io.github.spirabr.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The dotted keys of a JSON file with comments, which are taken one after the other. Used once, by one thread. */
final class JsonKeys {

    private record Value(@Nullable Object value, Position at) {}

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path file;
    private final Map<String, Value> left = new LinkedHashMap<>();
    private final Map<String, Position> places = new HashMap<>();
    private final List<PublishedConfiguration.NotCarried> notCarried = new ArrayList<>();
    private final List<ExperimentFault> faults = new ArrayList<>();

    private JsonKeys(Path file) {
        this.file = file;
    }

    /**
     * Reads the keys of a file.
     *
     * @throws InvalidExperimentException if the file is no JSON object
     */
    static JsonKeys read(Path file) {
        JsonKeys keys = new JsonKeys(file);
        try (JsonParser parser = JSON.createParser(Files.readString(file))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw keys.failure(keys.start(), "a configuration must be a JSON object, but is not");
            }
            keys.group(parser, "");
        } catch (JsonProcessingException e) {
            Position at = e.getLocation() == null
                    ? keys.start()
                    : new Position(file.toString(), e.getLocation().getLineNr(), e.getLocation().getColumnNr());
            throw keys.failure(at, "this is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw keys.failure(keys.start(), "the file could not be read (" + e + "); correct the path");
        }
        return keys;
    }

    private void group(JsonParser parser, String prefix) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = prefix + parser.currentName();
            Position at = new Position(file.toString(), parser.currentTokenLocation().getLineNr(),
                    parser.currentTokenLocation().getColumnNr());
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_OBJECT) {
                group(parser, key + ".");
            } else {
                places.put(key, at);
                left.put(key, new Value(value(parser, token), at));
            }
        }
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_NULL -> null;
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case START_ARRAY -> {
                List<Object> items = new ArrayList<>();
                for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY; item = parser.nextToken()) {
                    items.add(String.valueOf(value(parser, item)));
                }
                yield items;
            }
            case START_OBJECT -> {
                parser.skipChildren();
                yield "{...}";
            }
            default -> parser.getText();
        };
    }

    boolean has(String key) {
        return left.containsKey(key);
    }

    boolean hasAny(String prefix) {
        return left.keySet().stream().anyMatch(key -> key.startsWith(prefix));
    }

    /** Takes a value, which then counts as carried over; empty if it is not there or null. */
    Optional<Object> take(String key) {
        Value value = left.remove(key);
        return value == null ? Optional.empty() : Optional.ofNullable(value.value());
    }

    String text(String key, String byDefault) {
        return take(key).map(Object::toString).orElse(byDefault);
    }

    boolean flag(String key, boolean byDefault) {
        return take(key).map(found -> {
            if (found instanceof Boolean flag) {
                return flag;
            }
            refuse(key, key + " must be true or false, but was " + found);
            return byDefault;
        }).orElse(byDefault);
    }

    Number number(String key, Number byDefault) {
        return take(key).map(found -> {
            if (found instanceof Number number) {
                return number;
            }
            refuse(key, key + " must be a number, but was " + found);
            return byDefault;
        }).orElse(byDefault);
    }

    /** Takes a path, which is relative to the file's folder. */
    Optional<Path> path(String key) {
        return take(key).map(value -> file.toAbsolutePath().normalize().resolveSibling(value.toString()).normalize());
    }

    /** Records that a key was not carried over. */
    void leave(String key, String reason) {
        Value value = left.remove(key);
        if (value != null) {
            notCarried.add(new PublishedConfiguration.NotCarried(
                    key, value.at().line(), String.valueOf(value.value()), reason));
        }
    }

    void leaveAll(String prefix, String reason) {
        left.keySet().stream().filter(key -> key.startsWith(prefix)).toList().forEach(key -> leave(key, reason));
    }

    /** Records that a value is refused, or that values contradict each other. */
    void refuse(String key, String sentence) {
        faults.add(ExperimentFault.at(places.getOrDefault(key, start()), key, sentence));
    }

    /** Returns the keys that were not carried over, in the order of the file; unknown keys are among them. */
    List<PublishedConfiguration.NotCarried> notCarried() {
        leaveAll("", "the key is unknown");
        if (!faults.isEmpty()) {
            faults.sort(Comparator.comparingInt(ExperimentFault::line).thenComparingInt(ExperimentFault::column));
            throw new InvalidExperimentException(file.toString(), faults);
        }
        notCarried.sort(Comparator.comparingInt(PublishedConfiguration.NotCarried::line));
        return List.copyOf(notCarried);
    }

    private Position start() {
        return new Position(file.toString(), 1, 1);
    }

    private InvalidExperimentException failure(Position at, String sentence) {
        return new InvalidExperimentException(file.toString(), List.of(ExperimentFault.at(at, "", sentence)));
    }
}
