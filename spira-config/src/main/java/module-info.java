/** Experiment files, retraining plans, their schema, and the import of published configurations. */
module io.github.spirabr.config {

    requires transitive io.github.spirabr.core;
    requires com.fasterxml.jackson.databind;
    requires com.fasterxml.jackson.dataformat.yaml;
    requires static transitive org.jspecify;

    exports io.github.spirabr.config;
}
