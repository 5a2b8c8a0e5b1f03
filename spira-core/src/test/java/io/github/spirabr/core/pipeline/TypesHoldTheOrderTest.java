package io.github.spirabr.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.util.List;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** What must not be done does not compile. */
class TypesHoldTheOrderTest {

    private static final String IMPORTS = """
            import io.github.spirabr.core.dataset.*;
            import io.github.spirabr.core.preprocessing.*;
            import io.github.spirabr.core.recording.*;
            import io.github.spirabr.core.model.*;
            import io.github.spirabr.core.audio.*;
            import io.github.spirabr.core.random.*;
            import java.util.*;
            """;

    private static List<String> errors(String parameters, String statement) {
        String source = IMPORTS + "class Use { void use(" + parameters + ") { " + statement + " } }";
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///Use.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        compiler.getTask(new StringWriter(), null, found,
                        List.of("-proc:none", "-implicit:none", "-d", "target/test-classes", "-classpath",
                                System.getProperty("java.class.path")),
                        null, List.of(file))
                .call();
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == javax.tools.Diagnostic.Kind.ERROR)
                .map(diagnostic -> diagnostic.getMessage(java.util.Locale.ROOT))
                .toList();
    }

    @Test
    void theRightOrderCompiles() {
        assertThat(errors(
                        "Dataset all, Splitter splitter, Augmentation noise, Windowing windows, FeatureExtractor mfcc",
                        "TrainingSet training = all.split(splitter, 1).training();"
                                + " Preprocessing p = Preprocessing.builder().augment(noise).window(windows).extract(mfcc).build();"))
                .isEmpty();
    }

    @Test
    void aDataSetCannotBeAugmentedBeforeItIsSplit() {
        assertThat(errors("Dataset all, Augmentation noise", "all.augment(noise);"))
                .singleElement().asString().contains("augment");
        assertThat(errors("Dataset all", "TrainingSet training = new TrainingSet(all.recordings());"))
                .singleElement().asString().contains("TrainingSet").contains("not public");
    }

    @Test
    void evaluationSidesCannotBeTrainedOn() {
        assertThat(errors("DatasetSplit split", "TrainingSet training = split.test();"))
                .singleElement().asString().contains("TestSet cannot be converted to").contains("TrainingSet");
        assertThat(errors("DatasetSplit split", "TrainingSet training = split.validation();"))
                .singleElement().asString().contains("ValidationSet cannot be converted to").contains("TrainingSet");
        assertThat(errors("ModelTrainer t, UntrainedModel m, EvaluationData test, EvaluationData v, TrainingContext c",
                        "t.train(m, test, v, c);"))
                .singleElement().asString().contains("EvaluationData cannot be converted to").contains("TrainingData");
    }

    @Test
    void featuresComeAfterWindowsAndWindowsAfterAugmentation() {
        assertThat(errors("FeatureExtractor mfcc", "Preprocessing.builder().extract(mfcc);"))
                .singleElement().asString().contains("extract");
        assertThat(errors("Windowing w, Augmentation noise", "Preprocessing.builder().window(w).augment(noise);"))
                .singleElement().asString().contains("augment");
        assertThat(errors("Windowing w", "Preprocessing.builder().window(w).build();"))
                .singleElement().asString().contains("build");
        assertThat(errors("WaveformTransform t, Augmentation noise", "Preprocessing.builder().augment(noise).transform(t);"))
                .singleElement().asString().contains("transform");
        assertThat(errors("WaveformTransform t, Augmentation noise", "Preprocessing.builder().transform(t).augment(noise);"))
                .isEmpty();
    }

    @Test
    void anUntrainedModelCannotPredict() {
        assertThat(errors("UntrainedModel model, List<FeatureMatrix> windows", "model.predict(windows);"))
                .singleElement().asString().contains("predict");
        assertThat(errors("TrainedModel model, List<FeatureMatrix> windows", "model.predict(windows);")).isEmpty();
    }

    @Test
    void aSweepHoldsNoAnswerToTheTestSetButTheWinners() {
        for (String part : new String[] {"sweep.Trial", "sweep.SweptPoint", "pipeline.TrainingSummary"}) {
            assertThat(errors("io.github.spirabr.core." + part + " part", "part.test();")).as(part)
                    .singleElement().asString().contains("test");
        }
        assertThat(errors("io.github.spirabr.core.sweep.SweepFindings findings", "findings.points().get(0).test();"))
                .singleElement().asString().contains("test");
        assertThat(errors("io.github.spirabr.core.sweep.SweepFindings findings", "findings.winner().test();")).isEmpty();
    }
}
