package io.github.spirabr.tests.formats;

import java.nio.file.Path;

/** Models of version 0.1, whose weights were in files of their own format. */
class DamagedOldModelsTest extends DamagedModelsTest {

    @Override
    Path stored() {
        return StoredFolder.FORMATS.resolve("year/models/spira/000002/files");
    }

    @Override
    String weights() {
        return "weights.f32";
    }

    @Override
    String weight(int index) {
        return "weight " + index + " in weights.f32";
    }
}
