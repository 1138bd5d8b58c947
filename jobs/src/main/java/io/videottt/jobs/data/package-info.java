/**
 * Data sets as an output folder remembers them: the data that units were computed on, by its id,
 * what has changed of it since, and what reports call it.
 */
package io.videottt.jobs.data;
