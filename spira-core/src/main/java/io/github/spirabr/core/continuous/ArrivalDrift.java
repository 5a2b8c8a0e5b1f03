package io.github.spirabr.core.continuous;

import io.github.spirabr.core.quality.InputMeasures;
import io.github.spirabr.core.quality.InputStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A comparison of a round's arrivals with the champion's training set, and with the earlier recordings. */
final class ArrivalDrift {

    private ArrivalDrift() {}

    /**
     * Computes the drift of the arrivals.
     *
     * @param trainedOn statistics of the champion's training set, if stored
     * @param measures measures of the arrivals
     * @param arrived ids of the arrivals
     * @param snapshot snapshot of all recordings
     * @return empty if there are too few recordings
     */
    static Optional<InputDrift> of(
            Optional<InputStatistics> trainedOn, List<InputMeasures> measures, Set<String> arrived, DataSnapshot snapshot) {
        int before = (int) snapshot.entries().keySet().stream().filter(id -> !arrived.contains(id)).count();
        return InputDrift.of(measures.size(), trainedOn.map(InputStatistics::recordings).orElse(before),
                trainedOn.map(statistics -> unlike(statistics, measures)).orElse(0),
                trainedOn.map(statistics -> numbers(statistics, measures)).orElse(Map.of()), kinds(arrived, snapshot));
    }

    static int unlike(InputStatistics statistics, List<InputMeasures> measures) {
        return (int) measures.stream().filter(statistics::isUnlike).count();
    }

    static Map<String, InputDrift.Numbers> numbers(InputStatistics statistics, List<InputMeasures> measures) {
        Map<String, InputDrift.Numbers> numbers = new TreeMap<>();
        List<String> names = List.copyOf(statistics.measures().keySet());
        for (int i = 0; i < names.size(); i++) {
            int place = i;
            numbers.put(names.get(i), new InputDrift.Numbers(statistics.measure(names.get(i)).deciles(),
                    measures.stream().mapToDouble(one -> one.values()[place]).toArray()));
        }
        return numbers;
    }

    private static Map<String, InputDrift.Kinds> kinds(Set<String> arrived, DataSnapshot snapshot) {
        Map<String, InputDrift.Kinds> kinds = new TreeMap<>();
        for (DataSnapshot.Entry one : snapshot.entries().values()) {
            one.traits().forEach((name, kind) -> {
                InputDrift.Kinds counts =
                        kinds.computeIfAbsent(name, any -> new InputDrift.Kinds(new TreeMap<>(), new TreeMap<>()));
                (arrived.contains(one.id()) ? counts.fresh() : counts.reference()).merge(kind, 1, Integer::sum);
            });
        }
        return kinds;
    }
}
