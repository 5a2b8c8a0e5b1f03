package io.github.spirabr.report.run;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.evaluation.MetricEstimate;
import io.github.spirabr.core.pipeline.ExternalFindings;
import io.github.spirabr.core.pipeline.SeenInTrainingException;
import io.github.spirabr.core.registry.ModelVersion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * External validations of several models on several data sets.
 *
 * @param models the models, in the order of display
 * @param datasets names of the data sets, in the order of display
 * @param cells one for each model and data set
 */
public record ExternalMatrix(List<ModelVersion> models, List<String> datasets, List<Cell> cells) {

    private static final List<Metric> SHOWN =
            List.of(Metric.AUROC, Metric.SENSITIVITY, Metric.SPECIFICITY, Metric.BALANCED_ACCURACY, Metric.BRIER_SKILL);

    /**
     * One model on one data set.
     *
     * @param model the model
     * @param dataset name of the data set
     * @param findings the findings; empty if the model was trained on subjects or recordings of the data set
     * @param reason the subjects and recordings that it was trained on; empty if it was tested
     */
    public record Cell(ModelVersion model, String dataset, Optional<ExternalFindings> findings, String reason) {

        /** Returns the cell of a test. */
        public static Cell tested(ModelVersion model, String dataset, ExternalFindings findings) {
            return new Cell(model, dataset, Optional.of(findings), "");
        }

        /** Returns the cell of a refusal. */
        public static Cell seen(ModelVersion model, String dataset, SeenInTrainingException refusal) {
            List<String> parts = new ArrayList<>();
            if (!refusal.subjects().isEmpty()) {
                parts.add(Figures.count(refusal.subjects().size(), "subject"));
            }
            if (!refusal.recordings().isEmpty()) {
                parts.add(Figures.count(refusal.recordings().size(), "recording"));
            }
            return new Cell(model, dataset, Optional.empty(), String.join(" and ", parts) + " of it");
        }
    }

    /** Copies the lists. */
    public ExternalMatrix {
        models = List.copyOf(models);
        datasets = List.copyOf(datasets);
        cells = List.copyOf(cells);
    }

    /**
     * Returns the cell of a model and a data set.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Cell cell(ModelVersion model, String dataset) {
        return cells.stream().filter(one -> one.model().equals(model) && one.dataset().equals(dataset)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the matrix must hold " + model + " on " + dataset
                        + ", but holds the models " + models + " and the data sets " + datasets));
    }

    byte[] page() {
        Markup page = new Markup();
        PageHead.page(page, "External validation", "External validation of several models", "Trained on \u00d7 tested on",
                SHOWN.stream()
                        .map(metric -> new Section(Figures.key(metric), Figures.name(metric), to -> table(to, metric)))
                        .toList());
        return page.bytes();
    }

    private void table(Markup page, Metric metric) {
        if (metric == SHOWN.get(0)) {
            page.paragraph("By recording, with 95 % confidence intervals by bootstrap over subjects. Preprocessing, temperature "
                    + "and threshold are those stored with each model. \u201Cseen\u201D: the model was trained or validated on "
                    + "subjects or recordings of the data set, and was not tested on it.");
        }
        List<String> head = new ArrayList<>(List.of("Model"));
        head.addAll(datasets);
        Table table = new Table(Figures.name(metric) + " of each model on each data set", head.toArray(String[]::new));
        for (ModelVersion model : models) {
            List<String> cells = new ArrayList<>(List.of(model.toString()));
            for (String dataset : datasets) {
                cells.add(cell(model, dataset).findings().map(one -> text(one.run().metrics().metric(metric))).orElse("seen"));
            }
            table.row(cells.toArray(String[]::new));
        }
        table.write(page);
    }

    private static String text(MetricEstimate one) {
        return Figures.of(one.value()) + "\n" + Figures.interval(one.lower(), one.upper());
    }

    byte[] json() {
        return JsonReport.bytes(this::write);
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("format", JsonReport.FORMAT);
        json.writeStringField("notice", RunReport.NOTICE);
        json.writeArrayFieldStart("cells");
        for (Cell cell : cells) {
            json.writeStartObject();
            json.writeStringField("model", cell.model().name());
            json.writeNumberField("version", cell.model().number());
            json.writeStringField("dataset", cell.dataset());
            json.writeStringField("seen", cell.reason());
            if (cell.findings().isPresent()) {
                TaskReport.estimates(json, "recording", cell.findings().get().run().metrics());
                TaskReport.estimates(json, "subject", cell.findings().get().run().subjectMetrics());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
