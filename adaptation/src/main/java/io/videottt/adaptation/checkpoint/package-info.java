/**
 * The files that training's and adaptation's checkpoints have in common: checksums, and JSON within
 * bounds.
 */
package io.videottt.adaptation.checkpoint;
