package io.github.spirabr.core.pipeline;

import java.util.HashMap;
import java.util.Map;

/** The reports of two. */
final class ReportFiles {

    private ReportFiles() {}

    static RunReporter of(RunReporter first, RunReporter second) {
        return findings -> {
            Map<String, byte[]> files = new HashMap<>(first.report(findings));
            second.report(findings).forEach((name, content) -> {
                if (files.put(name, content) != null) {
                    throw new IllegalStateException("two reports have a file " + name + "; rename one");
                }
            });
            return files;
        };
    }
}
