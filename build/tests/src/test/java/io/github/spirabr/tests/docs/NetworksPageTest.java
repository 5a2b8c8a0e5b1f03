package io.github.spirabr.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.training.SpiraConv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of the networks states the sizes that the networks have. */
class NetworksPageTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (`spiraconv[^|]*) \\| (\\d+) \\| (\\d+) \\| ([\\d,]+) \\|$");
    private static final Pattern LAYER = Pattern.compile("(?m)^\\|[^|]*\\|[^|]*\\|[^|]*\\|[^|]*\\| ([\\d,]+) \\|$");
    private static final Map<String, ModelFactory> NETWORKS = Map.of(
            "`spiraconv-v1`", SpiraConv.v1(),
            "`spiraconv-v2`", SpiraConv.v2(),
            "`spiraconv-v4`", SpiraConv.v4().build(),
            "`spiraconv-v4` with `averagePooling: 50`", SpiraConv.v4().averagePooling(50).build());

    private static String page() throws IOException {
        return Files.readString(Path.of("docs/networks.md"));
    }

    private static long parameters(ModelFactory factory, int frames, int features) {
        return factory.create(new InputShape(frames, features), new RandomStreams(1)).parameterCount();
    }

    private static long number(String text) {
        return Long.parseLong(text.replace(",", ""));
    }

    @Test
    void itsNumbersOfParametersAreThoseOfTheNetworks() throws IOException {
        Matcher row = ROW.matcher(page());
        int rows = 0;
        while (row.find()) {
            assertThat(number(row.group(4))).as(row.group()).isEqualTo(parameters(
                    NETWORKS.get(row.group(1)), Integer.parseInt(row.group(2)), Integer.parseInt(row.group(3))));
            rows++;
        }
        assertThat(rows).isEqualTo(5);
    }

    @Test
    void theLayersOfV2AddUpToTheNetwork() throws IOException {
        String table = page().substring(page().indexOf("## SpiraConv V2"), page().indexOf("## SpiraConv V1"));
        long sum = LAYER.matcher(table).results().map(found -> number(found.group(1)))
                .collect(Collectors.summingLong(Long::longValue));
        assertThat(sum).isEqualTo(parameters(SpiraConv.v2(), 401, 40));
    }

    @Test
    void sixtyFramesAreTheFewest() {
        assertThat(parameters(SpiraConv.v2(), 60, 40)).isPositive();
        assertThatThrownBy(() -> parameters(SpiraConv.v2(), 59, 40)).hasMessageContaining("cannot take 59 frames");
    }
}
