package io.github.spirabr.core.component;

import io.github.spirabr.core.component.SettingsOutline.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Answers a reader of settings with stand-ins, and notes what it asks. Used for one run, by one thread. */
final class SettingsRecorder implements SettingsSource {

    /** Stands for each name of a group. */
    private static final String ANY_NAME = "*";
    /** What a reader gets for it, as it may refuse signs. */
    private static final String SOME_NAME = "any-name";

    /** A question whose answer may decide what is asked next. */
    record Question(Form form, String name) {
        enum Form { HAS, VALUE, GROUP }
    }

    /**
     * A question that was asked.
     *
     * @param answers all that there may be, the usual one first
     * @param byDefault whether the usual one is the setting's default
     */
    record Fork(Question question, List<String> answers, boolean byDefault) {}

    /** A setting that was asked for. */
    record Asked(String name, Kind kind, List<String> choices, Optional<Class<?>> port, Optional<Object> byDefault,
            boolean needed) {}

    static final String NO = "no";
    static final String YES = "yes";

    private final Map<Question, String> answers;
    private final DoubleUnaryOperator numbers;
    private final Bindings bindings;
    private final int turn;
    private final Map<Question, Fork> forks = new LinkedHashMap<>();
    private final List<Asked> asked = new ArrayList<>();
    private final Map<String, Integer> numbered = new LinkedHashMap<>();

    /**
     * @param answers to questions; others get the usual answer
     * @param numbers the stand-in for the first, second ... number that must be given
     * @param turn which of the bound values stands in for those that are named
     */
    SettingsRecorder(Map<Question, String> answers, DoubleUnaryOperator numbers, Bindings bindings, int turn) {
        this.answers = answers;
        this.numbers = numbers;
        this.bindings = bindings;
        this.turn = turn;
    }

    List<Asked> asked() {
        return asked;
    }

    List<Fork> forks() {
        return new ArrayList<>(forks.values());
    }

    @Override
    public boolean has(String name) {
        note(name, Kind.UNKNOWN, List.of(), null, Optional.empty(), false);
        return answer(new Question(Question.Form.HAS, name), List.of(NO, YES), false).equals(YES);
    }

    @Override
    public List<String> names(String group) {
        String answer = answer(new Question(Question.Form.GROUP, group), List.of(NO, YES), false);
        return answer.equals(YES) ? List.of(SOME_NAME) : List.of();
    }

    @Override
    public String text(String name, Optional<String> byDefault) {
        note(name, Kind.TEXT, List.of(), null, byDefault.map(text -> text), byDefault.isEmpty());
        return byDefault.orElse("x");
    }

    @Override
    public boolean truth(String name, Optional<Boolean> byDefault) {
        note(name, Kind.TRUTH, List.of(), null, byDefault.map(value -> value), byDefault.isEmpty());
        boolean usual = byDefault.orElse(false);
        return Boolean.parseBoolean(answer(
                new Question(Question.Form.VALUE, name),
                List.of(String.valueOf(usual), String.valueOf(!usual)),
                byDefault.isPresent()));
    }

    @Override
    public String choice(String name, List<String> choices, Optional<String> byDefault) {
        note(name, Kind.CHOICE, choices, null, byDefault.map(value -> value), byDefault.isEmpty());
        List<String> usualFirst = new ArrayList<>(choices);
        byDefault.ifPresent(usual -> {
            usualFirst.remove(usual);
            usualFirst.add(0, usual);
        });
        return answer(new Question(Question.Form.VALUE, name), usualFirst, byDefault.isPresent());
    }

    @Override
    public int integer(String name, Optional<Integer> byDefault) {
        return (int) number(name, Kind.INTEGER, byDefault);
    }

    @Override
    public long longInteger(String name) {
        return (long) number(name, Kind.LONG_INTEGER, Optional.empty());
    }

    @Override
    public double number(String name, Optional<Double> byDefault) {
        return number(name, Kind.NUMBER, byDefault);
    }

    @Override
    public double seconds(String name) {
        return number(name, Kind.SECONDS, Optional.empty());
    }

    private double number(String name, Kind kind, Optional<? extends Number> byDefault) {
        note(name, kind, List.of(), null, byDefault.map(value -> value), byDefault.isEmpty());
        if (byDefault.isPresent()) {
            return byDefault.get().doubleValue();
        }
        int place = numbered.computeIfAbsent(name, unseen -> numbered.size() + 1);
        double standIn = numbers.applyAsDouble(place);
        return kind == Kind.INTEGER || kind == Kind.LONG_INTEGER ? Math.ceil(standIn) : standIn;
    }

    @Override
    public int[] integers(String name) {
        note(name, Kind.INTEGERS, List.of(), null, Optional.empty(), true);
        return new int[] {(int) Math.ceil(numbers.applyAsDouble(1))};
    }

    @Override
    public List<String> texts(String name, Optional<List<String>> byDefault) {
        note(name, Kind.TEXTS, List.of(), null, byDefault.map(list -> list), byDefault.isEmpty());
        return byDefault.orElse(List.of("x" + name));
    }

    @Override
    public <T extends Component> List<T> components(String name, Class<T> port) {
        note(name, Kind.COMPONENTS, List.of(), port, Optional.empty(), false);
        return List.of();
    }

    @Override
    public <T> T bound(String name, Class<T> kind) {
        note(name, Kind.BOUND, List.of(), kind, Optional.empty(), true);
        List<String> names = List.copyOf(bindings.names(kind));
        Object standIn = names.isEmpty() ? null : bindings.get(kind, names.get(turn % names.size()));
        if (standIn == null) {
            throw new ComponentException("no " + kind.getSimpleName() + " stands in for " + name);
        }
        return kind.cast(standIn);
    }

    private static String general(String name) {
        return (name + ".").replace("." + SOME_NAME + ".", "." + ANY_NAME + ".").replaceAll("\\.$", "");
    }

    private String answer(Question asked, List<String> possible, boolean byDefault) {
        Question question = new Question(asked.form(), general(asked.name()));
        forks.putIfAbsent(question, new Fork(question, List.copyOf(possible), byDefault));
        return answers.getOrDefault(question, possible.get(0));
    }

    private void note(
            String name, Kind kind, List<String> choices, @Nullable Class<?> port, Optional<Object> byDefault, boolean needed) {
        asked.add(new Asked(general(name), kind, choices, Optional.ofNullable(port), byDefault, needed));
    }
}
