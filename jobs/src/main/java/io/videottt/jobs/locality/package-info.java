/** The job that estimates windows over the videos of a sweep. */
package io.videottt.jobs.locality;
