/** Predictions on disk: files of frames in the formats that are scored elsewhere, and videos. */
package io.videottt.jobs.saved;
