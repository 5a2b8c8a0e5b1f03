package io.github.spirabr.model.internal.network;

import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * Reads a configuration of Deeplearning4j, which names classes that are to be made. The text may come with a model from
 * elsewhere, so that only Deeplearning4j's and ND4J's own are made.
 */
final class ConfigurationText {

    private static final List<String> ALLOWED =
            List.of("org.deeplearning4j.nn.conf.", "org.deeplearning4j.nn.weights.", "org.nd4j.linalg.");
    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private ConfigurationText() {}

    /**
     * Reads a configuration of Deeplearning4j.
     *
     * @param json json, as a {@code MultiLayerConfiguration} writes itself
     * @throws IllegalArgumentException if it is none, or names other classes
     */
    static MultiLayerConfiguration read(String json) {
        try {
            JsonNode tree = JSON.readTree(json);
            for (JsonNode name : tree.findValues("@class")) {
                requireAllowed(name.asText());
            }
            // What was looked at is what is read, whatever else the text may mean to another parser.
            return MultiLayerConfiguration.fromJson(JSON.writeValueAsString(tree));
        } catch (ForeignClassException e) {
            throw e;
        } catch (JsonProcessingException | RuntimeException e) {
            throw new IllegalArgumentException("the text is no MultiLayerConfiguration of Deeplearning4j: "
                    + e.getMessage() + "; give what MultiLayerConfiguration.toJson() writes", e);
        }
    }

    private static void requireAllowed(String name) {
        if (ALLOWED.stream().noneMatch(name::startsWith)) {
            throw new ForeignClassException("the Deeplearning4j configuration names the class " + name
                    + ", but only those of " + ALLOWED + " are made from a text; for layers of your own, write a ModelFactory");
        }
    }

    private static final class ForeignClassException extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        ForeignClassException(String message) {
            super(message);
        }
    }
}
