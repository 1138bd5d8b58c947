/**
 * What one frame leaves behind: its prediction scored against the ground truth, its times, its
 * pictures.
 */
package io.videottt.adaptation.scoring;
