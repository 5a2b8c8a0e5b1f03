/** The domain and its ports: recordings, data sets, preprocessing, training, evaluation, prediction. */
// The adapters that internal packages are exported to are compiled later.
@SuppressWarnings("module")
module io.github.spirabr.core {

    requires commons.math3;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.github.spirabr.core;
    exports io.github.spirabr.core.audio;
    exports io.github.spirabr.core.audit;
    exports io.github.spirabr.core.component;
    exports io.github.spirabr.core.continuous;
    exports io.github.spirabr.core.dataset;
    exports io.github.spirabr.core.evaluation;
    exports io.github.spirabr.core.inspection;
    exports io.github.spirabr.core.journal;
    exports io.github.spirabr.core.model;
    exports io.github.spirabr.core.pipeline;
    exports io.github.spirabr.core.prediction;
    exports io.github.spirabr.core.preprocessing;
    exports io.github.spirabr.core.probe;
    exports io.github.spirabr.core.promotion;
    exports io.github.spirabr.core.quality;
    exports io.github.spirabr.core.random;
    exports io.github.spirabr.core.recording;
    exports io.github.spirabr.core.registry;
    exports io.github.spirabr.core.storage;
    exports io.github.spirabr.core.sweep;
    exports io.github.spirabr.core.work;

    exports io.github.spirabr.core.internal.adapter to
            io.github.spirabr.cli,
            io.github.spirabr.config,
            io.github.spirabr.storage.fs,
            io.github.spirabr.storage.s3,
            io.github.spirabr.training;
    exports io.github.spirabr.core.internal.store to
            io.github.spirabr.storage.fs,
            io.github.spirabr.storage.s3;

    uses io.github.spirabr.core.component.ComponentProvider;
    uses io.github.spirabr.core.model.WeightsLoader;
    uses io.github.spirabr.core.prediction.NetworkExporter;
    uses io.github.spirabr.core.preprocessing.NoiseLoader;
    uses io.github.spirabr.core.storage.ManifestFormat;
    uses io.github.spirabr.core.storage.StorageProvider;

    provides io.github.spirabr.core.component.ComponentProvider with
            io.github.spirabr.core.preprocessing.SlidingWindow.Provider,
            io.github.spirabr.core.preprocessing.Acl2021SlidingWindow.Provider,
            io.github.spirabr.core.preprocessing.RandomWindow.Provider,
            io.github.spirabr.core.preprocessing.FixedLength.Provider,
            io.github.spirabr.core.preprocessing.ContextFrames.Provider,
            io.github.spirabr.core.preprocessing.Deltas.Provider,
            io.github.spirabr.core.preprocessing.Functionals.Provider,
            io.github.spirabr.core.preprocessing.MeanVariance.Provider,
            io.github.spirabr.core.preprocessing.PadToLongest.Provider,
            io.github.spirabr.core.preprocessing.Pcen.Provider,
            io.github.spirabr.core.preprocessing.WholeRecording.Provider,
            io.github.spirabr.core.preprocessing.Mixup.Provider,
            io.github.spirabr.core.dataset.BuiltInSplits.Subjects,
            io.github.spirabr.core.dataset.BuiltInSplits.StableSubjects,
            io.github.spirabr.core.dataset.BuiltInSplits.RecordingsLeakingSubjects,
            io.github.spirabr.core.dataset.BuiltInSplits.HeldOut,
            io.github.spirabr.core.dataset.BuiltInSplits.Column,
            io.github.spirabr.core.model.BuiltInAggregations.MeanProvider,
            io.github.spirabr.core.model.BuiltInAggregations.MedianProvider,
            io.github.spirabr.core.model.BuiltInAggregations.MaximumProvider,
            io.github.spirabr.core.model.BuiltInAggregations.TopMeanProvider,
            io.github.spirabr.core.model.BuiltInAggregations.LogOddsMeanProvider,
            io.github.spirabr.core.probe.AmbientOnly.Provider,
            io.github.spirabr.core.probe.MatchedSubjects.Provider,
            io.github.spirabr.core.probe.PermutedLabels.Provider;
}
