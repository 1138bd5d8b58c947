package io.videottt.adaptation.method;

import io.videottt.adaptation.engine.DivergenceException;

/**
 * Training on the whole of a video before it is predicted. The iteration whose predictions score
 * best, by the labels, is the result of each task: an oracle, in the method's favour.
 */
public non-sealed interface VideoSteps extends Steps {

  /**
   * Takes one iteration.
   *
   * @param iteration from 1, one more than at the call before; after a checkpoint was restored, one
   *     more than its
   * @throws DivergenceException when a loss or gradient is not finite
   */
  void iterate(int iteration);
}
