package io.github.spirabr.storage.s3;

import io.github.spirabr.core.dataset.PreparedDatasetRepository;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.testkit.WorkStoreContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

@Tag("slow")
class S3WorkStoreTest extends WorkStoreContract {

    private static LocalS3 server;

    private String bucket;

    @BeforeAll
    static void startServer() throws Exception {
        server = LocalS3.start();
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.stop();
    }

    @BeforeEach
    void createBucket() {
        bucket = server.newBucket();
    }

    @Override
    protected ModelRepository models(String name) {
        return S3ModelRepository.of(S3Connection.of(server.administrator(), bucket), name);
    }

    @Override
    protected PreparedDatasetRepository features() {
        return S3PreparedDatasets.of(S3Connection.of(server.administrator(), bucket), "features");
    }
}
