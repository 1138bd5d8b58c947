/**
 * The run of a plan: the Spark job over videos, each executor's runner, progress, the guard over
 * changed data.
 */
package io.videottt.jobs.sweep.run;
