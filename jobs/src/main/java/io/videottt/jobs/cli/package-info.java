/** The command line: a class per command, and the options that commands share. */
package io.videottt.jobs.cli;
