package io.github.spirabr.storage.fs.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.journal.Journal;
import io.github.spirabr.core.journal.JournalException;
import io.github.spirabr.testkit.JournalContract;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSystemJournalTest extends JournalContract {

    private static final int KILLS = Integer.getInteger("spira.kills", 3);

    @TempDir
    Path folder;

    @Override
    protected Journal open() {
        return FileSystemJournal.at(folder.resolve("journal"));
    }

    @Test
    void theLayoutIsKept() {
        open().replace("state", Optional.empty(), "format=1\n".getBytes(UTF_8));

        assertThat(folder.resolve("journal/state.document")).hasContent("format=1\n");
        assertThat(open().location()).isEqualTo(folder.resolve("journal").toString());
    }

    @Test
    void aFolderThatCannotBeIsTold() throws Exception {
        Files.writeString(folder.resolve("journal"), "a file");

        assertThatThrownBy(() -> open().replace("state", Optional.empty(), new byte[1]))
                .isInstanceOf(JournalException.class)
                .hasMessageStartingWith("document state could not be written in the journal in " + folder.resolve("journal"))
                .hasMessageEndingWith("; check the folder, its permissions and the free space");
    }

    /** {@code -Dspira.kills=} times (3). */
    @Test
    void aKilledWriterLeavesAWholeDocumentAndNoLock() throws Exception {
        Random random = new Random(20261125);
        for (int kill = 1; kill <= KILLS; kill++) {
            Process process = CountingProcess.start(folder.resolve("journal"));
            int told = 0;
            StringBuilder output = new StringBuilder();
            try (BufferedReader reader = process.inputReader(UTF_8)) {
                for (int lines = random.nextInt(80); lines >= 0; lines--) {
                    output.append(Objects.requireNonNull(reader.readLine())).append('\n');
                }
                process.toHandle().destroyForcibly();
                for (int character = reader.read(); character >= 0; character = reader.read()) {
                    output.append((char) character);
                }
            } finally {
                process.destroyForcibly().waitFor();
            }
            String whole = output.substring(0, output.lastIndexOf("\n"));
            told = Integer.parseInt(whole.substring(whole.lastIndexOf(' ') + 1));

            int found = CountingProcess.number(open().read(CountingProcess.NAME).orElseThrow());
            // At most one count was made and could not be told any more.
            assertThat(found).isBetween(told, told + 1);
            assertThat(CountingProcess.count(open(), 10)).isEqualTo(found + 1);
            assertThat(open().names("")).containsExactly(CountingProcess.NAME);
        }
    }
}
