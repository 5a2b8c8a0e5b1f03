package io.github.spirabr.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.registry.ModelRepository.AliasChange;
import io.github.spirabr.core.registry.ModelVersion;
import java.io.BufferedReader;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A process that saves and promotes is killed at random points, {@code -Dspira.kills=} times (3). What it
 * was told to be done is done; the rest is there whole or not at all.
 */
@Timeout(1800)
@Tag("slow")
class KilledProcessesTest {

    private static final String NAME = "shared";
    private static final int KILLS = Integer.getInteger("spira.kills", 3);

    @RegisterExtension
    private static final LocalS3 SERVER = new LocalS3();

    @Test
    void nothingIsLostAndNothingIsHalf() throws Exception {
        Random random = new Random(Long.getLong("spira.seed", 20260301));
        String bucket = SERVER.newBucket();
        S3ModelRepository repository = S3ModelRepository.of(SERVER.administrator(), bucket, "");
        int loaded = 0;
        int saved = 0;
        int promoted = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            List<String> told = runAndKill(bucket, 10 + random.nextInt(500_000), random.nextInt(6));

            List<ModelVersion> found = repository.versions(NAME);
            assertThat(found).extracting(ModelVersion::number)
                    .isEqualTo(IntStream.rangeClosed(1, found.size()).boxed().toList());
            List<AliasChange> history = repository.history(NAME, "champion");
            saved += (int) told.stream().filter(line -> line.startsWith("saved ")).count();
            promoted += (int) told.stream().filter(line -> line.startsWith("promoted ")).count();
            // With each kill, at most one of each was done and could not be told any more.
            assertThat(found).hasSizeBetween(saved, saved + kill);
            assertThat(history).hasSizeBetween(promoted, promoted + kill);
            for (ModelVersion version : found.subList(loaded, found.size())) {
                assertThat(repository.load(version).fileNames()).containsExactly("a.bin", "b.bin");
            }
            loaded = found.size();
            assertThat(history).extracting(AliasChange::to).isSorted().doesNotHaveDuplicates();
        }
        ModelVersion next = repository.save(NAME, PromotingProcess.artifact(1, 100));
        assertThat(next.number()).isGreaterThan(loaded);
        assertThat(repository.promote("champion", next, "ana").to()).isEqualTo(next.number());
    }

    /** Kills a process after some further lines; what it told until then, the last line perhaps cut. */
    private static List<String> runAndKill(String bucket, int size, int lines) throws Exception {
        Process process = PromotingProcess.start(SERVER.endpoint(), bucket, NAME, size);
        StringBuilder told = new StringBuilder();
        try (BufferedReader output = process.inputReader(UTF_8)) {
            for (int line = 0; line <= lines; line++) {
                told.append(Objects.requireNonNull(output.readLine())).append('\n');
            }
            // By its handle, which leaves its output to be read.
            process.toHandle().destroyForcibly();
            for (int character = output.read(); character >= 0; character = output.read()) {
                told.append((char) character);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(told).startsWith("saved ");
        return told.substring(0, told.lastIndexOf("\n")).lines().toList();
    }
}
