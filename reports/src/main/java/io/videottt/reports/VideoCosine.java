package io.videottt.reports;

/**
 * How much the gradients of the main and of the reconstruction loss have in common on a video.
 *
 * @param set what was evaluated
 * @param model label of the weights
 * @param target id of what is reconstructed, {@code pixels} for the paper's
 * @param video id within the data set
 * @param cosine of the angle between the two at the parameters before test time, -1 to 1
 */
public record VideoCosine(
    EvaluationSet set, String model, String target, String video, double cosine) {

  /** Half of the smallest cosine that is printed. */
  private static final double ZERO = 5e-4;

  /** Whether the two gradients point away from each other. */
  public boolean pullsAgainst() {
    return pullsAgainst(cosine);
  }

  /** Whether a cosine, as it is printed, is negative. */
  public static boolean pullsAgainst(double cosine) {
    return cosine <= -ZERO;
  }
}
