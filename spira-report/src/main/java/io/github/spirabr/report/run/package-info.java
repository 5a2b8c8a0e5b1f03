/**
 * Reports of a run, for people and for programs: {@link io.github.spirabr.report.run.RunReport} makes a page of HTML,
 * the same metrics as JSON, and a model card in Markdown.
 *
 * <p>{@code Analysis} computes what the findings imply (curves, groups, errors), {@code HtmlReport} with its sections, {@code
 * JsonReport} and {@code ModelCard} write it down; {@code Chart} draws into the page, and {@code Markup} escapes all that
 * comes from outside.
 */
@NullMarked
package io.github.spirabr.report.run;

import org.jspecify.annotations.NullMarked;
