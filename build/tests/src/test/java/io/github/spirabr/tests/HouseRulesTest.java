package io.github.spirabr.tests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Adapters know the core, the core knows no adapter, adapters do not know each other. */
class HouseRulesTest {

    private static final String ROOT = "io.github.spirabr.";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.github.spirabr");

    @Test
    void allModulesAreLookedAt() {
        for (String module : List.of("core", "audio", "model", "storage.fs", "report", "onnx", "examples")) {
            assertThat(CLASSES.stream().anyMatch(type -> type.getPackageName().startsWith(ROOT + module)))
                    .as(module)
                    .isTrue();
        }
    }

    @Test
    void theCoreKnowsTheJdkAndItself() {
        classes().that().resideInAPackage(ROOT + "core..")
                .should().onlyDependOnClassesThat()
                .resideInAnyPackage(ROOT + "core..", "java..", "org.slf4j..", "org.jspecify..", "org.apache.commons.math3..")
                .check(CLASSES);
    }

    @Test
    void whatIsInternalToTheCoreIsUsedByTheCoreAlone() {
        noClasses().that().resideOutsideOfPackage(ROOT + "core..")
                .should().dependOnClassesThat().resideInAPackage(ROOT + "core.internal..")
                .check(CLASSES);
    }

    @Test
    void adaptersDoNotKnowEachOther() {
        List<String> adapters = List.of("audio", "model", "storage", "report", "onnx");
        for (String adapter : adapters) {
            for (String other : adapters) {
                if (!adapter.equals(other)) {
                    noClasses().that().resideInAPackage(ROOT + adapter + "..")
                            .should().dependOnClassesThat().resideInAPackage(ROOT + other + "..")
                            .check(CLASSES);
                }
            }
        }
        noClasses().that().resideInAnyPackage(ROOT + "audio..", ROOT + "model..", ROOT + "storage..", ROOT + "report..",
                        ROOT + "onnx..")
                .should().dependOnClassesThat().resideInAPackage(ROOT + "examples..")
                .check(CLASSES);
    }

    @Test
    void theCoresDomainKnowsNoFileSystem() {
        noClasses().that().resideInAPackage(ROOT + "core..")
                .should().dependOnClassesThat().haveFullyQualifiedName("java.nio.file.Path")
                .orShould().dependOnClassesThat().haveFullyQualifiedName("java.nio.file.Files")
                .orShould().dependOnClassesThat().haveFullyQualifiedName("java.io.File")
                .check(CLASSES);
    }

    /** They log through SLF4J; which lines are written where is the application's business. */
    @Test
    void librariesConfigureNoLogging() {
        noClasses().that().resideInAPackage("io.github.spirabr..").and().resideOutsideOfPackage(ROOT + "examples..")
                .should().dependOnClassesThat()
                .resideInAnyPackage("org.slf4j.simple..", "org.slf4j.spi..", "ch.qos.logback..", "java.util.logging..")
                .orShould().dependOnClassesThat().haveFullyQualifiedName("java.lang.System$Logger")
                .check(CLASSES);
    }

    @Test
    void thePackagesOfEachModuleHaveNoCycles() {
        slices().matching(ROOT + "core.(*)..").should().beFreeOfCycles().check(CLASSES);
        slices().matching(ROOT + "audio.(*)..").should().beFreeOfCycles().check(CLASSES);
        slices().matching(ROOT + "storage.fs.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void kernelsKnowNoFramework() {
        classes().that().resideInAPackage(ROOT + "model.internal.kernel..")
                .should().onlyDependOnClassesThat()
                .resideInAnyPackage(ROOT + "model.internal.kernel..", "java..", "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void noFrameworksTypeShowsInAPublicSignature() {
        List<String> leaks = new ArrayList<>();
        for (JavaClass type : CLASSES) {
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
