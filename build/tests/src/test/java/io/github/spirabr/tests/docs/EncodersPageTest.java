package io.github.spirabr.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.component.Setting;
import io.github.spirabr.encoder.OnnxEncoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of settings in docs/guides/encoders.md is what the encoder declares. */
class EncodersPageTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| [^|]+ \\| ([^|]+) \\| [^|]+ \\|$");

    @Test
    void settingsAreInTheTable() throws IOException {
        List<String> rows = ROW.matcher(Files.readString(Path.of("docs/guides/encoders.md"))).results()
                .map(row -> row.group(1) + ": " + row.group(2)).toList();
        assertThat(rows).isEqualTo(new OnnxEncoder.Provider().settings().settings().stream()
                .map(one -> one.name() + ": " + byDefault(one)).toList());
    }

    private static String byDefault(Setting setting) {
        return setting.byDefault().map(value -> "`" + value + "`").or(setting::whenMissing).orElse("needed");
    }
}
