package io.github.spirabr.core.component;

import io.github.spirabr.core.component.SettingsOutline.Condition;
import io.github.spirabr.core.component.SettingsOutline.Kind;
import io.github.spirabr.core.component.SettingsOutline.Setting;
import io.github.spirabr.core.component.SettingsRecorder.Asked;
import io.github.spirabr.core.component.SettingsRecorder.Fork;
import io.github.spirabr.core.component.SettingsRecorder.Question;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs a reader of settings for every answer to each of its questions. An answer is tried once, on top of the answers that
 * made the question come up; the number of runs therefore follows the number of answers, not of their combinations.
 */
final class SettingsExplorer {

    /** Far above what any reader asks. */
    private static final int MOST_RUNS = 1000;

    /** Readers refuse numbers that are out of range; one of these suits most. */
    private static final List<DoubleUnaryOperator> NUMBERS = List.of(
            place -> 1, place -> 0.5, place -> place, place -> 16_000, place -> 0, place -> 100, place -> -place);

    private record Run(Map<Question, String> answers, List<Asked> asked, boolean ended) {}

    private final Function<Settings, ?> reader;
    private final Bindings bindings;
    private final List<Run> runs = new ArrayList<>();
    private final Map<Question, Fork> forks = new LinkedHashMap<>();

    private SettingsExplorer(Function<Settings, ?> reader, Bindings bindings) {
        this.reader = reader;
        this.bindings = bindings;
    }

    static SettingsOutline explore(Function<Settings, ?> reader, Bindings bindings) {
        SettingsExplorer explorer = new SettingsExplorer(reader, bindings);
        explorer.run();
        return explorer.outline();
    }

    private void run() {
        Deque<Map<Question, String>> open = new ArrayDeque<>(List.of(Map.of()));
        while (!open.isEmpty() && runs.size() < MOST_RUNS) {
            Map<Question, String> answers = open.remove();
            for (Fork fork : run(answers)) {
                if (forks.putIfAbsent(fork.question(), fork) == null) {
                    for (String answer : fork.answers().subList(1, fork.answers().size())) {
                        Map<Question, String> more = new LinkedHashMap<>(answers);
                        more.put(fork.question(), answer);
                        open.add(more);
                    }
                }
            }
        }
    }

    /** With all stand-ins for numbers until one is borne; gives the questions that came up. */
    private List<Fork> run(Map<Question, String> answers) {
        Map<Question, Fork> questions = new LinkedHashMap<>();
        List<Asked> asked = new ArrayList<>();
        boolean ended = false;
        for (int i = 0; i < NUMBERS.size() && !ended; i++) {
            // A default that changes with the bound value is none.
            for (int turn = 0; turn < 2; turn++) {
                SettingsRecorder recorder = new SettingsRecorder(answers, NUMBERS.get(i), bindings, turn);
                ended |= ends(recorder);
                asked.addAll(recorder.asked());
                recorder.forks().forEach(fork -> questions.putIfAbsent(fork.question(), fork));
            }
        }
        runs.add(new Run(answers, asked, ended));
        return new ArrayList<>(questions.values());
    }

    /** A reader may refuse a stand-in in any way. */
    private boolean ends(SettingsRecorder recorder) {
        try {
            reader.apply(new Settings(recorder));
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private SettingsOutline outline() {
        Map<String, List<Asked>> byName = new LinkedHashMap<>();
        runs.stream().flatMap(run -> run.asked().stream())
                .forEach(one -> byName.computeIfAbsent(one.name(), unseen -> new ArrayList<>()).add(one));
        List<Setting> settings = byName.entrySet().stream().map(one -> setting(one.getKey(), one.getValue())).toList();
        return new SettingsOutline(settings, runs.stream().anyMatch(Run::ended));
    }

    private Setting setting(String name, List<Asked> asked) {
        Asked told = asked.stream().filter(one -> one.kind() != Kind.UNKNOWN).findFirst().orElse(asked.get(0));
        List<Object> defaults = asked.stream().flatMap(one -> one.byDefault().stream()).distinct().toList();
        Optional<Object> byDefault = defaults.size() == 1 ? Optional.of(defaults.get(0)) : Optional.empty();
        Run first = runs.stream().filter(run -> asks(run, name)).findFirst().orElseThrow();
        Map<String, Condition> conditions = new LinkedHashMap<>();
        for (Fork fork : forks.values()) {
            condition(fork, first, name).ifPresent(condition -> conditions.put(fork.question().name(), condition));
        }
        boolean mayBeAbsent = asked.stream().anyMatch(one -> !one.needed() || one.kind() == Kind.UNKNOWN);
        List<String> presences = first.answers().entrySet().stream()
                .filter(one -> one.getKey().form() != Question.Form.VALUE && !one.getValue().equals(SettingsRecorder.NO))
                .map(one -> one.getKey().name())
                .toList();
        boolean within = presences.size() == 1 && name.startsWith(presences.get(0) + ".");
        boolean needed = !mayBeAbsent && (presences.isEmpty() || within);
        return new Setting(name, told.kind(), told.choices(), told.port(), byDefault, needed,
                within ? presences.get(0) : "", conditions);
    }

    /** For which answers to a question about a value the setting is asked for; empty if that does not matter. */
    private Optional<Condition> condition(Fork fork, Run first, String name) {
        Question question = fork.question();
        if (question.form() != Question.Form.VALUE || question.name().equals(name)) {
            return Optional.empty();
        }
        String usual = fork.answers().get(0);
        Set<String> values = new LinkedHashSet<>();
        Set<String> others = new LinkedHashSet<>();
        for (String answer : fork.answers()) {
            Run same = find(changed(first.answers(), question, answer, usual));
            if (same == null && first.answers().containsKey(question)) {
                // Questions that came up after it may not come up for another answer.
                same = find(changed(before(first.answers(), question), question, answer, usual));
            }
            if (same != null) {
                (asks(same, name) ? values : others).add(answer);
            }
        }
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of(new Condition(values, others, fork.byDefault() && values.contains(usual)));
    }

    private static Map<Question, String> changed(
            Map<Question, String> answers, Question question, String answer, String usual) {
        Map<Question, String> changed = new LinkedHashMap<>(answers);
        changed.remove(question);
        if (!answer.equals(usual)) {
            changed.put(question, answer);
        }
        return changed;
    }

    private static Map<Question, String> before(Map<Question, String> answers, Question question) {
        Map<Question, String> before = new LinkedHashMap<>();
        for (Map.Entry<Question, String> one : answers.entrySet()) {
            if (one.getKey().equals(question)) {
                break;
            }
            before.put(one.getKey(), one.getValue());
        }
        return before;
    }

    private @Nullable Run find(Map<Question, String> answers) {
        return runs.stream().filter(run -> run.answers().equals(answers)).findFirst().orElse(null);
    }

    private static boolean asks(Run run, String name) {
        return run.asked().stream().anyMatch(one -> one.name().equals(name));
    }
}
