package io.github.spirabr.model.internal.network;

import java.util.Collection;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.NoParamLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Configures {@link DropoutLayer}. Deeplearning4j's own dropout draws from one generator of the whole
 * process, and so cannot be repeated when anything else draws, too.
 */
final class DropoutSpec extends NoParamLayer {

    private static final long serialVersionUID = 1L;

    private final transient Pass pass;
    private final double probability;
    private final String purpose;

    /**
     * Creates an instance.
     *
     * @param probability that an element is dropped, in [0, 1)
     * @param purpose names the random stream
     */
    DropoutSpec(Pass pass, double probability, String purpose) {
        this.pass = pass;
        this.probability = probability;
        this.purpose = purpose;
    }

    @Override
    public org.deeplearning4j.nn.api.Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialise,
            DataType type) {
        DropoutLayer layer = new DropoutLayer(conf, type, pass, probability, purpose);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        layer.setConf(conf);
        return layer;
    }

    @Override
    public Layer clone() {
        return this;
    }

    @Override
    public InputType getOutputType(int index, InputType input) {
        return input;
    }

    @Override
    public @Nullable InputPreProcessor getPreProcessorForInputType(InputType input) {
        return null;
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType input) {
        return new LayerMemoryReport.Builder(layerName, DropoutSpec.class, input, input)
                .standardMemory(0, 0)
                .workingMemory(0, 0, 0, input.arrayElementsPerExample())
                .cacheMemory(0, 0)
                .build();
    }
}
