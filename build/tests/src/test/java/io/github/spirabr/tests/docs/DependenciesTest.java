package io.github.spirabr.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.tests.PublishedModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** docs/dependencies.md has what the poms have, and the bill of materials has all that is published. */
class DependenciesTest {

    private static final Path ROOT = Path.of("");
    private static final Pattern ROW = Pattern.compile(
            "(?m)^\\| `([^`]+)` \\| (\\S+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|$");

    private record Library(String group, String artifact, String version, String classifier) {}

    @Test
    void everyManagedLibraryHasARowWithItsVersion() throws IOException {
        SortedSet<String> managed = new TreeSet<>();
        for (Library library : managed(pom("pom.xml"))) {
            if (!library.group().equals("io.github.spirabr")) {
                managed.add(library.group() + ':' + library.artifact() + ' ' + library.version());
            }
        }
        SortedSet<String> rows = new TreeSet<>();
        Matcher row = ROW.matcher(Files.readString(ROOT.resolve("docs/dependencies.md")));
        while (row.find()) {
            rows.add(row.group(1) + ' ' + row.group(2));
        }
        assertThat(managed).as("libraries of the root pom.xml; each has a row in docs/dependencies.md that says why")
                .isEqualTo(rows);
    }

    @Test
    void noModuleNamesAVersionOfItsOwn() throws IOException {
        List<String> own = new ArrayList<>();
        for (String module : texts(pom("pom.xml"), "modules", "module")) {
            Element pom = pom(module + "/pom.xml");
            for (Element dependencies : children(pom, "dependencies")) {
                for (Element dependency : children(dependencies, "dependency")) {
                    String version = text(dependency, "version");
                    if (!version.isEmpty() && !version.equals("${project.version}")) {
                        own.add(module + ": " + text(dependency, "artifactId") + ' ' + version);
                    }
                }
            }
        }
        assertThat(own).isEmpty();
    }

    @Test
    void theBillOfMaterialsHasAllThatIsPublished() throws IOException {
        SortedSet<String> published = new TreeSet<>();
        PublishedModule.all().forEach(module -> published.add(module.artifact()));
        SortedSet<String> listed = new TreeSet<>();
        SortedSet<String> platforms = new TreeSet<>();
        for (Library library : managed(pom("spira-bom/pom.xml"))) {
            if (library.group().equals("io.github.spirabr")) {
                listed.add(library.artifact());
            } else if (!library.classifier().isEmpty()) {
                platforms.add(library.classifier() + ' ' + library.artifact());
            }
        }
        assertThat(listed).isEqualTo(published);
        assertThat(Stream.of("linux-x86_64", "linux-arm64", "macosx-arm64", "macosx-x86_64", "windows-x86_64")
                .flatMap(platform -> Stream.of("javacpp", "ffmpeg", "openblas", "nd4j-native")
                        .map(library -> platform + ' ' + library)))
                .containsExactlyInAnyOrderElementsOf(platforms);
    }

    @Test
    void theBillOfMaterialsNamesTheVersionsOfTheBuild() throws IOException {
        Element build = children(pom("pom.xml"), "properties").get(0);
        Element bill = children(pom("spira-bom/pom.xml"), "properties").get(0);
        for (String property : List.of("javacpp.version", "ffmpeg.version", "openblas.version", "dl4j.version")) {
            assertThat(resolved(text(bill, property), bill)).as(property).isNotEmpty()
                    .isEqualTo(resolved(text(build, property), build));
        }
    }

    private static List<Library> managed(Element pom) throws IOException {
        List<Library> libraries = new ArrayList<>();
        Element properties = children(pom("pom.xml"), "properties").get(0);
        for (Element management : children(pom, "dependencyManagement")) {
            for (Element dependencies : children(management, "dependencies")) {
                for (Element dependency : children(dependencies, "dependency")) {
                    libraries.add(new Library(text(dependency, "groupId"), text(dependency, "artifactId"),
                            resolved(text(dependency, "version"), properties), text(dependency, "classifier")));
                }
            }
        }
        return libraries;
    }

    private static String resolved(String version, Element properties) {
        Matcher property = Pattern.compile("\\$\\{([^}]+)}").matcher(version);
        return property.replaceAll(found -> found.group(1).equals("project.version")
                ? Matcher.quoteReplacement("${project.version}")
                : Matcher.quoteReplacement(resolved(text(properties, found.group(1)), properties)));
    }

    private static Element pom(String path) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                    .parse(ROOT.resolve(path).toFile()).getDocumentElement();
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(path, e);
        }
    }

    private static List<String> texts(Element pom, String list, String name) {
        return children(pom, list).stream().flatMap(element -> children(element, name).stream())
                .map(element -> element.getTextContent().strip()).toList();
    }

    private static String text(Element parent, String name) {
        List<Element> found = children(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent().strip();
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
