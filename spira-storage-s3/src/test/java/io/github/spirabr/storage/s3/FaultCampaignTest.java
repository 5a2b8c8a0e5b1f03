package io.github.spirabr.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random work behind a network that does harm; {@code -Dspira.requests=10000} makes the campaign long. */
@Timeout(3600)
class FaultCampaignTest {

    @RegisterExtension
    private static final LocalS3 SERVER = new LocalS3();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void nothingIsLostInAShortCampaign(long seed) throws IOException {
        FaultCampaign.run(SERVER, 200, 0.15, seed);
    }

    @Test
    @Tag("slow")
    @Tag("campaign")
    void nothingIsLostInALongCampaign() throws IOException {
        int requests = Integer.getInteger("spira.requests", 1500);
        long seed = Long.getLong("spira.seed", 20261130);

        List<RuntimeException> failures = FaultCampaign.run(SERVER, requests, 0.1, seed);
        FaultCampaign.run(SERVER, requests / 4, 0.5, seed + 1);

        // A listing that is older than the catalog stops a cleaning; nothing else is told to the user.
        assertThat(failures).allSatisfy(failure -> assertThat(failure).hasMessageStartingWith("nothing was cleaned, because "));
    }
}
