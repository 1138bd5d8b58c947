package io.videottt.reports;

/** A metric of colorization that a feature network of the user's takes part in. */
public enum PerceptualMetric {
  /** Frechet Inception Distance, the lower the better. */
  FID("FID", 2),
  /** Inception Score, the higher the better. */
  INCEPTION_SCORE("IS", 2),
  /** Standard deviation of the Inception Score over ten runs of the frames. */
  INCEPTION_DEVIATION("IS deviation", 2),
  /**
   * Learned perceptual distance to the true colours, mean over the frames, the lower the better.
   */
  LPIPS("LPIPS", 3);

  private final String title;
  private final int decimals;

  PerceptualMetric(String title, int decimals) {
    this.title = title;
    this.decimals = decimals;
  }

  /** As printed in tables. */
  public String title() {
    return title;
  }

  /** Decimals that the paper prints. */
  public int decimals() {
    return decimals;
  }
}
