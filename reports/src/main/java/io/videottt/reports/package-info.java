/**
 * Measurements in, tables out: the paper's tables with the published number beside each measured
 * one, confidence intervals, and their renderings as Markdown, CSV and LaTeX. Knows neither Spark
 * nor DJL.
 */
package io.videottt.reports;
