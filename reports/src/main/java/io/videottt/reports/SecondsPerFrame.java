package io.videottt.reports;

/**
 * Mean wall-clock seconds per frame, by what they were spent on.
 *
 * @param load reading and decoding
 * @param adapt training steps
 * @param predict prediction on the whole frame
 * @param evaluate comparison with the ground truth
 */
public record SecondsPerFrame(double load, double adapt, double predict, double evaluate) {

  /** What a frame costs in the paper's sense: adaptation and prediction. */
  public double total() {
    return adapt + predict;
  }
}
