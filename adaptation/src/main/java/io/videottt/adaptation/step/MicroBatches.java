package io.videottt.adaptation.step;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.videottt.adaptation.frames.SampleBatch;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.model.tensor.ImageTensors;
import io.videottt.model.tensor.PatchMask;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Takes a batch through the network in parts, so that memory is needed for one part at a time. */
final class MicroBatches {

  private final AdaptationState state;
  private final AdaptationSettings settings;

  MicroBatches(AdaptationState state, AdaptationSettings settings) {
    this.state = state;
    this.settings = settings;
  }

  /** What is computed of one part. */
  @FunctionalInterface
  interface PartValue {

    /**
     * @param images [b, 3, H, W] normalised
     * @param index of the part, from 0
     * @param share of the batch that the part is
     */
    double of(NDArray images, int index, double share);
  }

  /** Calls for every part in order, within a scope of its own, and adds the values up. */
  double sum(SampleBatch batch, PartValue value) {
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
        sum += value.of(images, first / part, (end - first) / (double) size);
      }
    }
    return sum;
  }

  /**
   * Draws the visible patches of a part.
   *
   * @param images [b, 3, H, W]
   * @return [b, 1, H, W], 1 visible, 0 dropped
   */
  NDArray visible(RandomGenerator masks, NDArray images) {
    Shape shape = images.getShape();
    return PatchMask.draw(
        masks,
        state.model().manager(),
        Math.toIntExact(shape.get(0)),
        Math.toIntExact(shape.get(2)),
        Math.toIntExact(shape.get(3)),
        settings.maskPatch(),
        settings.maskRatio());
  }

  /**
   * Computes a part's loss with its gradients.
   *
   * @param factor of the loss
   * @return the loss times the factor
   */
  double backward(Supplier<NDArray> loss, double factor) {
    return state.optimizer().backward(loss, factor);
  }

  /** The update, where the loss is finite. */
  AdaptationStep.Report update(double loss) {
    if (!Double.isFinite(loss)) {
      state.optimizer().zeroGradients();
      return new AdaptationStep.Report(loss, Double.NaN);
    }
    double norm = state.optimizer().step();
    return new AdaptationStep.Report(loss, norm, state.optimizer().skipped());
  }
}
