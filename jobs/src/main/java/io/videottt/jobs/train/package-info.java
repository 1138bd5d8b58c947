/** Training files and the progress of a training. */
package io.videottt.jobs.train;
