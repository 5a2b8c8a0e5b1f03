/** SpiraConv, the trainer of networks, and the port of engines. */
module io.github.spirabr.training {

    requires transitive io.github.spirabr.core;
    requires static transitive org.jspecify;
    // For the option of the virtual machine that says whether fused arithmetic is an instruction.
    requires jdk.management;

    exports io.github.spirabr.training;
    exports io.github.spirabr.training.engine;

    provides io.github.spirabr.core.component.ComponentProvider with
            io.github.spirabr.training.SpiraConv.V2Provider,
            io.github.spirabr.training.Trainer.Provider,
            io.github.spirabr.training.SpiraConv.V1Provider,
            io.github.spirabr.training.SpiraConv.V4Provider,
            io.github.spirabr.training.Logistic.Provider,
            io.github.spirabr.training.Logistic.TrainerProvider,
            io.github.spirabr.training.Mlp.Provider;

    provides io.github.spirabr.core.prediction.NetworkExporter with
            io.github.spirabr.training.internal.network.SafetensorsExporter;

    provides io.github.spirabr.core.model.WeightsLoader with
            io.github.spirabr.training.PretrainedWeightsLoader;
}
