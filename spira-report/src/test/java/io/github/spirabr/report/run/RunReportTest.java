package io.github.spirabr.report.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.pipeline.RunFindings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunReportTest {

    @Test
    void equalFindingsGiveEqualBytes() throws IOException {
        Runs run = new Runs();
        run.probes = Runs.someProbes(name -> name);
        RunFindings findings = run.findings();
        Map<String, byte[]> files = new RunReport().report(findings);
        for (Map.Entry<String, byte[]> f : files.entrySet()) Files.write(Path.of("/tmp/report/" + f.getKey()), f.getValue());
        assertThat(new RunReport().report(findings)).containsExactlyEntriesOf(files);
    }
}
