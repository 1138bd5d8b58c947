/** Charts of any numbers, as SVG and PNG: bars, lines, heat maps. */
package io.videottt.reports.figure;
