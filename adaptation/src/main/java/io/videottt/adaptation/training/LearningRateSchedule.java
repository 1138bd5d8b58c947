package io.videottt.adaptation.training;

import io.videottt.base.InvalidInputException;

/** How the learning rate falls over a phase of training, after a linear warm-up. */
public enum LearningRateSchedule {
  /** No fall. */
  CONSTANT {
    @Override
    double decay(double progress) {
      return 1;
    }
  },
  /** Half a cosine, to 0. */
  COSINE {
    @Override
    double decay(double progress) {
      return 0.5 * (1 + Math.cos(Math.PI * progress));
    }
  },
  /** (1 - progress)^0.9, to 0. */
  POLY {
    @Override
    double decay(double progress) {
      return Math.pow(1 - progress, POLY_POWER);
    }
  };

  private static final double POLY_POWER = 0.9;

  /** The factor at a share of the way, within 0 and 1. */
  abstract double decay(double progress);

  /**
   * The factor on the learning rate.
   *
   * @param iteration from 0
   * @param warmUp iterations of linear rise before the fall
   * @param iterations of the phase
   */
  double factor(int iteration, int warmUp, int iterations) {
    if (iteration < 0 || iteration >= iterations) {
      throw new InvalidInputException(
          "iteration %d of a phase of %d".formatted(iteration, iterations));
    }
    if (iteration < warmUp) {
      return (iteration + 1.0) / warmUp;
    }
    return decay((iteration - warmUp) / (double) (iterations - warmUp));
  }
}
