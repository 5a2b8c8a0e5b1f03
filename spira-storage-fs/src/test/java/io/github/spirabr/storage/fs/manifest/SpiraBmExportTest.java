package io.github.spirabr.storage.fs.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpiraBmExportTest {

    @TempDir
    Path folder;

    @BeforeEach
    void goodExport() throws IOException {
        write("patients.csv", """
                id,collectionSite,identifier,studyTypeId,age,saturation,participationWeek,collectionDate
                7,HC,12,3,61,97.5,2,2026-05-04T10:00:00.000
                8,HC,12,3,61,,6,2026-06-01T10:00:00.000
                9,UNESP,12,4,30,99,,2026-06-02T10:00:00.000
                """);
        write("samples.csv", """
                id,patientId,type,file
                1,7,ambient_noise,audio/7n.wav
                2,7,sustentained_vowel,audio/7v.wav
                3,8,phrase,audio/8p.wav
                4,9,rhyme,audio/9r.wav
                """);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private ReadRows read() {
        return ReadRows.of(new SpiraBmExport(folder, ReadRows.RECOGNISED));
    }

    @Test
    void aPersonIsAnIdentifierAtASite() {
        ReadRows read = read();
        assertThat(read.faults()).isEmpty();
        assertThat(read.complete()).isTrue();
        assertThat(read.values().get(0)).containsExactlyInAnyOrderEntriesOf(Map.of("file_path", "audio/7n.wav", "task",
                "ambient-noise",
                "subject", "HC/12", "session", "2", "study", "smoking", "age", "61", "saturation", "97.5", "collectionSite", "HC",
                "collectionDate", "2026-05-04T10:00:00.000"));
        assertThat(read.values()).extracting(row -> row.get("task"))
                .containsExactly("ambient-noise", "sustained-vowel", "phrase", "rhyme");
        assertThat(read.values()).extracting(row -> row.get("subject") + " " + row.get("session"))
                .containsExactly("HC/12 2", "HC/12 2", "HC/12 6", "UNESP/12 2026-06-02");
        assertThat(read.values().get(3)).containsEntry("study", "control");
    }

    @Test
    void theApplicationsJsonIsFlattened() throws IOException {
        Files.delete(folder.resolve("patients.csv"));
        write("patients.jsonl", """
                {"id":7,"collectionSite":"HC","identifier":"12","studyType":"Asma grave","comorbidityIds":[7,20],\
                "smokingData":{"participationWeek":3,"tobaccoLoad":null},"respiratoryInsufficiency":null}
                {"id":8,"collectionSite":"HC","identifier":"13","studyType":"Insufici\u00eancia respirat\u00f3ria",\
                "respiratoryInsufficiency":{"gasometryPH":7.35}}
                {"id":9,"collection_site":"HC","identifier":"14","studyTypeId":"4"}
                """);
        ReadRows read = read();
        assertThat(read.faults()).isEmpty();
        assertThat(read.values().get(0)).containsEntry("session", "3").containsEntry("study", "asthma")
                .containsEntry("comorbidityIds", "7,20");
        assertThat(read.values().get(2)).containsEntry("study", "insufficiency").containsEntry("gasometryPH", "7.35");
    }

    @Test
    void withoutSamplesTheFilesLieInFoldersOfTheVisits() throws IOException {
        Files.delete(folder.resolve("samples.csv"));
        for (String file : new String[] {"7/ambientNoise_1764000000000.wav", "7/notes.txt", "8/rhyme.wav",
                "9/sustentained_vowel_2.wav"}) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.write(folder.resolve(file), new byte[] {1});
        }
        ReadRows read = read();
        assertThat(read.faults()).isEmpty();
        assertThat(read.values()).extracting(row -> row.get("file_path") + " " + row.get("task")).containsExactly(
                "7/ambientNoise_1764000000000.wav ambient-noise", "8/rhyme.wav rhyme", "9/sustentained_vowel_2.wav"
                        + " sustained-vowel");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "patients.csv|8,HC,12,5,61,,6,|patients.csv line 3: studyTypeId must be 1 (severe asthma), 2 (respiratory insufficiency)",
        "patients.csv|7,HC,12,3,61,,6,|patients.csv line 3: the id '7' must be listed once, but is already in patients.csv"
                + " line 2",
        "patients.csv|8,,12,3,61,,6,|patients.csv line 3: must have a value of 'collectionsite', but has none",
        "patients.csv|8,HC,,3,61,,6,|patients.csv line 3: must have a value of 'identifier', but has none",
        "patients.csv|8,hc,12,3,61,,6,|patients.csv line 3: 'hc' must differ from 'HC' in more than case, accents and spaces,"
                + " but does not", "patients.csv|8,HC,12|patients.csv line 3: has 3 fields, but the header has 8 columns",
        "samples.csv|2,70,phrase,x.wav|samples.csv line 3: patientId '70' must be the id of a patient, but no line of patients"
                + " has it",
        "samples.csv|2,7,cough,x.wav|samples.csv line 3: type must be ambient_noise, sustentained_vowel, phrase or rhyme, but"
                + " was 'cough'", "samples.csv|2,7,,x.wav|samples.csv line 3: must have a value of 'type', but has none"
    })
    void faultsNameFileAndLine(String file, String thirdLine, String finding) throws IOException {
        String[] lines = Files.readString(folder.resolve(file)).split("\n");
        lines[2] = thirdLine;
        write(file, String.join("\n", lines) + "\n");
        ReadRows read = read();
        assertThat(read.faults()).singleElement().asString().startsWith(finding).contains("; ");
        assertThat(read.complete()).isFalse();
    }

    @Test
    void listsThatAreMissingAreTold() throws IOException {
        write("samples.csv", "id,patientId,type,file\n1,7,phrase,a.wav\n2,8,phrase,b.wav\n");
        assertThat(read().faults()).containsExactly("patients.csv line 4: the visit '9' must have a sample, but has none;"
                + " export the samples again, or remove it");
        write("samples.jsonl", "{}\n");
        assertThat(read().faults()).containsExactly("the folder " + folder
                + " must have either samples.csv or samples.jsonl, but has both; export it again, or remove one");
        Files.delete(folder.resolve("patients.csv"));
        assertThat(read().faults()).containsExactly("the folder " + folder
                + " must have either patients.csv or patients.jsonl, but has neither; export it again, or remove one");
    }
}
