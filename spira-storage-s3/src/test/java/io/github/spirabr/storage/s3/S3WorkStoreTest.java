package io.github.spirabr.storage.s3;

import io.github.spirabr.core.dataset.PreparedDatasetRepository;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.testkit.WorkStoreContract;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
class S3WorkStoreTest extends WorkStoreContract {

    @RegisterExtension
    private static final LocalS3 SERVER = new LocalS3();

    private final String bucket = SERVER.newBucket();

    @Override
    protected ModelRepository models(String name) {
        return S3ModelRepository.of(S3Connection.of(SERVER.administrator(), bucket), name);
    }

    @Override
    protected PreparedDatasetRepository features() {
        return S3PreparedDatasets.of(S3Connection.of(SERVER.administrator(), bucket), "features");
    }
}
