/** The paper's tables, and those of single videos and classes. */
package io.videottt.reports.paper;
