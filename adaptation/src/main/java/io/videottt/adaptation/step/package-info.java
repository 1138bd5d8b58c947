/**
 * One training step of every method on the frames it remembers: reconstruction, entropy, pseudo-
 * labels, layer-norm statistics, class balance.
 */
package io.videottt.adaptation.step;
