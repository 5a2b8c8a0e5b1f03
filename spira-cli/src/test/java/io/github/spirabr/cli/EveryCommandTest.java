package io.github.spirabr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What holds for every command that does something: it has examples that it takes itself, and speaks to machines. */
class EveryCommandTest {

    /** What these print is for machines already, or for people alone. */
    private static final Set<String> WITHOUT_JSON = Set.of("schema", "generate-completion", "help", "report", "serve");

    static List<CommandSpec> commands() {
        List<CommandSpec> all = new ArrayList<>();
        collect(Spira.commandLine().getCommandSpec(), all);
        return all;
    }

    private static void collect(CommandSpec command, List<CommandSpec> all) {
        if (command.subcommands().isEmpty()) {
            all.add(command);
        }
        command.subcommands().values().forEach(sub -> collect(sub.getCommandSpec(), all));
    }

    static List<CommandSpec> ours() {
        return commands().stream().filter(command -> !Set.of("generate-completion", "help").contains(command.name())).toList();
    }

    @ParameterizedTest
    @MethodSource("ours")
    void itHasHelpWithExamples(CommandSpec command) {
        assertThat(command.usageMessage().description()).as(command.qualifiedName()).isNotEmpty();
        assertThat(command.usageMessage().footer()).as(command.qualifiedName()).isNotEmpty();
        assertThat(command.usageMessage().footer()[0]).contains(command.qualifiedName());
        assertThat(command.optionsMap()).containsKeys("--help");
    }

    /** The examples are typed as they stand. */
    @ParameterizedTest
    @MethodSource("ours")
    void itTakesItsOwnExamples(CommandSpec command) {
        for (String line : command.usageMessage().footer()) {
            if (line.startsWith("  spira ")) {
                SpiraLine.parse(line.strip());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void itSpeaksToMachines(CommandSpec command) {
        if (!WITHOUT_JSON.contains(command.name())) {
            assertThat(command.optionsMap()).as(command.qualifiedName()).containsKey("--json");
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void itSaysWhatEachOptionDoes(CommandSpec command) {
        assertThat(command.options()).allSatisfy(option ->
                assertThat(option.description()).as(command.qualifiedName() + " " + option.longestName()).isNotEmpty());
        assertThat(command.positionalParameters()).allSatisfy(parameter ->
                assertThat(parameter.description()).as(command.qualifiedName()).isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("ours")
    void itsHelpFitsAScreen(CommandSpec command) {
        String help = new CommandLine(command).getUsageMessage(CommandLine.Help.Ansi.OFF);
        assertThat(help).startsWith("Usage: ").contains("Examples:");
        assertThat(help.lines().mapToInt(String::length).max().orElseThrow()).isLessThanOrEqualTo(100);
    }
}
