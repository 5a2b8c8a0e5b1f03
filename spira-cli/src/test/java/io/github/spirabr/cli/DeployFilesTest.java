package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.github.spirabr.config.ExperimentFile;
import io.github.spirabr.config.RetrainingPlanFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files for schedulers say what there is: they parse, and the commands in them exist and take these options. */
class DeployFilesTest {

    private static final Path DEPLOY = Path.of("examples/deploy");
    private static final Path GUIDE = Path.of("docs/guides/schedule.md");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    /** Up to the end of the text, or what the shell takes for the end of the command. */
    private static final Pattern COMMAND = Pattern.compile("\\bspira [a-z][^\"`\\n|&;]*");

    private record Told(Path file, String command) {
        @Override
        public String toString() {
            return file.getFileName() + ": " + command;
        }
    }

    static List<Told> commands() throws IOException {
        List<Told> found = new ArrayList<>();
        for (Path file : files()) {
            for (String line : Files.readAllLines(file)) {
                String text = line.strip();
                boolean runs = file.endsWith("schedule.md") ? text.startsWith("spira ") || text.contains("`spira train")
                        : text.contains("- spira ") || text.startsWith("\"spira ") || text.startsWith("bash_command=")
                                || text.contains("&& spira ") || text.startsWith("RUN spira ");
                Matcher command = COMMAND.matcher(text);
                if (runs && command.find(Math.max(0, text.indexOf("&& spira ")))) {
                    found.add(new Told(file, command.group().strip()));
                }
            }
        }
        return found;
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Stream.concat(Files.walk(DEPLOY), Stream.of(GUIDE))) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void eachCommandExistsAndTakesTheseOptions(Told told) {
        String shell = told.command().replaceAll("\\$[A-Z]+", "value.yaml");
        assertThat(SpiraLine.parse(shell).subcommand().commandSpec().name()).isNotEmpty();
    }

    /** Otherwise they would not have been looked at. */
    @Test
    void everyStageAndRetrainingAreAmongThem() throws IOException {
        assertThat(commands()).extracting(told -> told.file().getFileName() + " " + told.command().split(" ")[1]).contains(
                "Dockerfile doctor", "cronjob.yaml retrain", "spira_retrain.py retrain",
                "compose.yaml features", "compose.yaml train", "compose.yaml evaluate", "compose.yaml publish",
                "spira_stages.py features", "spira_stages.py train", "spira_stages.py evaluate", "spira_stages.py publish",
                "schedule.md features", "schedule.md train", "schedule.md evaluate", "schedule.md publish");
    }

    @Test
    void theDagsArePython() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "python3 is not at hand");
        for (String dag : List.of("spira_stages.py", "spira_retrain.py")) {
            Process process = new ProcessBuilder("/usr/bin/python3", "-c",
                    "import ast, sys; tree = ast.parse(open(sys.argv[1]).read()); "
                            + "print(*[node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) "
                            + "and str(node.value).startswith('spira ')], sep='\\n')",
                    DEPLOY.resolve("airflow").resolve(dag).toString()).redirectErrorStream(true).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(out).isZero();
            assertThat(out.lines().toList()).isEqualTo(commands().stream()
                    .filter(told -> told.file().endsWith(dag)).map(Told::command).toList());
        }
    }

    @Test
    void theCronJobIsOne() throws IOException {
        JsonNode job = YAML.readTree(Files.readString(DEPLOY.resolve("kubernetes/cronjob.yaml")));
        assertThat(job.get("apiVersion").asText()).isEqualTo("batch/v1");
        assertThat(job.get("kind").asText()).isEqualTo("CronJob");
        assertThat(job.at("/spec/schedule").asText()).matches("(\\S+ ){4}\\S+");
        assertThat(job.at("/spec/concurrencyPolicy").asText()).isEqualTo("Forbid");
        JsonNode pod = job.at("/spec/jobTemplate/spec/template/spec");
        assertThat(pod.get("restartPolicy").asText()).isEqualTo("Never");
        List<String> volumes = new ArrayList<>();
        pod.get("volumes").forEach(volume -> volumes.add(volume.get("name").asText()));
        pod.at("/containers/0/volumeMounts").forEach(mount -> assertThat(volumes).contains(mount.get("name").asText()));
        assertThat(pod.at("/containers/0/args/0").asText()).endsWith("|| [ $? -eq 3 ]");
        assertThat(Files.readString(DEPLOY.resolve("Dockerfile")))
                .contains("--uid " + pod.at("/securityContext/runAsUser").asText());
    }

    @Test
    void theStagesOfComposeFollowEachOther() throws IOException {
        JsonNode services = YAML.readTree(Files.readString(DEPLOY.resolve("compose/compose.yaml"))).get("services");
        Map<String, String> before = Map.of("bucket", "minio", "features", "bucket", "train", "features", "evaluate", "train",
                "publish", "evaluate");
        before.forEach((service, other) ->
                assertThat(services.get(service).get("depends_on").fieldNames().next()).isEqualTo(other));
    }

    /** Unpacked by root, they would be unpacked once more by the user of the image. */
    @Test
    void theNativeLibrariesAreUnpackedByTheUserThatRuns() throws IOException {
        List<String> lines = Files.readAllLines(DEPLOY.resolve("Dockerfile"));
        assertThat(lines.indexOf("USER spira")).isBetween(0, lines.indexOf("RUN spira doctor") - 1);
    }

    @Test
    void thePlanIsSound() {
        assertThat(RetrainingPlanFile.at(DEPLOY.resolve("plan.yaml")).read()).isNotNull();
    }

    @Test
    void theExperimentIsSound() {
        assertThat(ExperimentFile.at(DEPLOY.resolve("experiment.yaml")).environment(Map.of()).withoutFiles().read().modelName())
                .isEqualTo("spira");
    }
}
