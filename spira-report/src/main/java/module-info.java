/** Pictures of recordings and their features, and reports of runs. */
module io.github.spirabr.report {

    requires transitive io.github.spirabr.core;
    requires transitive java.desktop;
    requires java.xml;
    requires org.apache.xmlgraphics.batik.svggen;
    requires com.fasterxml.jackson.core;
    requires static transitive org.jspecify;

    exports io.github.spirabr.report;
    exports io.github.spirabr.report.run;
}
