package io.videottt.model.optimizer;

import io.videottt.model.tensor.DeviceNumbers;

/**
 * How a step went. The numbers stay on the device until they are wanted; those of several steps can
 * be read at once.
 *
 * @param numbers the sum of the losses and the gradients' global norm before clipping, further ones
 *     behind them; where one of the two is not finite, nothing was updated
 * @param skipped whether nothing was updated because scaled gradients overflowed in half precision,
 *     which is no divergence: the next step's scale is half of it
 */
public record StepOutcome(DeviceNumbers numbers, boolean skipped) {

  /** Of a step that changed nothing since there was nothing to learn. */
  public static StepOutcome nothing() {
    return new StepOutcome(DeviceNumbers.of(0, 0), false);
  }

  /** The sum of the losses before the update. */
  public double loss() {
    return numbers.get(0);
  }

  /** The global norm of the gradients before clipping. */
  public double gradientNorm() {
    return numbers.get(1);
  }
}
