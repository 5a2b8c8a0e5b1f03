package io.github.spirabr.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int spira(String... arguments) {
        return Spira.execute(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    @Test
    void theMachineOfTheseTestsIsWell() throws IOException {
        assertThat(spira("doctor", "--json")).as(out.toString()).isZero();
        JsonNode found = new ObjectMapper().readTree(out.toString());
        assertThat(found.get("java").asText()).startsWith(System.getProperty("java.version"));
        assertThat(found.get("ffmpeg").asText()).matches("[0-9]+\\.[0-9.]+.*");
        assertThat(found.get("nd4j").asText()).startsWith("CPU, ");
        assertThat(found.get("problems")).isEmpty();
    }

    @Test
    void peopleReadLines() {
        assertThat(spira("doctor")).isZero();
        assertThat(out.toString().lines().map(line -> line.split(":")[0]))
                .containsExactly("spira", "java", "system", "processors", "heap", "ffmpeg", "nd4j", "everything fits together");
    }

    @Test
    void completionIsForBashAndZsh() {
        assertThat(spira("generate-completion")).isZero();
        assertThat(out.toString()).contains("compdef", "complete -F", "rollback", "--models");
    }
}
