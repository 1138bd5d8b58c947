/** Where a report's tables come from: this project's sources and those of anybody's jar. */
package io.videottt.reports.source;
