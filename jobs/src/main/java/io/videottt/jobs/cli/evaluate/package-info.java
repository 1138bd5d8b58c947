/** The commands that measure predictions which another program has written. */
package io.videottt.jobs.cli.evaluate;
