package io.github.spirabr.model.internal.network;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * Configures {@link ConvolutionsLayer}: a chain of convolution blocks over time, with one flat
 * parameter that holds those of all blocks, one block after the other.
 */
final class ConvolutionsSpec extends BaseLayer {

    private static final long serialVersionUID = 1L;
    private static final String PARAMETERS = "W";

    private final transient Pass pass;
    private final transient ConvolutionChain chain;
    private final int frames;

    /**
     * Creates an instance.
     *
     * @param frames of the windows that decide how many outputs there are
     */
    ConvolutionsSpec(Pass pass, ConvolutionChain chain, int frames) {
        this.pass = pass;
        this.chain = chain;
        this.frames = frames;
        setIUpdater(new NoOp());
    }

    private int parameters() {
        return chain.parameters();
    }

    private int outputs() {
        return chain.outputs(frames);
    }

    @Override
    public org.deeplearning4j.nn.api.Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> listeners,
            int index,
            INDArray parameters,
            boolean initialise,
            DataType type) {
        ConvolutionsLayer layer = new ConvolutionsLayer(conf, type, pass, chain);
        layer.setListeners(listeners);
        layer.setIndex(index);
        layer.setParamsViewArray(parameters);
        layer.setParamTable(initializer().init(conf, parameters, initialise));
        layer.setConf(conf);
        return layer;
    }

    @Override
    public BaseLayer clone() {
        return this;
    }

    @Override
    public ParamInitializer initializer() {
        return new FlatParameters();
    }

    @Override
    public InputType getOutputType(int index, InputType input) {
        return InputType.feedForward(outputs());
    }

    @Override
    public void setNIn(InputType input, boolean override) {
        // The blocks know their input.
    }

    @Override
    public @Nullable InputPreProcessor getPreProcessorForInputType(InputType input) {
        return null;
    }

    @Override
    public boolean isPretrainParam(String name) {
        return false;
    }

    @Override
    public List<Regularization> getRegularizationByParam(String name) {
        return List.of();
    }

    @Override
    public LayerMemoryReport getMemoryReport(InputType input) {
        return new LayerMemoryReport.Builder(layerName, ConvolutionsSpec.class, input, getOutputType(0, input))
                .standardMemory(parameters(), 0)
                .workingMemory(0, 0, 0, outputs())
                .cacheMemory(0, 0)
                .build();
    }

    /** One row of parameters, taken as it lies in the network's flat vector; its values are set from outside. */
    private final class FlatParameters implements ParamInitializer {

        @Override
        public long numParams(NeuralNetConfiguration conf) {
            return parameters();
        }

        @Override
        public long numParams(Layer layer) {
            return parameters();
        }

        @Override
        public List<String> paramKeys(Layer layer) {
            return List.of(PARAMETERS);
        }

        @Override
        public List<String> weightKeys(Layer layer) {
            return List.of(PARAMETERS);
        }

        @Override
        public List<String> biasKeys(Layer layer) {
            return List.of();
        }

        @Override
        public boolean isWeightParam(Layer layer, String key) {
            return true;
        }

        @Override
        public boolean isBiasParam(Layer layer, String key) {
            return false;
        }

        @Override
        public Map<String, INDArray> init(NeuralNetConfiguration conf, INDArray parameters, boolean initialise) {
            conf.addVariable(PARAMETERS);
            return Map.of(PARAMETERS, parameters);
        }

        @Override
        public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration conf, INDArray gradient) {
            return Map.of(PARAMETERS, gradient);
        }
    }
}
