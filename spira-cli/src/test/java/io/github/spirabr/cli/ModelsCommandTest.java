package io.github.spirabr.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.core.registry.ModelArtifact;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.storage.fs.journal.FileSystemJournal;
import io.github.spirabr.storage.fs.registry.FileSystemModelRepository;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsCommandTest {

    @TempDir
    private Path folder;

    private StringWriter out;
    private StringWriter err;

    @BeforeEach
    void saveTwoVersions() {
        ModelRepository models = FileSystemModelRepository.at(folder);
        models.save("spira", artifact("0.5", "seed=1\ntest.accuracy=0.75\n"));
        models.save("spira", artifact("0.5", "seed=2\ntest.accuracy=0.80\n"));
    }

    private static ModelArtifact artifact(String threshold, String provenance) {
        return ModelArtifact.of(Map.of(
                "model.properties", ("threshold=" + threshold + "\n").getBytes(UTF_8),
                "provenance.properties", provenance.getBytes(UTF_8),
                "weights.f32", provenance.getBytes(UTF_8)));
    }

    private int spira(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        String[] all = Stream.concat(Stream.of("models"), Stream.of(arguments)).toArray(String[]::new);
        return Spira.execute(new PrintWriter(out, true), new PrintWriter(err, true), all);
    }

    private int inFolder(String... arguments) {
        return spira(Stream.concat(Stream.of(arguments), Stream.of("--models", folder.toString())).toArray(String[]::new));
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out.toString());
    }

    @Test
    void anAliasMovesBackAndForth() throws IOException {
        assertThat(inFolder("promote", "spira", "1", "--by", "me")).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("champion of spira is version 1");
        assertThat(inFolder("promote", "spira", "2", "--by", "me")).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("champion of spira is version 2, it was 1");
        assertThat(inFolder("promote", "spira", "2", "--by", "me")).isEqualTo(3);
        assertThat(inFolder("list")).isZero();
        assertThat(out.toString()).matches("(?s)model +version +saved +data +AUROC +accuracy +aliases *\\R"
                + "spira +2 +\\d{4}-\\d\\d-\\d\\d +- +0\\.800 +champion\\R");
        assertThat(inFolder("rollback", "spira", "--by", "me", "--json")).isZero();
        assertThat(json().get("to").asInt()).isEqualTo(1);
        assertThat(inFolder("list", "--json")).isZero();
        assertThat(json().get(0).at("/aliases/champion").asInt()).isEqualTo(1);
        assertThat(json().get(0).get("versions").size()).isEqualTo(2);
    }

    @Test
    void anAliasThatReadsAsAVersionIsRefused() {
        assertThat(inFolder("promote", "spira", "2", "--alias", "3", "--by", "me")).isEqualTo(2);
        assertThat(err.toString()).startsWith("an alias must not be a number, which names a version, but was '3'; choose a word");
        assertThat(FileSystemModelRepository.at(folder).aliases("spira")).isEmpty();
    }

    @Test
    void aVersionIsShownByItsAlias() throws IOException {
        inFolder("promote", "spira", "2", "--alias", "challenger", "--by", "me");
        assertThat(inFolder("tag", "spira", "challenger", "approved", "by the board")).isZero();
        assertThat(inFolder("show", "spira", "challenger", "--json")).isZero();
        assertThat(json().get("version").asInt()).isEqualTo(2);
        assertThat(json().at("/tags/approved").asText()).isEqualTo("by the board");
        assertThat(json().at("/provenance/seed").asText()).isEqualTo("2");
        assertThat(json().at("/aliases/challenger/0").asText()).contains("none to 2 by me");
        assertThat(json().at("/files/weights.f32").asText()).matches("\\d+ bytes, [0-9a-f]{64}");
        assertThat(inFolder("show", "spira", "2")).isZero();
        assertThat(out.toString()).contains("  approved: by the board", "recipe\n  threshold: 0.5\n");
    }

    @Test
    void aModelWithoutReportSaysSo() {
        assertThat(inFolder("report", "spira", "1", "--out", folder.resolve("page.html").toString())).isEqualTo(1);
        assertThat(err.toString()).contains("spira version 1 has no report.html", "--again");
        assertThat(folder.resolve("page.html")).doesNotExist();
    }

    /** Before the model is read, which here is none. */
    @Test
    void anExportNamesTheExtensionThatItNeeds() {
        assertThat(inFolder("export", "spira", "1", "--onnx", folder.resolve("network.onnx").toString())).isEqualTo(1);
        assertThat(err.toString()).isEqualToIgnoringNewLines("spira: models export --onnx needs spira-onnx; put its jar, and those"
                + " that it needs, into the folder extensions/ beside spira.jar (docs/command-line.md says how)");
        assertThat(folder.resolve("network.onnx")).doesNotExist();
    }

    @Test
    void onlyWhatDiffersIsCompared() throws IOException {
        assertThat(inFolder("compare", "spira", "1", "2")).isZero();
        assertThat(out.toString().lines()).containsExactly(
                "spira version 1 and spira version 2 have different weights",
                "metrics on the test set:", "  test.accuracy", "    1: 0.75", "    2: 0.80",
                "settings:", "  seed", "    1: 1", "    2: 2");
        assertThat(inFolder("compare", "spira", "1", "1", "--json")).isZero();
        assertThat(json().get("sameWeights").asBoolean()).isTrue();
        assertThat(json().get("differences")).isEmpty();
    }

    @Test
    void versionsOfTwoModelsAreComparedByWhatMattersFirst() throws IOException {
        FileSystemModelRepository.at(folder).save("other", artifact("0.4", "seed=1\ntest.accuracy=0.8333333333333334\n"
                + "figures.recording.auroc.lower=0.1\ntest.recordings=6\n"));
        assertThat(inFolder("compare", "spira", "1", "other/1")).isZero();
        assertThat(out.toString().lines()).containsExactly(
                "spira version 1 and other version 1 have different weights",
                "metrics on the test set:", "  test.accuracy", "    spira/1: 0.75", "    other/1: 0.8333",
                "settings:", "  threshold", "    spira/1: 0.5", "    other/1: 0.4",
                "recordings:", "  test.recordings", "    spira/1: ", "    other/1: 6",
                "1 further values differ; --json prints them");
        assertThat(inFolder("compare", "spira", "1", "other/1", "--json")).isZero();
        assertThat(json().at("/differences/test.accuracy/other~11").asText()).isEqualTo("0.8333333333333334");
    }

    @Test
    void aModelIsListedWithAllItsVersions() throws IOException {
        assertThat(inFolder("list", "spira")).isZero();
        assertThat(out.toString()).hasLineCount(3).contains(" 0.750 ", " 0.800 ");
        assertThat(inFolder("list", "--json")).isZero();
        assertThat(json().at("/0/details/0/version").asInt()).isEqualTo(2);
        assertThat(json().at("/0/details/0/saved").asText()).startsWith("20");
        assertThat(inFolder("list", "none")).isEqualTo(1);
    }

    @Test
    void whatIsNotThereIsSaidInOneLine() {
        assertThat(inFolder("show", "spira", "7")).isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(1).first().asString().contains("there is no spira version 7");
        assertThat(inFolder("show", "spira", "best")).isEqualTo(1);
        assertThat(err.toString()).isEqualToIgnoringNewLines("spira: no version of 'spira' is called 'best'; give a number,"
                + " or one of its aliases []");
        assertThat(inFolder("rollback", "spiro")).isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(1).first().asString()
                .contains("there is no model called 'spiro'", "existing models: [spira]");
        assertThat(inFolder("rollback", "spira")).isEqualTo(1);
        assertThat(err.toString()).contains("could not be rolled back");
    }

    @Test
    void withoutACommandItSaysWhatThereIs() {
        assertThat(spira()).isZero();
        assertThat(out.toString()).contains("list", "show", "compare", "promote", "rollback", "tag");
    }

    @Test
    void aModelIsVerifiedAndItsCatalogMended() throws IOException {
        assertThat(inFolder("verify")).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("spira: 2 versions read, no fault");

        Files.delete(folder.resolve("spira/catalog.json"));
        assertThat(inFolder("verify", "spira")).isEqualTo(1);
        assertThat(out.toString()).contains("spira: 2 versions read, 1 fault",
                "the catalog of model spira is missing, but 2 versions are there", "(can be mended with --mend)");
        assertThat(inFolder("list")).isEqualTo(1);
        assertThat(err.toString()).contains("the catalog of model spira is missing", "run spira models verify --mend");

        assertThat(inFolder("verify", "spira", "--mend", "--json")).isZero();
        assertThat(json().at("/0/sound").asBoolean()).isTrue();
        assertThat(inFolder("list")).isZero();

        assertThat(inFolder("verify", "other")).isEqualTo(1);
        assertThat(err.toString()).contains("there is no model called 'other'; existing models: [spira]");
    }

    @Test
    void aVersionIsDeletedUnlessAnAliasOrARoundHoldsIt() {
        inFolder("promote", "spira", "2", "--by", "me");
        assertThat(inFolder("delete", "spira", "2")).isEqualTo(1);
        assertThat(err.toString()).contains("spira version 2 could not be deleted: alias champion is at it");

        Journal rounds = FileSystemJournal.at(folder.resolveSibling(folder.getFileName() + "-journal").resolve("spira"));
        rounds.replace("round-000001", Optional.empty(), round().getBytes(UTF_8));
        assertThat(inFolder("delete", "spira", "1")).isEqualTo(1);
        assertThat(err.toString()).contains("spira version 1 must not be named by a round, but was by round [1] in ");

        assertThat(inFolder("delete", "spira", "1", "--journal", folder.resolve("none").toString())).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("spira version 1 was deleted");
        assertThat(inFolder("show", "spira", "1")).isEqualTo(1);
        assertThat(err.toString()).contains("spira version 1 was deleted");
    }

    /** As release 0.1 wrote it. */
    private static String round() {
        return """
                challenger=1
                challengerFigure.count=0
                championFigure.count=0
                data.listed=
                data.listedRecordings=0
                data.newRecordings=0
                data.newSubjects=0
                data.recordings=0
                data.subjects=0
                data.testSubjects=0
                data.trainingSubjects=0
                data.validationSubjects=0
                data.version=
                data.withdrawnRecordings=0
                explanation=trained
                finished=2026-01-09T06\\:00\\:00Z
                format=1
                fresh.count=0
                holder=nightly
                number=1
                outcome=FIRST_CHAMPION
                quarantined.count=0
                started=2026-01-09T06\\:00\\:00Z
                times=1
                """;
    }
}
