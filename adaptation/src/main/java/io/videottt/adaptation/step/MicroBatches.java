package io.videottt.adaptation.step;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.videottt.adaptation.frames.PixelWindow;
import io.videottt.adaptation.frames.SampleBatch;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.catalog.image.RgbImage;
import io.videottt.model.optimizer.StepOutcome;
import io.videottt.model.tensor.DeviceNumbers;
import io.videottt.model.tensor.DeviceSum;
import io.videottt.model.tensor.ImageTensors;
import io.videottt.model.tensor.PatchMask;
import io.videottt.model.tensor.UploadedImages;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Takes a batch through the network in parts, so that memory is needed for one part at a time. */
final class MicroBatches {

  private final AdaptationState state;
  private final AdaptationSettings settings;

  MicroBatches(AdaptationState state, AdaptationSettings settings) {
    this.state = state;
    this.settings = settings;
  }

  /** What is done with one part. */
  @FunctionalInterface
  interface PartWork {

    /**
     * @param images [b, 3, H, W] normalised
     * @param index of the part, from 0
     * @param share of the batch that the part is
     */
    void on(NDArray images, int index, double share);
  }

  /** What is computed of one part: a scalar. */
  @FunctionalInterface
  interface PartValue {

    /** As {@link PartWork#on}. */
    NDArray of(NDArray images, int index, double share);
  }

  /** Calls for every part in order, within a scope of its own. */
  void forEach(SampleBatch batch, PartWork work) {
    int size = batch.samples().size();
    int part = settings.microBatchSize() == 0 ? size : settings.microBatchSize();
    for (int first = 0; first < size; first += part) {
      int end = Math.min(size, first + part);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray images = ImageTensors.normalise(images(batch, first, end));
        work.on(images, first / part, (end - first) / (double) size);
      }
    }
  }

  /** Samples on the device, uint8 [b, H, W, 3]: cut there out of images that are kept there. */
  private NDArray images(SampleBatch batch, int first, int end) {
    UploadedImages uploaded = state.model().images();
    List<SampleBatch.Sample> samples = batch.samples().subList(first, end);
    if (samples.stream().noneMatch(sample -> uploaded.keeps(sample.image().pixels()))) {
      List<byte[]> pixels = samples.stream().map(SampleBatch.Sample::pixels).toList();
      return ImageTensors.upload(state.model().manager(), pixels, batch.height(), batch.width());
    }
    NDList parts = new NDList();
    samples.forEach(sample -> parts.add(image(uploaded, batch, sample)));
    return NDArrays.concat(parts);
  }

  private static NDArray image(
      UploadedImages uploaded, SampleBatch batch, SampleBatch.Sample sample) {
    RgbImage image = sample.image();
    Optional<PixelWindow> window = sample.view().window();
    if (window.isEmpty() || !uploaded.keeps(image.pixels())) {
      return uploaded.of(sample.pixels(), batch.height(), batch.width());
    }
    return ImageTensors.cut(
        uploaded.of(image.pixels(), image.height(), image.width()),
        window.get().top(),
        window.get().left(),
        batch.height(),
        batch.width(),
        window.get().mirrored());
  }

  /** Adds up what is computed of the parts; to be read within the scope around the call. */
  DeviceNumbers sum(SampleBatch batch, PartValue value) {
    try (DeviceSum sum = new DeviceSum(state.model().manager())) {
      forEach(batch, (images, index, share) -> sum.add(value.of(images, index, share), 1));
      return sum.numbers();
    }
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

  /** Computes a loss of every part with its gradients, weighted by its share, and updates. */
  StepOutcome update(SampleBatch batch, PartValue loss) {
    forEach(
        batch,
        (images, index, share) ->
            state.optimizer().backward(() -> loss.of(images, index, share), share));
    return state.optimizer().step();
  }
}
