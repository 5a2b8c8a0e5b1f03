package io.github.spirabr.core.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TargetTest {

    @Test
    void aNameAloneIsThePositiveClass() {
        Target asthma = Target.of(" asthma ");
        assertThat(asthma).isEqualTo(new Target("asthma", "control", "asthma"));
        assertThat(asthma.classOf(Label.PATIENT)).isEqualTo("asthma");
        assertThat(asthma.classOf(Label.CONTROL)).isEqualTo("control");
    }

    @Test
    void namesThatNobodyCanTellApartOrReadAreRefused() {
        assertThatThrownBy(() -> Target.of("control")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the classes of the target control must have different names, but both are 'control';"
                        + " name the negative one otherwise");
        assertThatThrownBy(() -> new Target("", "a", "b")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the name of a target must be 1 to 100 characters on one line, but was ''; give a short name");
        assertThatThrownBy(() -> new Target("x", "a\nb", "b")).hasMessageStartingWith("the negative class of a target must be");
        assertThatThrownBy(() -> new Target("x", "a", "b".repeat(101))).hasMessageStartingWith("the positive class of a target");
    }

    @Test
    void noOtherTextOfThisModuleNamesACondition() throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                Files.readAllLines(file).stream().filter(line -> line.toLowerCase(Locale.ROOT).contains("insufficien"))
                        .forEach(line -> lines.add(file.getFileName() + ": " + line.strip()));
            }
        }
        assertThat(lines).singleElement().asString().startsWith("Target.java: public static final Target STANDARD");
    }
}
