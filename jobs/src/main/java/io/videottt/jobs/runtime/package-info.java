/**
 * The program's surroundings: Spark sessions, devices, memory, signals, consoles, what went wrong
 * in words.
 */
package io.videottt.jobs.runtime;
