/** Recordings, models, prepared data sets and journals in files. */
module io.github.spirabr.storage.fs {

    requires transitive io.github.spirabr.core;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.dataformat.yaml;
    requires org.apache.commons.csv;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.github.spirabr.storage.fs.audio;
    exports io.github.spirabr.storage.fs.dataset;
    exports io.github.spirabr.storage.fs.events;
    exports io.github.spirabr.storage.fs.features;
    exports io.github.spirabr.storage.fs.journal;
    exports io.github.spirabr.storage.fs.manifest;
    exports io.github.spirabr.storage.fs.npy;
    exports io.github.spirabr.storage.fs.registry;

    provides io.github.spirabr.core.storage.ManifestFormat with io.github.spirabr.storage.fs.manifest.ManifestFormats;
    provides io.github.spirabr.core.storage.StorageProvider with io.github.spirabr.storage.fs.FileSystemStorage;
}
