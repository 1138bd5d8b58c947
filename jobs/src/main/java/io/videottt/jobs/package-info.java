/** The program's entry points by name: the command line, and the stage for Spark ML pipelines. */
package io.videottt.jobs;
