/** Contract suites for parts of SPIRA. */
module io.github.spirabr.testkit {

    requires transitive io.github.spirabr.core;
    requires transitive org.junit.jupiter.api;
    requires transitive org.junit.jupiter.params;
    requires transitive net.jqwik.api;
    requires transitive org.assertj.core;
    requires java.desktop;
    requires static transitive org.jspecify;

    exports io.github.spirabr.testkit;
}
