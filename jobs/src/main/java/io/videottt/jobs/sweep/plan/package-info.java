/**
 * From a sweep file to the units that are to run: which there are, what they cost, how they are cut
 * into tasks.
 */
package io.videottt.jobs.sweep.plan;
