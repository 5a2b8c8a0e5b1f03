package io.github.spirabr.tests;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.spirabr.core.component.ComponentProvider;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Modules with a descriptor work on the module path as they do on the class path. */
class ModulePathTest {

    static List<PublishedModule> described() throws IOException {
        List<PublishedModule> described = new ArrayList<>();
        for (PublishedModule module : PublishedModule.all()) {
            if (module.descriptor().isPresent()) {
                described.add(module);
            }
        }
        return described;
    }

    /** They are listed twice, and must be listed alike. */
    @ParameterizedTest
    @MethodSource("described")
    void theModulePathHasTheProvidersOfTheClassPath(PublishedModule module) throws IOException {
        Map<String, Set<String>> listed = new HashMap<>();
        Path services = module.classes().resolve("META-INF/services");
        if (Files.isDirectory(services)) {
            try (Stream<Path> files = Files.list(services)) {
                for (Path file : files.toList()) {
                    listed.put(file.getFileName().toString(), Files.readAllLines(file).stream()
                            .filter(line -> !line.isBlank() && !line.startsWith("#")).collect(Collectors.toSet()));
                }
            }
        }
        Map<String, Set<String>> provided = new HashMap<>();
        module.descriptor().orElseThrow().provides()
                .forEach(service -> provided.put(service.service(), Set.copyOf(service.providers())));
        assertThat(provided).isEqualTo(listed);
    }

    @Test
    void allResolveTogetherAndFindTheirProviders() throws Exception {
        List<PublishedModule> described = described();
        ModuleFinder finder = ModuleFinder.of(Stream.concat(
                described.stream().map(PublishedModule::classes),
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of)
                        .filter(entry -> entry.toString().endsWith(".jar"))
                        .filter(entry -> !entry.getFileName().toString().startsWith("spira-"))
                        .filter(ModulePathTest::isModule))
                .toArray(Path[]::new));
        Configuration resolved = ModuleLayer.boot().configuration().resolve(
                finder, ModuleFinder.of(), described.stream().map(PublishedModule::name).toList());
        ModuleLayer layer = ModuleLayer.defineModulesWithOneLoader(
                resolved, List.of(ModuleLayer.boot()), ClassLoader.getPlatformClassLoader()).layer();
        ClassLoader loader = layer.findLoader("io.github.spirabr.core");

        Class<?> service = loader.loadClass(ComponentProvider.class.getName());
        List<Object> found = new ArrayList<>();
        ServiceLoader.load(layer, service).forEach(found::add);

        long provided = described.stream().flatMap(module -> descriptor(module).provides().stream())
                .filter(one -> one.service().equals(service.getName())).mapToLong(one -> one.providers().size()).sum();
        assertThat(found).hasSize((int) provided).isNotEmpty()
                .allMatch(one -> one.getClass().getModule().isNamed());
        assertThat(ServiceLoader.load(ComponentProvider.class)).as("those of the class path are others")
                .noneMatch(one -> one.getClass().getModule().isNamed());
    }

    /** Some jars of tests and of ND4J are for the class path alone: they list packages or providers that they do not have. */
    private static boolean isModule(Path jar) {
        try {
            return !ModuleFinder.of(jar).findAll().isEmpty();
        } catch (FindException e) {
            return false;
        }
    }

    private static ModuleDescriptor descriptor(PublishedModule module) {
        try {
            return module.descriptor().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
