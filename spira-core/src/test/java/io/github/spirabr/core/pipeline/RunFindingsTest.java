package io.github.spirabr.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.spirabr.core.artifact.ArtifactFiles;
import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.Recordings;
import io.github.spirabr.core.evaluation.Metric;
import io.github.spirabr.core.probe.Probe;
import io.github.spirabr.core.probe.ProbeResult;
import io.github.spirabr.core.probe.ProbedModel;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import io.github.spirabr.core.registry.InMemoryModelRepository;
import io.github.spirabr.core.registry.ModelArtifact;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a run has found is probed, reported, and saved with the model. */
class RunFindingsTest {

    private final InMemoryModelRepository models = new InMemoryModelRepository();

    private TrainingPipeline.Builder pipeline(Dataset dataset) {
        return TestParts.pipeline(dataset, models);
    }

    /** Makes everybody as loud as patients are, so that a model that listens to loudness calls all of them patients. */
    private static final class EverybodyLoud implements Probe {

        @Override
        public ProbeResult examine(ProbedModel model) {
            double mean = model.map(model.split().test().recordings(), one -> (double) model.read(one).length()).stream()
                    .mapToDouble(one -> one)
                    .average()
                    .orElseThrow();
            double specificity = model.test((waveform, recording) ->
                            recording.label() == Label.PATIENT ? waveform : louder(waveform))
                    .value(Metric.SPECIFICITY);
            return new ProbeResult("everybody-loud", "Is it loudness?",
                    specificity < model.test().value(Metric.SPECIFICITY)
                            ? ProbeResult.Verdict.FAILED
                            : ProbeResult.Verdict.PASSED,
                    "It is.",
                    List.of(new ProbeResult.Measurement("specificity", specificity, Double.NaN, Double.NaN, 8, 4),
                            new ProbeResult.Measurement("samples", mean, Double.NaN, Double.NaN, 8, 4)));
        }

        private static Waveform louder(Waveform waveform) {
            float[] samples = waveform.toArray();
            for (int i = 0; i < samples.length; i++) {
                samples[i] *= 5;
            }
            return Waveform.of(samples, waveform.sampleRate());
        }

        @Override
        public ComponentDescription description() {
            return new ComponentDescription("everybody-loud", Map.of());
        }
    }

    @Test
    void probesAreAskedToldAndStored() {
        List<PipelineEvent> told = new ArrayList<>();
        TrainingRun run = pipeline(Recordings.dataset(8, 8, 2)).addProbe(new EverybodyLoud()).listener(new PipelineListener() {
            @Override
            public void onPipeline(PipelineEvent event) {
                if (event instanceof PipelineEvent.Probed) {
                    told.add(event);
                }
            }
        }).build().run();
        assertThat(run.test().value(Metric.SPECIFICITY)).isEqualTo(1);
        assertThat(run.probes()).singleElement().satisfies(one -> {
            assertThat(one.verdict()).isEqualTo(ProbeResult.Verdict.FAILED);
            assertThat(one.measurements()).extracting(ProbeResult.Measurement::value).containsExactly(0.0, 250.0);
            assertThat(told).containsExactly(new PipelineEvent.Probed(one));
        });
        assertThat(new String(models.load(run.model()).file("provenance.properties"), StandardCharsets.UTF_8))
                .contains("probe.everybody-loud=FAILED", "probe.everybody-loud.figure.specificity=0.0",
                        "probes.0.type=everybody-loud");
        assertThat(pipeline(Recordings.dataset(8, 8, 2)).build().findDone()).isEmpty();
    }

    @Test
    void theReportIsSavedWithTheModelAndIsNoPartOfTheNetwork() {
        List<TrainingRun> reported = new ArrayList<>();
        TrainingRun run = pipeline(Recordings.dataset(8, 8, 2)).addReporter(findings -> {
            reported.add(findings);
            return Map.of("report.txt", findings.identity().getBytes(StandardCharsets.UTF_8));
        }).build().run();
        assertThat(reported).containsExactly(run);
        ModelArtifact artifact = models.load(run.model());
        assertThat(artifact.file("report.txt")).asString().isEqualTo(run.identity());
        assertThat(ArtifactFiles.network(artifact)).containsOnlyKeys("level");
    }

    @Test
    void aReportThatWouldReplaceAnotherFileIsRefused() {
        TrainingPipeline pipeline =
                pipeline(Recordings.dataset(8, 8, 2)).addReporter(findings -> Map.of("level", new byte[0])).build();
        assertThatThrownBy(pipeline::run).isInstanceOf(IllegalStateException.class).hasMessageContaining("a file level");
        assertThat(models.versions("loud")).isEmpty();
    }

    @Test
    void theFingerprintOfTheDataHangsOnContentsAndLabelsAlone() {
        Dataset dataset = Recordings.dataset(8, 8, 2);
        List<Recording> renamed = new ArrayList<>();
        for (Recording one : dataset.recordings()) {
            renamed.add(0, new Recording("x" + one.id(), one.subject(), one.label(), Map.of("a", "b"), one.audio()));
        }
        TrainingRun found = pipeline(dataset).build().run();
        TrainingRun again = pipeline(Dataset.of("renamed", renamed)).build().run();
        assertThat(again.dataFingerprint()).isEqualTo(found.dataFingerprint()).hasSize(64);
        assertThat(again.identity()).isNotEqualTo(found.identity());
        assertThat(pipeline(Recordings.dataset(8, 8, 3)).build().run().dataFingerprint())
                .isNotEqualTo(found.dataFingerprint());
    }

    @Test
    void aRecordingThatCannotBeReachedIsRejectedAsAnyOther() {
        List<Recording> recordings = new ArrayList<>(Recordings.dataset(12, 12, 4).recordings());
        Recording first = recordings.get(0);
        recordings.set(0, new Recording(first.id(), first.subject(), first.label(), Map.of(), AudioSource.of("gone", () -> {
            throw new IOException("the disk is out");
        })));
        TrainingRun run = pipeline(Dataset.of("with a gap", recordings))
                .rejections(new RejectionPolicy(0.05, 0.05)).build().run();
        assertThat(run.rejected()).extracting(one -> one.recording().id()).containsExactly(first.id());
    }
}
