package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        assertThat(found.get("spiraconv").asText()).matches("(Vector API, [0-9]+ bits, after|plain loops).*");
        assertThat(found.get("problems")).isEmpty();
    }

    @Test
    void peopleReadLines() {
        assertThat(spira("doctor")).isZero();
        assertThat(out.toString().lines().map(line -> line.split(":")[0]))
                .containsExactly("spira", "java", "system", "processors", "memory", "heap", "spiraconv", "ffmpeg", "nd4j", "libraries",
                        "extensions", "no problems found");
        assertThat(out.toString()).containsPattern("extensions: +none");
        assertThat(out.toString()).contains("JavaCPP 1.", "Jackson 2.", "Deeplearning4j 1.", " MB free");
    }

    /** Two versions of one family are found, as a class path that was put together by hand may have them. */
    @Test
    void jarsOfDifferentVersionsDoNotFit(@TempDir Path folder) throws IOException {
        for (String one : List.of("jackson-core=2.23.0", "jackson-databind=2.9.1")) {
            Path file = folder.resolve("META-INF/maven/com.fasterxml.jackson.core/" + one.split("=")[0] + "/pom.properties");
            Files.createDirectories(file.getParent());
            Files.writeString(file, "version=" + one.split("=")[1]);
        }
        try (URLClassLoader jars = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
            LibraryVersions versions = LibraryVersions.of(jars);
            assertThat(versions.found()).containsOnly(Map.entry("Jackson", "2.23.0, 2.9.1"));
            assertThat(versions.problems()).containsExactly("the jars of Jackson are of different versions"
                    + " {jackson-core=2.23.0, jackson-databind=2.9.1}; put those of one version on the class path");
        }
    }
}
