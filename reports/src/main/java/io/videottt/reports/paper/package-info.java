/** The paper's tables with the paper's numbers, and those of single videos and classes. */
package io.videottt.reports.paper;
