/** The state of sweeps out of their output folder. */
package io.videottt.jobs.status;
