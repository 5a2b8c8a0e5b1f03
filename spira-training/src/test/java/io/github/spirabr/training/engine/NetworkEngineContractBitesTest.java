package io.github.spirabr.training.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.spirabr.core.preprocessing.InputShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Each fault that the contract is there for is found by it. */
class NetworkEngineContractBitesTest {

    private static final InputShape INPUT = new InputShape(256, 128);
    private static final double SCALE = 0.02;

    /** Logistic regression, with the mean of all inputs that it was trained on as statistics. */
    private static class Regression implements Network {

        final float[] weights = new float[INPUT.frames() * INPUT.features() + 1];
        final float[] mean = new float[1];
        private boolean closed;

        Regression(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < weights.length; i++) {
                weights[i] = (float) random.nextDouble(-1, 1);
            }
        }

        void requireOpen() {
            if (closed) {
                throw new IllegalStateException("the network is closed");
            }
        }

        @Override
        public int parameterCount() {
            return weights.length;
        }

        @Override
        public float[] weights() {
            return weights.clone();
        }

        @Override
        public void weights(float[] values) {
            requireOpen();
            copy(values, weights);
        }

        private static void copy(float[] values, float[] target) {
            if (values.length != target.length) {
                throw new IllegalArgumentException("must have " + target.length + " values, but has " + values.length);
            }
            System.arraycopy(values, 0, target, 0, target.length);
        }

        @Override
        public List<Segment> layout() {
            return List.of(new Segment("output.weight", 0, List.of(1, weights.length - 1)),
                    new Segment("output.bias", weights.length - 1, List.of(1)));
        }

        @Override
        public float[] statistics() {
            return mean.clone();
        }

        @Override
        public void statistics(float[] values) {
            copy(values, mean);
        }

        @Override
        public void threads(int count) {}

        @Override
        public void require(InputShape window) {
            if (!window.equals(INPUT)) {
                throw new IllegalArgumentException("a window has " + window + ", but the network takes " + INPUT);
            }
        }

        double logit(float[] window) {
            double logit = weights[weights.length - 1];
            for (int i = 0; i < window.length; i++) {
                logit += SCALE * weights[i] * window[i];
            }
            return logit;
        }

        @Override
        public double gradient(TrainingWindows windows, WindowStreams streams, float[] gradient) {
            requireOpen();
            Arrays.fill(gradient, 0);
            double loss = 0;
            for (int w = 0; w < windows.count(); w++) {
                float[] window = windows.windows()[w];
                double z = logit(window);
                loss += windows.shares()[w] * windows.loss().value(z, windows.targets()[w]);
                double slope = windows.shares()[w] * windows.loss().slope(z, windows.targets()[w]);
                for (int i = 0; i < window.length; i++) {
                    gradient[i] += (float) (SCALE * slope * window[i]);
                }
                gradient[window.length] += (float) slope;
                mean[0] += 0.1f * (window[0] - mean[0]);
            }
            return loss;
        }

        @Override
        public double[] predict(float[][] windows) {
            requireOpen();
            return Arrays.stream(windows).mapToDouble(window -> 1 / (1 + Math.exp(-logit(window)))).toArray();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private abstract static class Contract extends NetworkEngineContract {

        @Override
        protected InputShape input() {
            return INPUT;
        }
    }

    /** Returns the names of the checks that fail. */
    private static List<String> failures(Class<? extends NetworkEngineContract> contract) {
        Events tests = EngineTestKit.engine("jqwik")
                .selectors(selectClass(contract))
                // Failures are expected here, and need not be printed.
                .configurationParameter("jqwik.reporting.usejunitplatform", "true")
                .execute()
                .testEvents();
        assertThat(tests.started().count()).isEqualTo(10);
        return tests.failed().stream().map(event -> event.getTestDescriptor().getDisplayName()).toList();
    }

    static class Faultless extends Contract {
        @Override
        protected Network build(long seed) {
            return new Regression(seed);
        }
    }

    @Test
    void aFaultlessNetworkPasses() {
        assertThat(failures(Faultless.class)).isEmpty();
    }

    static class ForgetsTheBias extends Contract {
        @Override
        protected Network build(long seed) {
            return new Regression(seed) {
                @Override
                public double gradient(TrainingWindows windows, WindowStreams streams, float[] gradient) {
                    double loss = super.gradient(windows, streams, gradient);
                    gradient[gradient.length - 1] = 0;
                    return loss;
                }
            };
        }
    }

    static class AddsToTheGradient extends Contract {
        @Override
        protected Network build(long seed) {
            return new Regression(seed) {
                @Override
                public double gradient(TrainingWindows windows, WindowStreams streams, float[] gradient) {
                    float[] before = gradient.clone();
                    double loss = super.gradient(windows, streams, gradient);
                    for (int i = 0; i < before.length; i++) {
                        gradient[i] += before[i];
                    }
                    return loss;
                }
            };
        }
    }

    @Test
    void gradientsOfAnotherFunctionAreFound() {
        assertThat(failures(ForgetsTheBias.class)).containsExactly("gradientsAreDifferencesOfTheLoss");
        assertThat(failures(AddsToTheGradient.class)).contains("gradientsAreDifferencesOfTheLoss");
    }

    static class CentresTheBatch extends Contract {
        @Override
        protected Network build(long seed) {
            return new Regression(seed) {
                @Override
                public double[] predict(float[][] windows) {
                    double[] answers = super.predict(windows);
                    double mean = Arrays.stream(answers).average().orElseThrow();
                    return Arrays.stream(answers).map(one -> 0.5 + (one - mean) / 2).toArray();
                }
            };
        }
    }

    @Test
    void answersThatDependOnTheBatchAreFound() {
        assertThat(failures(CentresTheBatch.class)).containsExactly("aPredictionDoesNotDependOnTheOtherWindows");
    }

    static class DependsOnThreads extends Contract {
        @Override
        protected Network build(long seed) {
            return new Regression(seed) {
                private int threads = 1;

                @Override
                public void threads(int count) {
                    threads = count;
                }

                @Override
                public double gradient(TrainingWindows windows, WindowStreams streams, float[] gradient) {
                    double loss = super.gradient(windows, streams, gradient);
                    gradient[0] += threads == 8 ? 1e-7f : 0;
                    return loss;
                }
            };
        }
    }

    static class DrawsAnew extends Contract {
        private int builds;

        @Override
        protected Network build(long seed) {
            return new Regression(seed + builds++);
        }
    }

    @Test
    void bitsThatDependOnThreadsOrChanceAreFound() {
        assertThat(failures(DependsOnThreads.class)).containsExactly("oneSeedGivesOneTrainingOnAnyNumberOfThreads");
        assertThat(failures(DrawsAnew.class)).containsExactly("oneSeedGivesOneTrainingOnAnyNumberOfThreads");
    }

    static class SharesItsWeights extends Contract {
        @Override
        protected Network build(long seed) {
            return new Regression(seed) {
                @Override
                public float[] weights() {
                    return weights;
                }
            };
        }
    }

    static class ForgetsStatistics extends Contract {
        @Override
        protected Network build(long seed) {
            return new Regression(seed) {
                @Override
                public void statistics(float[] values) {}
            };
        }
    }

    @Test
    void weightsThatAreSharedOrLostAreFound() {
        assertThat(failures(SharesItsWeights.class)).contains("weightsAndStatisticsComeBackAsTheyWereGiven");
        assertThat(failures(ForgetsStatistics.class)).containsExactly("weightsAndStatisticsComeBackAsTheyWereGiven");
    }

    static class WorksClosed extends Contract {
        @Override
        protected Network build(long seed) {
            return new Regression(seed) {
                @Override
                void requireOpen() {}
            };
        }
    }

    @Test
    void workAfterCloseIsFound() {
        assertThat(failures(WorksClosed.class)).containsExactly("aClosedNetworkIsClosedAgainAndRefusesWork");
    }

    static class KeepsItsNetworks extends Contract {
        private final List<Network> kept = new ArrayList<>();

        @Override
        protected Network build(long seed) {
            kept.add(new Regression(seed));
            return kept.get(kept.size() - 1);
        }
    }

    static class KeepsNativeMemory extends Contract {
        private long bytes;

        @Override
        protected Network build(long seed) {
            Regression built = new Regression(seed);
            bytes += (long) built.parameterCount() * Float.BYTES;
            return built;
        }

        @Override
        protected long nativeBytes() {
            return bytes;
        }
    }

    @Test
    void leaksAreFound() {
        assertThat(failures(KeepsItsNetworks.class)).containsExactly("fiftyBuildsLeaveNothingBehind");
        assertThat(failures(KeepsNativeMemory.class)).containsExactly("fiftyBuildsLeaveNothingBehind");
    }

    static class TakesAnyWindow extends Contract {
        @Override
        protected Network build(long seed) {
            return new Regression(seed) {
                @Override
                public void require(InputShape window) {}
            };
        }
    }

    static class ChangesWindows extends Contract {
        @Override
        protected Network build(long seed) {
            return new Regression(seed) {
                @Override
                public double[] predict(float[][] windows) {
                    double[] answers = super.predict(windows);
                    windows[0][0] = 0;
                    return answers;
                }
            };
        }
    }

    static class NamesTwoArraysAlike extends Contract {
        @Override
        protected Network build(long seed) {
            return new Regression(seed) {
                @Override
                public List<Segment> layout() {
                    return List.of(new Segment("output.weight", 0, List.of(1, weights.length - 1)),
                            new Segment("output.weight", weights.length - 1, List.of(1)));
                }
            };
        }
    }

    @Test
    void otherFaultsAreFound() {
        assertThat(failures(TakesAnyWindow.class)).containsExactly("windowsOfAnotherShapeAreRefused");
        assertThat(failures(ChangesWindows.class)).contains("windowsAreNotChanged");
        assertThat(failures(NamesTwoArraysAlike.class)).containsExactly("theLayoutCoversWeightsAndStatistics");
    }
}
