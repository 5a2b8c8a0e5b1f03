package io.github.spirabr.pytorch.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** A block whose arrays are named as PyTorch's modules name them, so that checkpoints of theirs fit by name. */
final class NamedBlock extends AbstractBlock {

    /** Key of the {@link Draws} among the parameters of a pass. */
    static final String DRAWS = "draws";

    private record Declared(Layer.Initial initial, long[] shape) {}

    private final Layer layer;
    private final Map<String, Declared> declared = new LinkedHashMap<>();

    NamedBlock(Layer layer) {
        this.layer = layer;
        layer.declare(new Layer.Arrays() {
            @Override
            public void trained(String name, Layer.Initial initial, long... shape) {
                add(name, initial, Parameter.Type.OTHER, true, shape);
            }

            @Override
            public void running(String name, Layer.Initial initial, long... shape) {
                add(name, initial, Parameter.Type.RUNNING_MEAN, false, shape);
            }
        });
    }

    private void add(String name, Layer.Initial initial, Parameter.Type type, boolean trained, long... shape) {
        declared.put(name, new Declared(initial, shape));
        addParameter(Parameter.builder()
                .setName(name)
                .setType(type)
                .optShape(new Shape(shape))
                .optInitializer(initial == Layer.Initial.ONES ? Initializer.ONES : Initializer.ZEROS)
                .optRequiresGrad(trained)
                .build());
    }

    /** Counts the trained numbers of a network before it is built. */
    static long count(Layer layer) {
        long[] count = new long[1];
        layer.declare(new Layer.Arrays() {
            @Override
            public void trained(String name, Layer.Initial initial, long... shape) {
                count[0] += new Shape(shape).size();
            }

            @Override
            public void running(String name, Layer.Initial initial, long... shape) {
                // Not trained.
            }
        });
        return count[0];
    }

    /** Draws the trained arrays, one after the other. */
    float[] draw(RandomGenerator random) {
        float[] all = new float[Math.toIntExact(count(layer))];
        int at = 0;
        double bound = 0;
        for (var parameter : getParameters()) {
            Declared one = declared.get(parameter.getKey());
            if (parameter.getValue().requiresGradient()) {
                if (one.initial() != Layer.Initial.FAN_IN_OF_WEIGHT) {
                    bound = bound(one);
                }
                for (int end = at + Math.toIntExact(new Shape(one.shape()).size()); at < end; at++) {
                    all[at] = switch (one.initial()) {
                        case ZEROS -> 0;
                        case ONES -> 1;
                        default -> (float) ((2 * random.nextDouble() - 1) * bound);
                    };
                }
            }
        }
        return all;
    }

    private static double bound(Declared one) {
        double receptive = 1;
        for (int d = 2; d < one.shape().length; d++) {
            receptive *= one.shape()[d];
        }
        double in = one.shape().length > 1 ? one.shape()[1] * receptive : 1;
        double out = one.shape()[0] * receptive;
        return one.initial() == Layer.Initial.GLOROT ? Math.sqrt(6 / (in + out)) : 1 / Math.sqrt(in);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray x = inputs.singletonOrThrow();
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        for (var parameter : getParameters()) {
            arrays.put(parameter.getKey(), store.getValue(parameter.getValue(), x.getDevice(), training));
        }
        Draws draws = training ? (Draws) params.get(DRAWS) : null;
        return new NDList(layer.forward(new Pass(arrays, draws), x));
    }

    /** The shapes of outputs are known after a pass only. */
    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
        throw new UnsupportedOperationException("this block is no part of another one");
    }
}
