package io.videottt.adaptation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.videottt.model.ImageTensors;
import io.videottt.model.Network;
import io.videottt.model.PixelDistribution;
import io.videottt.model.PixelDistribution.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * One step of self-training: the current model labels the pixels of the whole samples that it is
 * confident about, and is trained to predict these labels from the samples with most patches
 * dropped. The loss is the mean negative logarithm of the labels' probabilities over the labelled
 * pixels of the whole batch; a batch without any changes nothing.
 *
 * <p>The probabilities are those of {@link EntropyStep}: Mask2Former has none of its own for
 * pixels.
 */
final class SelfTrainingStep implements AdaptationStep {

  private final AdaptationState state;
  private final AdaptationSettings settings;
  private final MicroBatches parts;

  /** The labels of a batch, a tensor for each part. */
  private record BatchLabels(List<Labels> parts, long count) {}

  SelfTrainingStep(AdaptationState state, AdaptationSettings settings) {
    this.state = state;
    this.settings = settings;
    this.parts = new MicroBatches(state, settings);
  }

  @Override
  public String lossName() {
    return "loss of the pseudo-labels";
  }

  @Override
  public Report run(SampleBatch batch, Supplier<RandomGenerator> masks) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      BatchLabels labels = labels(batch);
      if (labels.count() == 0) {
        return new Report(0, 0);
      }
      RandomGenerator random = masks.get();
      return parts.update(
          parts.sum(
              batch,
              (images, index, share) -> {
                NDArray visible = parts.visible(random, images);
                return parts.backward(
                    () -> lossSum(images, visible, labels.parts().get(index)),
                    1.0 / labels.count());
              }));
    }
  }

  @Override
  public double measure(SampleBatch batch, Supplier<RandomGenerator> masks) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      BatchLabels labels = labels(batch);
      if (labels.count() == 0) {
        return 0;
      }
      RandomGenerator random = masks.get();
      return parts.sum(
          batch,
          (images, index, share) -> {
            NDArray visible = parts.visible(random, images);
            NDArray sum = lossSum(images, visible, labels.parts().get(index));
            return parts.scaled(sum, 1.0 / labels.count()).getFloat();
          });
    }
  }

  /** Labels by the model as it is, which belong to the caller's scope. */
  private BatchLabels labels(SampleBatch batch) {
    List<Labels> labels = new ArrayList<>();
    double count =
        parts.sum(
            batch,
            (images, index, share) -> {
              Labels part =
                  distribution(ImageTensors.unmasked(images))
                      .confidentLabels(settings.selfTraining().confidenceThreshold());
              NDScope.unregister(part.classes());
              labels.add(part);
              return part.count();
            });
    labels.forEach(part -> NDScope.register(part.classes()));
    return new BatchLabels(labels, (long) count);
  }

  private NDArray lossSum(NDArray images, NDArray visible, Labels labels) {
    return distribution(ImageTensors.masked(images, visible)).crossEntropySum(labels);
  }

  private PixelDistribution distribution(NDArray input) {
    Network network = state.model().network();
    return network.distribution(network.predict(network.encode(input)));
  }
}
