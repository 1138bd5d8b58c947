/**
 * One training step on samples, whatever takes it: reconstruction, entropy, pseudo-labels; class
 * balance, statistics of LayerNorms, and the state that a checkpoint holds.
 */
package io.videottt.adaptation.step;
