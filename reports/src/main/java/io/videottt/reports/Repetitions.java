package io.videottt.reports;

import java.util.OptionalDouble;

/**
 * How often a result was repeated, and how far the repetitions' frame means lie apart. A seed draws
 * masks and batches at test time; a training seed is a model that was trained once more. The spread
 * over one says nothing about the other, so that they are told apart.
 *
 * @param seeds seeds of the adaptation, of the training seed that has most
 * @param trainingSeeds trained models
 * @param seedDeviation standard deviation over the adaptation's seeds of one trained model, percent
 *     points, root mean square over the models; empty with one seed
 * @param trainingDeviation standard deviation over the trained models, each one's seeds averaged,
 *     percent points; empty with one model
 */
public record Repetitions(
    int seeds, int trainingSeeds, OptionalDouble seedDeviation, OptionalDouble trainingDeviation) {

  /** One seed of one model. */
  public static final Repetitions SINGLE =
      new Repetitions(1, 1, OptionalDouble.empty(), OptionalDouble.empty());
}
