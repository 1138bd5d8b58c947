/** Predictions and ground truth as pictures. */
package io.videottt.jobs.drawing;
