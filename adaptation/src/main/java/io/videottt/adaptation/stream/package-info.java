/**
 * A model on its way through one video: the loop over frames, the offline method's iterations,
 * checkpoints and where they become visible.
 */
package io.videottt.adaptation.stream;
