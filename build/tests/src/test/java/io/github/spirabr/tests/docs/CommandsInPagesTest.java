package io.github.spirabr.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.cli.SpiraLine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The commands that pages tell people to type are commands that there are, with options that there are. */
class CommandsInPagesTest {

    private static final Pattern COMMAND = Pattern.compile("(?:^|&& |\\$ )(?:[A-Z0-9_]+=\\S+ )*"
            + "(?:java -jar \\S*spira\\.jar|\\S*/?spira|java -cp \\S+ io\\.github\\.spirabr\\S+\\.Spira) (.+)$");

    @Test
    void theyCanBeTyped() throws IOException {
        List<String> wrong = new ArrayList<>();
        int typed = 0;
        for (Page page : Page.all()) {
            for (Page.Block block : page.blocks()) {
                if (!List.of("", "sh", "console").contains(block.language())) {
                    continue;
                }
                for (String line : block.code().replaceAll("\\\\\n\\s*", "").lines().toList()) {
                    Matcher command = COMMAND.matcher(line);
                    if (command.find()) {
                        typed++;
                        try {
                            SpiraLine.parse("spira " + command.group(1));
                        } catch (CommandLine.ParameterException | IllegalArgumentException e) {
                            wrong.add(page + ": " + line.strip() + "\n    " + e.getMessage());
                        }
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(typed).isGreaterThan(10);
    }
}
