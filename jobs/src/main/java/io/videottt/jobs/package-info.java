/**
 * The Spark jobs and the command line: one class per job, named after what it does.
 *
 * <p>This is the only package that sees Spark. A sweep is one Spark job whose tasks are videos;
 * each task runs its units one after another and commits one Parquet file per unit.
 */
package io.videottt.jobs;
