package io.videottt.metrics;

import java.util.Optional;

/**
 * The Inception Score (Salimans et al., "Improved techniques for training GANs", 2016): {@code
 * exp(E KL(p(y|x) || p(y)))} of the class probabilities that a network gives images, the higher the
 * better. As in its authors' code the images are cut into {@link #PARTS} equal runs in the order in
 * which they come, and the score is the mean over the runs with its standard deviation.
 *
 * @param mean at least 1
 * @param deviation over the runs, divided by their number
 */
public record InceptionScore(double mean, double deviation) {

  /** Runs that images are cut into, as published scores are. */
  public static final int PARTS = 10;

  /** The score of images that go by one after the other. */
  public static final class Images {

    private final long images;
    private final double[] probability;
    private long seen;
    private int part;
    private long inPart;
    private double negativeEntropy;
    private double scores;
    private double squares;

    /**
     * @param images how many there will be
     * @param classes probabilities of each
     */
    public Images(long images, int classes) {
      if (images < 1 || classes < 1) {
        throw new IllegalArgumentException("%d images, %d classes".formatted(images, classes));
      }
      this.images = images;
      this.probability = new double[classes];
    }

    /**
     * Adds the next image.
     *
     * @param probabilities one per class, none negative, their sum 1
     * @throws IllegalStateException when there are more images than were announced
     */
    public void add(float[] probabilities) {
      if (probabilities.length != probability.length) {
        throw new IllegalArgumentException(
            "%d classes beside others of %d".formatted(probabilities.length, probability.length));
      }
      if (seen == images) {
        throw new IllegalStateException("more than %d images".formatted(images));
      }
      for (int i = 0; i < probability.length; i++) {
        double p = probabilities[i];
        probability[i] += p;
        negativeEntropy += p > 0 ? p * Math.log(p) : 0;
      }
      seen++;
      inPart++;
      // Run n of the authors' code ends before image (n + 1) N / 10.
      if (seen == (part + 1) * images / PARTS) {
        endPart();
      }
    }

    private void endPart() {
      double score = 0;
      for (int i = 0; i < probability.length; i++) {
        double p = probability[i] / inPart;
        score -= p > 0 ? p * Math.log(p) : 0;
        probability[i] = 0;
      }
      score = Math.exp(negativeEntropy / inPart + score);
      scores += score;
      squares += score * score;
      negativeEntropy = 0;
      inPart = 0;
      part++;
    }

    /**
     * The score.
     *
     * @return empty of fewer images than runs
     * @throws IllegalStateException when images are missing
     */
    public Optional<InceptionScore> score() {
      if (seen != images) {
        throw new IllegalStateException("%d of %d images".formatted(seen, images));
      }
      if (images < PARTS) {
        return Optional.empty();
      }
      double mean = scores / PARTS;
      return Optional.of(
          new InceptionScore(mean, Math.sqrt(Math.max(0, squares / PARTS - mean * mean))));
    }
  }
}
