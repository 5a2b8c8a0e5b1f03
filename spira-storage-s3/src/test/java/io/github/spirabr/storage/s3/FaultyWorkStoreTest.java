package io.github.spirabr.storage.s3;

import io.github.spirabr.core.dataset.PreparedDatasetRepository;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.storage.s3.FaultyNetwork.Fault;
import io.github.spirabr.testkit.WorkStoreContract;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs, and stages one by one, on a bucket behind a network that harms a tenth of the requests in every way. */
@Tag("slow")
@Tag("campaign")
@EnabledIfSystemProperty(named = "spira.requests", matches = "\\d+", disabledReason = "takes a minute; -Pcampaigns runs it")
class FaultyWorkStoreTest extends WorkStoreContract {

    @RegisterExtension
    private static final LocalS3 SERVER = new LocalS3();

    /** All but stale lists, after which a stage's outcome is made again. */
    private static final Set<Fault> FAULTS = EnumSet.complementOf(EnumSet.of(Fault.STALE_LIST));

    private final String bucket = SERVER.newBucket();
    private final FaultyNetwork network;
    private final S3Connection connection;

    FaultyWorkStoreTest() throws IOException {
        network = new FaultyNetwork(
                SERVER.endpoint(), List.copyOf(FAULTS), 0.1, Long.getLong("spira.seed", 20261130));
        connection = network.connection(bucket, 12, Duration.ofMillis(300));
    }

    @AfterEach
    void close() throws IOException {
        connection.close();
        network.close();
    }

    @Override
    protected ModelRepository models(String name) {
        return S3ModelRepository.of(connection, name);
    }

    @Override
    protected PreparedDatasetRepository features() {
        return S3PreparedDatasets.of(connection, "features");
    }
}
