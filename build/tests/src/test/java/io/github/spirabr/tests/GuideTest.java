package io.github.spirabr.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.config.ExperimentFile;
import io.github.spirabr.config.ExperimentParts;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.Components;
import io.github.spirabr.core.preprocessing.Preprocessing;
import io.github.spirabr.core.preprocessing.WaveformTransform;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide shows the student's files as they are, and all of them; its experiment runs with the student's step. */
class GuideTest {

    private static final Path GUIDE = Path.of("docs/guides/add-a-strategy.md");
    private static final Path PROJECT = Path.of("examples/student-strategy");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^`([^`\n]+)`:\n\n```[a-z]+\n(.*?)^```$");

    @TempDir
    private Path classes;

    private static Map<String, String> blocks() throws IOException {
        Map<String, String> blocks = new TreeMap<>();
        Matcher matcher = BLOCK.matcher(Files.readString(GUIDE));
        while (matcher.find()) {
            blocks.put(matcher.group(1), matcher.group(2));
        }
        return blocks;
    }

    private static Stream<Path> sources() throws IOException {
        return Files.walk(PROJECT)
                .filter(file -> Files.isRegularFile(file) && !PROJECT.relativize(file).startsWith("target"));
    }

    @Test
    void everyFileIsShown() throws IOException {
        try (Stream<Path> sources = sources()) {
            assertThat(blocks().keySet()).containsExactlyInAnyOrderElementsOf(sources
                    .map(file -> PROJECT.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> !name.matches("README\\.md|\\.gitignore|models/.*"))
                    .toList());
        }
    }

    @Test
    void blocksAreTheFiles() throws IOException {
        for (Map.Entry<String, String> block : blocks().entrySet()) {
            assertThat(block.getValue())
                    .as(block.getKey())
                    .isEqualToNormalizingNewlines(Files.readString(PROJECT.resolve(block.getKey())));
        }
    }

    @Test
    void theExperimentHasTheStudentsStep() throws IOException {
        compile();
        URL[] compiled = {classes.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(compiled, getClass().getClassLoader())) {
            Class<?> provider = loader.loadClass(Files.readString(PROJECT.resolve(
                    "src/main/resources/META-INF/services/" + ComponentProvider.class.getName())).strip());
            List<ComponentProvider<?>> providers = new ArrayList<>();
            ServiceLoader.load(ComponentProvider.class).forEach(providers::add);
            providers.add((ComponentProvider<?>) provider.getConstructor().newInstance());
            Components components = Components.of(providers);
            ExperimentParts parts = ExperimentParts.of(
                    ExperimentFile.at(PROJECT.resolve("experiment.yaml")).read(components), components);
            assertThat(((Preprocessing) parts.preprocessing()).transforms())
                    .extracting(WaveformTransform::description)
                    .singleElement()
                    .hasToString("ComponentDescription[type=my-pre-emphasis, settings={coefficient=0.95}]");
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private void compile() throws IOException {
        try (Stream<Path> sources = sources()) {
            List<String> arguments = new ArrayList<>(
                    List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path")));
            sources.map(Path::toString)
                    .filter(name -> name.contains("main") && name.endsWith(".java"))
                    .forEach(arguments::add);
            int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
            assertThat(result).as("result of the compiler").isZero();
        }
    }
}
