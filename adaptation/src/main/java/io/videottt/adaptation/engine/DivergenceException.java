package io.videottt.adaptation.engine;

/**
 * A loss or a gradient is no longer a finite number: the learning rate is too high, or the frames
 * or weights were broken to begin with. The parameters have been put back where the thrower says
 * so.
 */
public class DivergenceException extends RuntimeException {

  /**
   * @param message what diverged, where, and what to change
   */
  public DivergenceException(String message) {
    super(message);
  }
}
