package io.videottt.model.optimizer;

import io.videottt.base.InvalidInputException;
import io.videottt.model.Parameter;
import io.videottt.model.tensor.Precision;

/**
 * How parameters are updated.
 *
 * @param kind update rule
 * @param learningRate of all parts but the encoder, positive
 * @param encoderMultiplier the encoder's learning rate as a multiple of {@code learningRate}
 * @param weightDecay decoupled for AdamW, added to the gradient for SGD; only where {@link
 *     Parameter#decayed()}
 * @param clipNorm the gradients of all parameters together are scaled down to this norm; 0 for none
 * @param momentum of SGD, in [0, 1)
 * @param beta1 decay of AdamW's first moment, in [0, 1)
 * @param beta2 decay of AdamW's second moment, in [0, 1)
 * @param epsilon of AdamW, positive
 * @param decayBiases whether weight decay takes in biases and the pixel decoder's level embedding
 *     as well ({@link Parameter#decayedWithBiases()}), as in the authors' released code
 * @param scalesLoss whether losses are scaled up before their gradients are computed, as {@link
 *     Precision#FP16} needs it; steps whose gradients overflow are left out then
 */
public record OptimizerSettings(
    Kind kind,
    double learningRate,
    double encoderMultiplier,
    double weightDecay,
    double clipNorm,
    double momentum,
    double beta1,
    double beta2,
    double epsilon,
    boolean decayBiases,
    boolean scalesLoss) {

  /** Update rules. */
  public enum Kind {
    /** Adam with decoupled weight decay (Loshchilov and Hutter, 2019). */
    ADAMW,
    /** Stochastic gradient descent. */
    SGD
  }

  /**
   * @throws InvalidInputException when a value is out of its range
   */
  public OptimizerSettings {
    if (kind == null) {
      throw new InvalidInputException("optimizer kind is missing; it is ADAMW or SGD");
    }
    require(learningRate > 0, "learning rate", learningRate, "above 0");
    require(encoderMultiplier >= 0, "encoder multiplier", encoderMultiplier, "0 or more");
    require(weightDecay >= 0, "weight decay", weightDecay, "0 or more");
    require(clipNorm >= 0, "clip norm", clipNorm, "0 (no clipping) or more");
    require(momentum >= 0 && momentum < 1, "momentum", momentum, "in [0, 1)");
    require(beta1 >= 0 && beta1 < 1, "beta1", beta1, "in [0, 1)");
    require(beta2 >= 0 && beta2 < 1, "beta2", beta2, "in [0, 1)");
    require(epsilon > 0, "epsilon", epsilon, "above 0");
  }

  /** AdamW with PyTorch's moments (0.9, 0.999) and epsilon (1e-8). */
  public static OptimizerSettings adamW(
      double learningRate, double encoderMultiplier, double weightDecay, double clipNorm) {
    return usual(Kind.ADAMW, learningRate, encoderMultiplier, weightDecay, clipNorm);
  }

  /** SGD without momentum. */
  public static OptimizerSettings sgd(
      double learningRate, double encoderMultiplier, double weightDecay, double clipNorm) {
    return usual(Kind.SGD, learningRate, encoderMultiplier, weightDecay, clipNorm);
  }

  private static OptimizerSettings usual(
      Kind kind,
      double learningRate,
      double encoderMultiplier,
      double weightDecay,
      double clipNorm) {
    return new OptimizerSettings(
        kind,
        learningRate,
        encoderMultiplier,
        weightDecay,
        clipNorm,
        0,
        0.9,
        0.999,
        1e-8,
        false,
        false);
  }

  /** The same, with another choice of what is decayed. */
  public OptimizerSettings withDecayedBiases(boolean biases) {
    return new OptimizerSettings(
        kind,
        learningRate,
        encoderMultiplier,
        weightDecay,
        clipNorm,
        momentum,
        beta1,
        beta2,
        epsilon,
        biases,
        scalesLoss);
  }

  /** The same, for a precision. */
  public OptimizerSettings withPrecision(Precision precision) {
    return new OptimizerSettings(
        kind,
        learningRate,
        encoderMultiplier,
        weightDecay,
        clipNorm,
        momentum,
        beta1,
        beta2,
        epsilon,
        decayBiases,
        precision == Precision.FP16);
  }

  private static void require(boolean valid, String name, double value, String range) {
    if (!valid || Double.isInfinite(value)) {
      throw new InvalidInputException(name + " is " + value + "; it must be " + range);
    }
  }
}
