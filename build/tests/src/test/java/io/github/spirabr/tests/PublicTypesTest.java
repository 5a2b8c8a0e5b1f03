package io.github.spirabr.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The public types of all published modules are those that {@code public-types.txt} lists, so that a new one is seen and
 * meant. {@code mvn test -pl build/tests -am -Dtest=PublicTypesTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dspira.public-types=write} writes the file anew.
 */
class PublicTypesTest {

    private static final Path FILE = Path.of("build/tests/src/test/resources/public-types.txt");

    @Test
    void theyAreThoseOfTheList() throws IOException {
        String types = types();
        if ("write".equals(System.getProperty("spira.public-types"))) {
            Files.writeString(FILE, types);
        }
        assertThat(FILE).content().as("public types by module and package; PublicTypesTest says how to write the list anew")
                .isEqualToNormalizingNewlines(types);
    }

    private static String types() throws IOException {
        StringBuilder list = new StringBuilder();
        for (PublishedModule module : PublishedModule.all()) {
            TreeSet<String> names = new TreeSet<>();
            for (JavaClass type : new ClassFileImporter().importPath(module.classes())) {
                if (isPublic(type) && module.exports(type.getPackageName())) {
                    names.add(type.getName().substring(module.name().length() + 1).replace('$', '.'));
                }
            }
            list.append(module.artifact()).append(module.descriptor().isPresent() ? ": module " : ": automatic module ")
                    .append(module.name()).append('\n');
            names.forEach(name -> list.append("  ").append(name).append('\n'));
        }
        return list.toString();
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(PublicTypesTest::isPublic).orElse(true);
    }
}
