/** From a folder of results to a folder with the report. */
package io.videottt.jobs.report;
