/**
 * The output folder: rows of frames in Parquet files, plans, failures, claims on unfinished files.
 */
package io.videottt.jobs.results;
