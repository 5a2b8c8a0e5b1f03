/**
 * Plots of features: {@link io.github.spirabr.report.FeaturePlot} draws the features of a recording.
 *
 * <p>{@code FeatureView} describes a matrix of features (axis, unit, colours), {@code HeatMap} colours it,
 * {@code FeatureDrawing} draws everything around it, and {@code PictureFile} writes PNG or SVG.
 */
@NullMarked
package io.github.spirabr.report;

import org.jspecify.annotations.NullMarked;
