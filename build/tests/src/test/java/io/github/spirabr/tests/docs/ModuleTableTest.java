package io.github.spirabr.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.tests.PublishedModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every published module stands in the tables of the README and of docs/architecture.md. */
class ModuleTableTest {

    static List<PublishedModule> modules() throws IOException {
        return PublishedModule.all();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void itHasARow(PublishedModule module) throws IOException {
        assertThat(Files.readString(Path.of("README.md")))
                .contains("| `" + module.folder() + "/` | `io.github.spirabr:" + module.artifact() + "` | ");
        assertThat(Files.readString(Path.of("docs/architecture.md")))
                .contains("| `" + module.folder() + "` | `" + module.artifact() + "` | `" + module.name() + "` | ");
    }
}
