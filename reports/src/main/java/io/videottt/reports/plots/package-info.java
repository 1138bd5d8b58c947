/** The paper's figures out of measurements. */
package io.videottt.reports.plots;
