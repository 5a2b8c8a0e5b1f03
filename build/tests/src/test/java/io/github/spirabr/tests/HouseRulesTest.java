package io.github.spirabr.tests;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Adapters know the core, the core knows no adapter, adapters do not know each other. */
class HouseRulesTest {

    private static final String ROOT = "io.github.spirabr.";

    /** Modules beside the core that a module may use; of one that is not here, none. */
    private static final Map<String, Set<String>> ALSO_KNOWN = Map.of(
            "spira-model", Set.of("spira-training"),
            "spira-pytorch", Set.of("spira-training"),
            "spira-cli", Set.of("spira-audio", "spira-training", "spira-model", "spira-storage-fs", "spira-storage-s3",
                    "spira-config", "spira-report"));

    private static JavaClasses all;

    @BeforeAll
    static void readClassFiles() throws IOException {
        all = new ClassFileImporter().importPaths(modules().stream().map(PublishedModule::classes).toList());
    }

    static List<PublishedModule> modules() throws IOException {
        return PublishedModule.all();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyModuleIsCompiledAndKeepsToItsRootPackage(PublishedModule module) {
        JavaClasses own = new ClassFileImporter().importPath(module.classes());
        assertThat(own).isNotEmpty().allMatch(type -> resideInAPackage(module.name() + "..").test(type));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void aModuleKnowsTheCoreAndNoOther(PublishedModule module) throws IOException {
        Set<String> known = ALSO_KNOWN.getOrDefault(module.artifact(), Set.of());
        String[] others = modules().stream()
                .filter(other -> !other.equals(module) && !known.contains(other.artifact()))
                .filter(other -> !other.artifact().equals("spira-core"))
                .map(other -> other.name() + "..")
                .toArray(String[]::new);
        noClasses().that().resideInAPackage(module.name() + "..")
                .should().dependOnClassesThat().resideInAnyPackage(others)
                .check(all);
    }

    @Test
    void theCoreKnowsTheJdkAndItself() {
        classes().that().resideInAPackage(ROOT + "core..")
                .should().onlyDependOnClassesThat()
                .resideInAnyPackage(ROOT + "core..", "java..", "org.slf4j..", "org.jspecify..", "org.apache.commons.math3..")
                .check(all);
    }

    /**
     * On the module path the descriptors hold it; on the class path nothing would. Two packages of the core are for this
     * library's own adapters.
     */
    @ParameterizedTest
    @MethodSource("modules")
    void whatAModuleDoesNotExportIsUsedByItAlone(PublishedModule module) {
        noClasses().that().resideOutsideOfPackage(module.name() + "..")
                .should().dependOnClassesThat(resideInAnyPackage(module.name() + "..internal..", ROOT + "core.artifact..")
                        .and(resideInAPackage(module.name() + ".."))
                        .and(not(resideInAnyPackage(ROOT + "core.internal.adapter", ROOT + "core.internal.store"))))
                .check(all);
    }

    @Test
    void theCoresDomainKnowsNoFileSystem() {
        noClasses().that().resideInAPackage(ROOT + "core..")
                .should().dependOnClassesThat().haveFullyQualifiedName("java.nio.file.Path")
                .orShould().dependOnClassesThat().haveFullyQualifiedName("java.nio.file.Files")
                .orShould().dependOnClassesThat().haveFullyQualifiedName("java.io.File")
                .check(all);
    }

    /** They log through SLF4J; which lines are written where is the application's business. */
    @Test
    void librariesConfigureNoLogging() {
        noClasses().that().resideOutsideOfPackage(ROOT + "cli..")
                .should().dependOnClassesThat()
                .resideInAnyPackage("org.slf4j.simple..", "org.slf4j.spi..", "ch.qos.logback..", "java.util.logging..")
                .orShould().dependOnClassesThat().haveFullyQualifiedName("java.lang.System$Logger")
                .check(all);
    }

    @Test
    void standardOutputIsTheCommandLines() {
        noClasses().that().resideOutsideOfPackage(ROOT + "cli..").should(ACCESS_STANDARD_STREAMS).check(all);
    }

    /** Who catches one would catch everything. */
    @Test
    void exceptionsAreOfATypeOfTheirOwn() {
        noClasses().should(THROW_GENERIC_EXCEPTIONS).check(all);
    }

    @Test
    void everyPackageIsNullMarked() {
        classes().should(new ArchCondition<JavaClass>("be in a package that is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith("org.jspecify.annotations.NullMarked")) {
                    events.add(SimpleConditionEvent.violated(type, type.getPackageName() + " is not @NullMarked"));
                }
            }
        }).check(all);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void packagesHaveNoCycles(PublishedModule module) {
        slices().assignedFrom(new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return resideInAPackage(module.name() + "..").test(type)
                        ? SliceIdentifier.of(type.getPackageName())
                        : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "packages of " + module.name();
            }
        }).should().beFreeOfCycles().check(all);
    }

    @Test
    void kernelsKnowNoFramework() {
        classes().that().resideInAPackage(ROOT + "training.internal.kernel..")
                .should().onlyDependOnClassesThat()
                .resideInAnyPackage(ROOT + "training.internal.kernel..", "java..", "com.sun.management", "jdk.incubator.vector",
                        "org.jspecify..")
                .check(all);
    }

    /** A service that predicts with SpiraConv needs no native library for it. */
    @Test
    void trainingKnowsTheCoreAndTheJdk() {
        classes().that().resideInAPackage(ROOT + "training..")
                .should().onlyDependOnClassesThat()
                .resideInAnyPackage(ROOT + "training..", ROOT + "core..", "java..", "com.sun.management", "jdk.incubator.vector",
                        "org.jspecify..")
                .check(all);
    }

    @Test
    void noFrameworksTypeShowsInAPublicSignature() {
        List<String> leaks = new ArrayList<>();
        for (JavaClass type : all) {
            if (!isPublic(type) || type.getPackageName().contains(".internal")) {
                continue;
            }
            for (JavaCodeUnit unit : type.getCodeUnits()) {
                boolean visible = unit.getModifiers().contains(JavaModifier.PUBLIC)
                        || unit.getModifiers().contains(JavaModifier.PROTECTED);
                boolean leaking = isForeign(unit.getRawReturnType())
                        || unit.getRawParameterTypes().stream().anyMatch(HouseRulesTest::isForeign);
                if (visible && leaking) {
                    leaks.add(unit.getFullName());
                }
            }
        }
        assertThat(leaks).isEmpty();
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(HouseRulesTest::isPublic).orElse(true);
    }

    private static boolean isForeign(JavaClass type) {
        String name = type.getBaseComponentType().getFullName();
        return name.startsWith("org.nd4j.")
                || name.startsWith("org.deeplearning4j.")
                || name.startsWith("org.bytedeco.")
                || name.startsWith("com.fasterxml.")
                || name.startsWith("ai.onnx.")
                || name.startsWith("com.google.protobuf.")
                || name.startsWith("org.apache.batik.")
                || name.startsWith("org.apache.commons.csv.");
    }
}
