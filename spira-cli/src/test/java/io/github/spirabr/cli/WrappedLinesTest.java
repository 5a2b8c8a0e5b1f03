package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class WrappedLinesTest {

    private static String wrapped(String text) {
        StringWriter target = new StringWriter();
        PrintWriter writer = new PrintWriter(new WrappedLines(target, 20));
        writer.print(text);
        writer.flush();
        return target.toString().replace("\r\n", "\n");
    }

    @Test
    void breaksBetweenWords() {
        assertThat(wrapped("validation on 24 of 6 (subject-01, subject-03)\n"))
                .isEqualTo("validation on 24 of\n  6 (subject-01,\n  subject-03)\n");
    }

    @Test
    void keepsTheIndentAndWordsThatAreTooWide() {
        assertThat(wrapped("  see /a/folder/of/a/long/name for it\n"))
                .isEqualTo("  see\n    /a/folder/of/a/long/name\n    for it\n");
    }

    @Test
    void leavesShortLinesAndUnfinishedOnes() {
        assertThat(wrapped("\none two\n\n\rtraining [====      ] 12/100, epoch 3"))
                .isEqualTo("\none two\n\n\rtraining [====      ] 12/100, epoch 3");
    }
}
