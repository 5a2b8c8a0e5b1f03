package io.github.spirabr.report.run;

import io.github.spirabr.core.pipeline.ExternalFindings;
import io.github.spirabr.core.pipeline.RepeatedFindings;
import io.github.spirabr.core.pipeline.RunReporter;
import io.github.spirabr.core.pipeline.TaskFindings;
import io.github.spirabr.core.pipeline.TrainingRun;
import io.github.spirabr.core.sweep.SweepFindings;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The report of a run: {@value #HTML} for people, one file that needs no network; {@value #JSON} with the same metrics for
 * programs; {@value #MODEL_CARD}, a model card after Mitchell et al. ("Model Cards for Model Reporting", 2019). All are pure
 * functions of the findings: equal runs give equal bytes, on every machine. They name recordings and subjects as the
 * manifest does. Stateless and safe for any number of threads.
 */
public final class RunReport implements RunReporter {

    /** The page. */
    public static final String HTML = "report.html";

    /** The metrics for programs. */
    public static final String JSON = "report.json";

    /** The summary that goes with the model. */
    public static final String MODEL_CARD = "model-card.md";

    /** On every file. */
    static final String NOTICE = "For research; no medical device. Do not diagnose or treat by it.";

    /** A report. */
    public RunReport() {}

    @Override
    public SortedMap<String, byte[]> report(TrainingRun findings) {
        Analysis analysis = Analysis.of(findings);
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put(HTML, HtmlReport.of(analysis, Map.of()));
        files.put(JSON, JsonReport.of(analysis));
        files.put(MODEL_CARD, ModelCard.of(analysis).getBytes(StandardCharsets.UTF_8));
        return files;
    }

    /**
     * The page alone, with what belongs to the occasion and so must not be stored with the model.
     *
     * @param findings findings of a run
     * @param occasion such as the time and the machine, by what to call them, in the order in which to show them
     * @return HTML in UTF-8
     */
    public byte[] html(TrainingRun findings, Map<String, String> occasion) {
        return HtmlReport.of(Analysis.of(findings), occasion);
    }

    /**
     * Returns the page of several trainings of one pipeline.
     *
     * @param name name of the models, as a heading
     * @param findings findings of trainings whose test sets allow an {@link RepeatedFindings#ensemble}
     * @return HTML in UTF-8
     */
    public byte[] html(String name, RepeatedFindings findings) {
        return RepeatReport.of(name, findings);
    }

    /**
     * Returns the files of an external validation: {@value #HTML} and {@value #JSON}, the latter with the keys of a run's and
     * {@code external}.
     */
    public SortedMap<String, byte[]> report(ExternalFindings findings) {
        Analysis analysis = Analysis.of(findings.run());
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put(HTML, ExternalReport.of(findings, analysis));
        files.put(JSON, JsonReport.of(findings, analysis));
        return files;
    }

    /** Returns the files of external validations of several models on several data sets: {@value #HTML} and {@value #JSON}. */
    public SortedMap<String, byte[]> report(ExternalMatrix matrix) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put(HTML, matrix.page());
        files.put(JSON, matrix.json());
        return files;
    }

    /**
     * Returns the page of a sweep.
     *
     * @param name name of the model, as a heading
     * @return HTML in UTF-8
     */
    public byte[] html(String name, SweepFindings findings) {
        return SweepReport.of(name, findings);
    }

    /**
     * Returns the files of one model for each task: {@value #HTML} and {@value #JSON}, with the fused answers.
     *
     * @param name name of the models, as a heading
     */
    public SortedMap<String, byte[]> report(String name, TaskFindings findings) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put(HTML, TaskReport.page(name, findings));
        files.put(JSON, TaskReport.json(name, findings));
        return files;
    }
}
