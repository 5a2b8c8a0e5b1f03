package io.github.spirabr.tests;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A module whose jar is published, as its pom has it.
 *
 * @param folder relative to the root of the project
 * @param artifact its artifact's name
 * @param name the name of the Java module, which is its root package, too
 */
public record PublishedModule(String folder, String artifact, String name) {

    /** Returns all of them, in the order of the build. */
    public static List<PublishedModule> all() throws IOException {
        List<PublishedModule> modules = new ArrayList<>();
        for (String folder : texts(pom("."), "/project/modules/module")) {
            Document pom = pom(folder);
            boolean skipped = text(pom, "/project/properties/maven.deploy.skip").equals("true");
            if (!skipped && !text(pom, "/project/packaging").equals("pom")) {
                modules.add(new PublishedModule(folder, text(pom, "/project/artifactId"),
                        text(pom, "/project/properties/module.name")));
            }
        }
        return modules;
    }

    /** Returns the folder of its compiled classes. */
    public Path classes() {
        return Path.of(folder, "target", "classes");
    }

    /** Returns its descriptor; empty if it is an automatic module. */
    public Optional<ModuleDescriptor> descriptor() throws IOException {
        Path file = classes().resolve("module-info.class");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(ModuleDescriptor.read(in));
        }
    }

    /** Tells whether a package of it is for users: exported, or of an automatic module and not internal. */
    public boolean exports(String packageName) throws IOException {
        Optional<Set<String>> exported = descriptor().map(module -> module.exports().stream()
                .filter(one -> !one.isQualified()).map(ModuleDescriptor.Exports::source).collect(Collectors.toSet()));
        return exported.map(names -> names.contains(packageName)).orElse(!packageName.contains(".internal"));
    }

    private static Document pom(String folder) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Path.of(folder, "pom.xml").toFile());
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(folder, e);
        }
    }

    private static String text(Document pom, String path) {
        List<String> found = texts(pom, path);
        return found.isEmpty() ? "" : found.get(0);
    }

    private static List<String> texts(Document pom, String path) {
        try {
            NodeList found = (NodeList) XPathFactory.newInstance().newXPath()
                    .evaluate(path, pom, XPathConstants.NODESET);
            List<String> texts = new ArrayList<>();
            for (int i = 0; i < found.getLength(); i++) {
                texts.add(found.item(i).getTextContent().strip());
            }
            return texts;
        } catch (XPathExpressionException e) {
            throw new IllegalArgumentException(path, e);
        }
    }
}
