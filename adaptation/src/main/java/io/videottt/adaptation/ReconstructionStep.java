package io.videottt.adaptation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.videottt.model.Autograd;
import io.videottt.model.ImageTensors;
import io.videottt.model.PatchMask;
import io.videottt.model.ReconstructionLoss;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** One step of Eq. 2: the masked reconstruction loss of a batch, its gradient, an update. */
final class ReconstructionStep {

  private final AdaptationState state;
  private final AdaptationSettings settings;

  /**
   * @param loss mean over the batch, before the update
   * @param gradientNorm before clipping
   */
  record Report(double loss, double gradientNorm) {}

  ReconstructionStep(AdaptationState state, AdaptationSettings settings) {
    this.state = state;
    this.settings = settings;
  }

  /**
   * @param masks makes the generator that the masks are drawn from
   * @return not finite numbers when the step diverged, and then nothing was updated
   */
  Report run(SampleBatch batch, Supplier<RandomGenerator> masks) {
    double loss = overParts(batch, masks.get(), this::backward);
    if (!Double.isFinite(loss)) {
      state.optimizer().zeroGradients();
      return new Report(loss, Double.NaN);
    }
    return new Report(loss, state.optimizer().step());
  }

  /** The loss of a batch with the same masks, without a step. */
  double measure(SampleBatch batch, Supplier<RandomGenerator> masks) {
    return overParts(
        batch, masks.get(), (images, visible, share) -> loss(images, visible, share).getFloat());
  }

  @FunctionalInterface
  private interface PartLoss {
    double of(NDArray images, NDArray visible, double share);
  }

  private double overParts(SampleBatch batch, RandomGenerator masks, PartLoss partLoss) {
    int size = batch.images().size();
    int part = settings.microBatchSize() == 0 ? size : settings.microBatchSize();
    double sum = 0;
    for (int first = 0; first < size; first += part) {
      int end = Math.min(size, first + part);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray images =
            ImageTensors.normalise(
                state.model().manager(),
                batch.images().subList(first, end),
                batch.height(),
                batch.width());
        NDArray visible =
            PatchMask.draw(
                masks,
                state.model().manager(),
                end - first,
                batch.height(),
                batch.width(),
                settings.maskPatch(),
                settings.maskRatio());
        sum += partLoss.of(images, visible, (end - first) / (double) size);
      }
    }
    return sum;
  }

  private double backward(NDArray images, NDArray visible, double share) {
    return Autograd.backward(() -> loss(images, visible, share));
  }

  private NDArray loss(NDArray images, NDArray visible, double share) {
    NDArray loss =
        ReconstructionLoss.of(
            state.model().network(), images, visible, settings.maskedPixelsOnly());
    // The factor must be owned by the engine: autograd keeps a pointer to it.
    return share == 1 ? loss : loss.mul(state.model().manager().full(new Shape(), (float) share));
  }
}
