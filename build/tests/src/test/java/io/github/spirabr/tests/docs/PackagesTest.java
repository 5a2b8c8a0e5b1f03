package io.github.spirabr.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject.Kind;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packages of the public API are those that docs/architecture.md names, module by module, and no others. */
class PackagesTest {

    private static final String ROOT = "io.github.spirabr.";

    @ParameterizedTest
    @ValueSource(strings = {"core", "audio", "model", "storage-fs", "storage-s3", "report", "onnx"})
    void theseAreExported(String module) throws IOException {
        String page = Files.readString(Page.ROOT.resolve("docs/architecture.md"));
        Matcher row = Pattern.compile("(?m)^\\| `spira-" + module + "` \\|[^|]*\\| ([^|]*) \\|$").matcher(page);
        assertThat(row.find()).as("a row of `spira-" + module + "` in docs/architecture.md").isTrue();
        TreeSet<String> named = new TreeSet<>(List.of(row.group(1).replace("`", "").split(", ")));
        named.removeIf(name -> name.contains("internal"));
        assertThat(exported(module.replace('-', '.')))
                .as("packages of spira-%s with public types; docs/architecture.md names them under Modules", module)
                .isEqualTo(named);
    }

    private static TreeSet<String> exported(String module) throws IOException {
        TreeSet<String> packages = new TreeSet<>();
        try (JavaFileManager manager =
                ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            for (var file : manager.list(StandardLocation.CLASS_PATH, ROOT + module, EnumSet.of(Kind.CLASS), true)) {
                Class<?> type = Class.forName(
                        manager.inferBinaryName(StandardLocation.CLASS_PATH, file), false, PackagesTest.class.getClassLoader());
                if (Modifier.isPublic(type.getModifiers()) && !type.getPackageName().contains(".internal")) {
                    String name = type.getPackageName().substring(ROOT.length());
                    packages.add(module.equals("core") && name.startsWith("core.") ? name.substring(5) : name);
                }
            }
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
        return packages;
    }
}
