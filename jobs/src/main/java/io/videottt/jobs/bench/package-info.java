/** Benchmarks: training steps, and reports over results that nobody measured. */
package io.videottt.jobs.bench;
