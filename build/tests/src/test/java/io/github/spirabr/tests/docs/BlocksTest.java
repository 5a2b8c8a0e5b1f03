package io.github.spirabr.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.spirabr.config.ExperimentFile;
import io.github.spirabr.config.RetrainingPlanFile;
import io.github.spirabr.config.SweepFile;
import io.github.spirabr.tests.docs.Page.Block;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The code that pages show: Java compiles, YAML is an experiment or a part of one, XML and JSON can be read. Names that a
 * page's text gives to a block of Java stand in a comment before it: {@code <!-- given: ModelRepository models -->}.
 */
class BlocksTest {

    private static final Path WHOLE = Path.of("build/tests/src/test/resources/experiments/valid.yaml");
    private static final List<String> JDK = List.of("java.io.*", "java.net.URI", "java.nio.file.*", "java.time.*", "java.util.*",
            "java.util.function.*", "java.util.regex.*", "java.util.stream.*");

    private static final Pattern EXAMPLE = Pattern.compile("<pre>\\{@code\\R(.*?) *\\* \\}</pre>", Pattern.DOTALL);
    private static final Pattern GIVEN = Pattern.compile("(?m)^// given: (.*)$");

    @TempDir
    private Path folder;

    @Test
    void javaCompiles() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Path> files = new ArrayList<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            Map<String, String> types = types(manager);
            for (Page page : Page.all()) {
                for (Block block : page.blocks()) {
                    // Blocks that are files belong to projects that are built: GuideTest holds them to these.
                    if (block.language().equals("java") && !block.code().startsWith("package ")) {
                        files.add(source(page, block, types));
                    }
                }
            }
            files.addAll(examples(types));
            assertThat(files).hasSizeGreaterThan(5);
            StringWriter faults = new StringWriter();
            boolean compiled = compiler.getTask(faults, manager, null,
                    List.of("-d", folder.toString(), "-proc:none", "-cp", System.getProperty("java.class.path")), null,
                    manager.getJavaFileObjectsFromPaths(files)).call();
            assertThat(compiled).as("names that the text of a page gives stand before the block, as in"
                    + " <!-- given: ModelRepository models -->%n%s", faults).isTrue();
        }
    }

    /** The examples of the core's Javadoc; names that they are given stand in lines that begin with {@code // given:}. */
    private List<Path> examples(Map<String, String> types) throws IOException {
        List<Path> examples = new ArrayList<>();
        List<Path> sources;
        try (Stream<Path> all = Files.walk(Path.of("spira-core/src/main/java"))) {
            sources = all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        }
        for (Path source : sources) {
            Matcher block = EXAMPLE.matcher(Files.readString(source));
            while (block.find()) {
                String code = block.group(1).replaceAll("(?m)^ *\\* ?", "");
                // Members of classes and expressions are shown too.
                if (code.strip().endsWith(";") || code.strip().endsWith("}") && !code.strip().startsWith("public ")) {
                    String given = GIVEN.matcher(code).results().map(one -> one.group(1)).collect(Collectors.joining(", "));
                    String name = source.getFileName().toString().replace(".java", "") + "Example" + block.start();
                    examples.add(write(name, given, code, types));
                }
            }
        }
        assertThat(examples).hasSizeGreaterThan(5);
        return examples;
    }

    private Path write(String name, String given, String code, Map<String, String> types) throws IOException {
        StringBuilder source = imports(given + ' ' + code, types);
        return Files.writeString(folder.resolve(name + ".java"), source + "\nclass " + name + " {\n    void run(" + given
                + ") throws Exception {\n" + code + "    }\n}\n");
    }

    private static StringBuilder imports(String code, Map<String, String> types) {
        StringBuilder source = new StringBuilder();
        JDK.forEach(imported -> source.append("import ").append(imported).append(";\n"));
        types.forEach((simple, whole) -> {
            if (Pattern.compile("(?<![.\\w])" + simple + "\\b").matcher(code).find()) {
                source.append("import ").append(whole).append(";\n");
            }
        });
        return source;
    }

    private Path source(Page page, Block block, Map<String, String> types) throws IOException {
        String name = page.toString().replaceAll("\\W", "_") + "_line_" + block.line();
        StringBuilder source = imports(block.given() + ' ' + block.code(), types);
        String[] parts = block.code().split("(?m)(?<=^import [^;]{1,200};)\\n(?!import)", 2);
        boolean imports = block.code().startsWith("import ");
        source.append(imports ? parts[0] : "");
        source.append("\nclass ").append(name).append(" {\n    void run(").append(block.given()).append(") throws Exception {\n")
                .append(imports ? parts[1] : block.code()).append("    }\n}\n");
        return Files.writeString(folder.resolve(name + ".java"), source);
    }

    /** The types of this project and of Deeplearning4j's configuration by their simple names. */
    private static Map<String, String> types(JavaFileManager manager) throws IOException {
        Map<String, String> types = new TreeMap<>();
        for (String root : List.of("io.github.spirabr.core", "io.github.spirabr.audio", "io.github.spirabr.training",
                "io.github.spirabr.model", "io.github.spirabr.storage", "io.github.spirabr.report", "io.github.spirabr.config",
                "io.github.spirabr.encoder", "io.github.spirabr.pytorch")) {
            for (JavaFileObject file : manager.list(
                    StandardLocation.CLASS_PATH, root, Set.of(JavaFileObject.Kind.CLASS), true)) {
                String name = manager.inferBinaryName(StandardLocation.CLASS_PATH, file);
                if (!name.contains(".internal.") && !name.contains("$") && !name.endsWith("Test")) {
                    types.putIfAbsent(name.substring(name.lastIndexOf('.') + 1), name);
                }
            }
        }
        return types;
    }

    @Test
    void yamlIsAnExperimentOrAPartOfOne() throws IOException {
        int read = 0;
        for (Page page : Page.all()) {
            for (Block block : page.blocks()) {
                // Faulty ones, and those with a step of the student's, have tests of their own.
                if (!block.language().equals("yaml") || page.toString().endsWith("configuration-errors.md")
                        || block.code().contains("pre-emphasis")) {
                    continue;
                }
                read++;
                String where = page + ", line " + block.line();
                if (block.given().equals("a plan of retraining")) {
                    Path plan = Files.writeString(folder.resolve("plan.yaml"), block.code());
                    assertThatNoException().as(where).isThrownBy(() -> RetrainingPlanFile.at(plan).read());
                    continue;
                }
                if (block.given().equals("a sweep")) {
                    Path sweep = Files.writeString(folder.resolve("sweep.yaml"), block.code());
                    assertThatNoException().as(where).isThrownBy(() -> SweepFile.at(sweep).read());
                    continue;
                }
                if (block.code().matches("(?s).*^(apiVersion|services|jobs):.*") || block.given().equals("no experiment")) {
                    assertThatNoException().as(where).isThrownBy(() -> new YAMLMapper().readTree(block.code()));
                    continue;
                }
                Files.copy(WHOLE, folder.resolve("whole.yaml"), StandardCopyOption.REPLACE_EXISTING);
                boolean whole = block.code().lines().anyMatch(line -> line.startsWith("recordings:") || line.startsWith("extends:"));
                Path file = Files.writeString(
                        folder.resolve("block.yaml"), (whole ? "" : "extends: whole.yaml\n") + block.code());
                Files.copy(WHOLE, folder.resolve("base.yaml"), StandardCopyOption.REPLACE_EXISTING);
                assertThatNoException().as(where).isThrownBy(() -> ExperimentFile.at(file)
                        .environment(Map.of("DEMO", "examples/demo", "DATA", "data")).withoutFiles().read());
            }
        }
        assertThat(read).isGreaterThan(3);
    }

    @Test
    void xmlAndJsonCanBeRead() throws IOException {
        for (Page page : Page.all()) {
            for (Block block : page.blocks()) {
                String where = page + ", line " + block.line();
                if (block.language().equals("xml")) {
                    String whole = "<all>" + block.code().replaceFirst("^<\\?xml[^>]*\\?>", "") + "</all>";
                    assertThatNoException().as(where).isThrownBy(() -> DocumentBuilderFactory.newInstance().newDocumentBuilder()
                            .parse(new ByteArrayInputStream(whole.getBytes(StandardCharsets.UTF_8))));
                } else if (block.language().equals("json")) {
                    assertThatNoException().as(where).isThrownBy(() -> new ObjectMapper().readTree(block.code()));
                }
            }
        }
    }
}
