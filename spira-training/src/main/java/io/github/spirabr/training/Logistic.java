package io.github.spirabr.training;

import io.github.spirabr.core.component.ComponentDescription;
import io.github.spirabr.core.component.ComponentProvider;
import io.github.spirabr.core.component.InvalidSettingException;
import io.github.spirabr.core.component.Setting;
import io.github.spirabr.core.component.Settings;
import io.github.spirabr.core.model.ModelFactory;
import io.github.spirabr.core.model.ModelTrainer;
import io.github.spirabr.core.model.UntrainedModel;
import io.github.spirabr.core.preprocessing.InputShape;
import io.github.spirabr.core.random.RandomStreams;
import java.util.List;
import java.util.Map;

/**
 * Logistic regression on windows of one frame, such as speech statistics, functionals or pooled embeddings. Each feature is
 * standardised by its mean and deviation in the training set. The weights w and the intercept minimise
 *
 * <pre>sum over recordings of share * mean log loss of its windows + l2 * |w|² / 2</pre>
 *
 * where the intercept is not penalised: scikit-learn's {@code LogisticRegression} with C = 1 / l2. Each recording has a share of
 * 1, however many windows it has; balanced, each recording of a class of n among N recordings has N / (2 n). Newton's method
 * finds the optimum, whatever the seed, on the windows as the first epoch augments them. Weights are stored as 32-bit floats.
 * Trained by {@link #trainer()} alone. Immutable and thread-safe.
 */
public final class Logistic implements ModelFactory {

    static final String TYPE = "logistic";
    private static final double L2 = 1;

    private final double l2;
    private final boolean balanced;

    private Logistic(double l2, boolean balanced) {
        this.l2 = l2;
        this.balanced = balanced;
    }

    /** Returns a logistic regression with an L2 penalty of 1 and recordings of equal weight. */
    public static Logistic standard() {
        return new Logistic(L2, false);
    }

    /** Returns the trainer of logistic regressions, which needs no settings. */
    public static ModelTrainer trainer() {
        return new LogisticTrainer();
    }

    /** Returns a copy with another factor of the squared weights, above 0; by default 1. */
    public Logistic l2(double factor) {
        if (!(factor > 0 && factor < Double.POSITIVE_INFINITY)) {
            throw new InvalidSettingException("l2", "must be a finite number above 0, but was " + factor);
        }
        return new Logistic(factor, balanced);
    }

    /** Returns a copy in which both classes have equal weight, however many recordings they have; by default they have not. */
    public Logistic balanced(boolean enabled) {
        return new Logistic(l2, enabled);
    }

    @Override
    public UntrainedModel create(InputShape input, RandomStreams random) {
        return new UntrainedLogistic(Mlp.untrained(TYPE, input, List.of(), 0, random), l2, balanced);
    }

    @Override
    public ComponentDescription description() {
        return new ComponentDescription(TYPE, Map.of("l2", l2, "balanced", balanced));
    }

    @Override
    public String toString() {
        return TYPE + description().settings();
    }

    /** A provider that registers the network {@code logistic} with the settings {@code l2} and {@code balanced}. */
    public static final class Provider extends ComponentProvider<ModelFactory> {

        /** Creates the provider; called by {@link java.util.ServiceLoader}. */
        public Provider() {
            super(ModelFactory.class, TYPE,
                    Setting.number("l2", "Factor of the squared weights, 1 / C of scikit-learn.").above(0).byDefault(L2),
                    Setting.truth("balanced", "True if both classes have equal weight, however many recordings they have.")
                            .byDefault(false));
        }

        @Override
        protected ModelFactory create(Settings settings) {
            return standard().l2(settings.number("l2")).balanced(settings.bool("balanced"));
        }
    }

    /** A provider that registers the trainer {@code logistic}, which has no settings. */
    public static final class TrainerProvider extends ComponentProvider<ModelTrainer> {

        /** Creates the provider; called by {@link java.util.ServiceLoader}. */
        public TrainerProvider() {
            super(ModelTrainer.class, TYPE);
        }

        @Override
        protected ModelTrainer create(Settings settings) {
            return trainer();
        }
    }
}
