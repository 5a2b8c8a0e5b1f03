package io.github.spirabr.core.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.audio.Waveform;
import io.github.spirabr.core.dataset.Dataset;
import io.github.spirabr.core.dataset.DatasetSplit;
import io.github.spirabr.core.dataset.SubjectSplit;
import io.github.spirabr.core.evaluation.DecisionRule;
import io.github.spirabr.core.evaluation.Evaluation;
import io.github.spirabr.core.evaluation.RecordingScore;
import io.github.spirabr.core.random.RandomStreams;
import io.github.spirabr.core.recording.AudioSource;
import io.github.spirabr.core.recording.Label;
import io.github.spirabr.core.recording.Recording;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** A model that answers as a test says: recordings of one sample, half of the subjects of each class in the test set. */
record ProbedRecordings(
        DatasetSplit split,
        Function<Recording, Waveform> sound,
        BiFunction<Waveform, Recording, Double> answer)
        implements ProbedModel {

    /** Makes one recording for each of so many subjects a class. */
    static ProbedRecordings of(
            int subjects,
            Function<String, Map<String, String>> columns,
            ToDoubleFunction<String> sample,
            BiFunction<Waveform, Recording, Double> answer) {
        Set<String> validation = new HashSet<>();
        Set<String> test = new HashSet<>();
        List<Recording> recordings = Stream.of(Label.values()).flatMap(label -> Stream.iterate(0, s -> s + 1)
                .limit(subjects).map(s -> {
                    String id = (label == Label.PATIENT ? "p" : "c") + s;
                    if (s % 2 == 0) {
                        (s % 10 == 0 ? validation : test).add(id);
                    }
                    return new Recording(id, id, label, columns.apply(id), AudioSource.ofBytes(id, new byte[0]));
                })).toList();
        Dataset dataset = Dataset.of("probed", recordings);
        return new ProbedRecordings(dataset.split(SubjectSplit.holdingOut(validation, test), 1),
                recording -> Waveform.of(new float[] {(float) sample.applyAsDouble(recording.id())}, 8000), answer);
    }

    @Override
    public DecisionRule decision() {
        return DecisionRule.STANDARD;
    }

    @Override
    public Evaluation test() {
        return test((waveform, recording) -> waveform);
    }

    @Override
    public Evaluation test(WaveformChange change) {
        return Evaluation.of(split.test().recordings().stream().map(recording -> {
            double probability = answer.apply(change.apply(read(recording), recording), recording);
            return new RecordingScore(
                    recording.id(), recording.subject(), recording.label(), probability, List.of(probability));
        }).toList(), 0.5);
    }

    /** Knows nothing; checks that the labels do not either. */
    @Override
    public Evaluation testTrainedOn(Map<String, Label> labels, long seed) {
        for (Label label : Label.values()) {
            List<Recording> ofClass = split.training().recordings().stream().filter(one -> one.label() == label).toList();
            assertThat(ofClass.stream().filter(one -> labels.containsKey(one.id())))
                    .hasSize(ofClass.size() / 2).allMatch(one -> labels.get(one.id()) != label);
        }
        return Evaluation.of(split.test().recordings().stream().map(recording -> {
            double probability = new RandomStreams(seed).stream("coin", 0, recording.id()).nextDouble();
            return new RecordingScore(
                    recording.id(), recording.subject(), recording.label(), probability, List.of(probability));
        }).toList(), 0.5);
    }

    @Override
    public <R> List<R> map(List<Recording> recordings, Function<Recording, R> work) {
        return recordings.stream().map(work).toList();
    }

    @Override
    public Waveform read(Recording recording) {
        return sound.apply(recording);
    }

    @Override
    public RandomStreams random() {
        return new RandomStreams(3);
    }
}
