package io.videottt.adaptation.locality;

import io.videottt.model.GradientVector;

/**
 * Sums over a sample of pairs of gradients, of which the moments of their difference follow: the
 * gradients themselves need not be kept.
 */
final class GradientMoments implements AutoCloseable {

  private int count;
  private double mainSquares;
  private double selfSquares;
  private double products;
  private GradientVector mainSum;
  private GradientVector selfSum;

  /**
   * Takes a pair in.
   *
   * @param main grad l_m of a frame, copied
   * @param self grad l_s of the same frame, copied
   */
  void add(GradientVector main, GradientVector self) {
    mainSquares += main.squaredNorm();
    selfSquares += self.squaredNorm();
    products += main.dot(self);
    if (count++ == 0) {
      mainSum = main.copy();
      selfSum = self.copy();
    } else {
      mainSum.add(main);
      selfSum.add(self);
    }
  }

  /** The c at least 0 that makes the sum of |main - c self|^2 least. */
  double scale() {
    return selfSquares == 0 ? 0 : Math.max(0, products / selfSquares);
  }

  /** Cosine of the angle between all main and all self-supervised gradients, each in a row. */
  double cosine() {
    double norms = Math.sqrt(mainSquares * selfSquares);
    return norms == 0 ? 0 : products / norms;
  }

  /** Unbiased variance of main - c self, summed over the parameters; needs two pairs. */
  double variance() {
    return Math.max(0, (secondMoment() - squaredMean()) * count / (count - 1));
  }

  /**
   * The share of the squared mean of main - c self in its second moment, the squared mean's own
   * noise taken off.
   */
  double bias() {
    double mean = Math.max(0, squaredMean() - variance() / count);
    double total = mean + variance();
    return total == 0 ? 0 : mean / total;
  }

  private double secondMoment() {
    double c = scale();
    return (mainSquares - 2 * c * products + c * c * selfSquares) / count;
  }

  private double squaredMean() {
    double c = scale();
    double sum =
        mainSum.squaredNorm() - 2 * c * mainSum.dot(selfSum) + c * c * selfSum.squaredNorm();
    return sum / ((double) count * count);
  }

  @Override
  public void close() {
    if (count > 0) {
      mainSum.close();
      selfSum.close();
    }
  }
}
