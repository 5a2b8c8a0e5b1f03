package io.github.spirabr.audio.probe;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.dataset.SubjectSplit;
import io.github.spirabr.core.evaluation.DecisionRule;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.probe.ProbedModel;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * A model that answers as a test says to recordings of a second of tones with pauses between them, at 8000 Hz: the
 * background tells the classes apart, or the share of pauses does.
 */
record ProbedSounds(DatasetSplit split, boolean background, ToDoubleFunction<Waveform> answer) implements ProbedModel {

    private static final int RATE = 8000;

    static ProbedSounds of(int tested, boolean background, ToDoubleFunction<Waveform> answer) {
        Set<String> validation = new HashSet<>();
        Set<String> test = new HashSet<>();
        List<Recording> recordings = new ArrayList<>();
        for (Label label : Label.values()) {
            for (int s = 0; s < tested + 2; s++) {
                String id = (label == Label.PATIENT ? "p" : "c") + s;
                if (s > 0) {
                    (s == 1 ? validation : test).add(id);
                }
                recordings.add(new Recording(id, id, label, Map.of(), AudioSource.ofBytes(id, new byte[0])));
            }
        }
        Dataset dataset = Dataset.of("sounds", recordings);
        return new ProbedSounds(dataset.split(SubjectSplit.holdingOut(validation, test), 1), background, answer);
    }

    @Override
    public Waveform read(Recording recording) {
        RandomGenerator random = new RandomStreams(1).stream("sound", 0, recording.id());
        boolean patient = recording.label() == Label.PATIENT;
        double hiss = background && patient ? 0.01 : 0.001;
        double spoken = !background && patient ? 0.4 : 0.6;
        float[] samples = new float[RATE];
        int period = RATE / 4;
        for (int i = 0; i < RATE; i++) {
            boolean tone = i % period < spoken * period;
            samples[i] = (float) ((tone ? 0.5 * Math.sin(2 * Math.PI * 500 * i / RATE) : 0) + hiss * random.nextGaussian());
        }
        return Waveform.of(samples, RATE);
    }

    @Override
    public Evaluation test() {
        return test((waveform, recording) -> waveform);
    }

    @Override
    public Evaluation test(WaveformChange change) {
        return Evaluation.of(split.test().recordings().stream().map(recording -> {
            double probability = answer.applyAsDouble(change.apply(read(recording), recording));
            return new RecordingScore(
                    recording.id(), recording.subject(), recording.label(), probability, List.of(probability));
        }).toList(), 0.5);
    }

    @Override
    public Evaluation testTrainedOn(Map<String, Label> labels, long seed) {
        throw new UnsupportedOperationException("no probe of this module trains");
    }

    @Override
    public <R> List<R> map(List<Recording> recordings, Function<Recording, R> work) {
        return recordings.stream().map(work).toList();
    }

    @Override
    public DecisionRule decision() {
        return DecisionRule.STANDARD;
    }

    @Override
    public RandomStreams random() {
        return new RandomStreams(3);
    }
}
