/** Tables and figures of settings that a grid has ranked. */
package io.videottt.reports.ranking;
