package io.videottt.reports;

/**
 * Wall-clock seconds per frame, by what they were spent on. The first frames of a process take many
 * times longer than the others, so that a mean over few frames says more about them; the medians
 * beside it do not.
 *
 * @param load mean of reading and decoding
 * @param adapt mean of the training steps
 * @param predict mean of the prediction on the whole frame
 * @param evaluate mean of the comparison with the ground truth
 * @param medians over the same frames
 */
public record SecondsPerFrame(
    double load, double adapt, double predict, double evaluate, Medians medians) {

  /**
   * Medians over frames, NaN where they are not known.
   *
   * @param total of adaptation and prediction together
   * @param load of reading and decoding
   * @param adapt of the training steps
   * @param predict of the prediction on the whole frame
   * @param evaluate of the comparison with the ground truth
   */
  public record Medians(double total, double load, double adapt, double predict, double evaluate) {

    /** Where only means are known. */
    public static final Medians UNKNOWN =
        new Medians(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
  }

  /** What a frame costs in the paper's sense: adaptation and prediction. */
  public double total() {
    return adapt + predict;
  }
}
