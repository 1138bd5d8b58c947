/** Sweep files and what the command line lays over them. */
package io.videottt.jobs.sweep.config;
