/** What the numbers say, in sentences. */
package io.videottt.reports.verdict;
