package io.github.spirabr.storage.fs.registry;

import io.github.spirabr.core.dataset.PreparedDatasetRepository;
import io.github.spirabr.core.registry.ModelRepository;
import io.github.spirabr.storage.fs.dataset.FileSystemPreparedDatasets;
import io.github.spirabr.testkit.WorkStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileSystemWorkStoreTest extends WorkStoreContract {

    @TempDir
    private Path folder;

    @Override
    protected ModelRepository models(String name) {
        return FileSystemModelRepository.at(folder.resolve(name));
    }

    @Override
    protected PreparedDatasetRepository features() {
        return FileSystemPreparedDatasets.at(folder.resolve("features"));
    }
}
