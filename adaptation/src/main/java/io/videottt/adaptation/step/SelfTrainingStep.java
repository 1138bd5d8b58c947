package io.videottt.adaptation.step;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.videottt.adaptation.frames.SampleBatch;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.model.FeatureMaps;
import io.videottt.model.Network;
import io.videottt.model.PixelDistribution;
import io.videottt.model.PixelDistribution.Labels;
import io.videottt.model.optimizer.StepOutcome;
import io.videottt.model.tensor.Autograd;
import io.videottt.model.tensor.DeviceNumbers;
import io.videottt.model.tensor.ImageTensors;
import java.util.ArrayList;
import java.util.List;
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
  public StepOutcome run(SampleBatch batch, StepDraws draws) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      BatchLabels labels = labels(batch);
      if (labels.count() == 0) {
        return StepOutcome.nothing();
      }
      MicroBatches.PartValue loss = lossSum(labels, draws);
      parts.forEach(
          batch,
          (images, index, share) ->
              state
                  .optimizer()
                  .backward(() -> loss.of(images, index, share), 1.0 / labels.count()));
      StepOutcome outcome = state.optimizer().step();
      // The labels' scope ends here.
      outcome.loss();
      return outcome;
    }
  }

  @Override
  public DeviceNumbers measure(SampleBatch batch, StepDraws draws) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      BatchLabels labels = labels(batch);
      if (labels.count() == 0) {
        return DeviceNumbers.of(0);
      }
      MicroBatches.PartValue loss = lossSum(labels, draws);
      DeviceNumbers sum =
          parts.sum(
              batch,
              (images, index, share) ->
                  Autograd.scaled(loss.of(images, index, share), 1.0 / labels.count()));
      return DeviceNumbers.of(sum.get(0));
    }
  }

  /** Labels by the model as it is, which belong to the caller's scope. */
  private BatchLabels labels(SampleBatch batch) {
    List<Labels> labels = new ArrayList<>();
    DeviceNumbers count =
        parts.sum(
            batch,
            (images, index, share) -> {
              Labels part =
                  distribution(network().encode(ImageTensors.unmasked(images)), images)
                      .confidentLabels(settings.selfTraining().confidenceThreshold());
              NDScope.unregister(part.classes());
              labels.add(part);
              return part.count();
            });
    labels.forEach(part -> NDScope.register(part.classes()));
    return new BatchLabels(labels, (long) count.get(0));
  }

  /** The loss of a part's labels, its masks drawn anew for every part. */
  private MicroBatches.PartValue lossSum(BatchLabels labels, StepDraws draws) {
    RandomGenerator random = draws.masks();
    RandomGenerator dropPath = draws.dropPath();
    return (images, index, share) ->
        lossSum(images, parts.visible(random, images), dropPath, labels.parts().get(index));
  }

  private NDArray lossSum(
      NDArray images, NDArray visible, RandomGenerator dropPath, Labels labels) {
    NDArray input = ImageTensors.masked(images, visible);
    FeatureMaps features =
        settings.dropPath()
            ? network().encodeForTraining(input, dropPath)
            : network().encode(input);
    return distribution(features, images).crossEntropySum(labels);
  }

  private PixelDistribution distribution(FeatureMaps features, NDArray images) {
    return network()
        .distribution(
            network().predict(features),
            Math.toIntExact(images.getShape().get(2)),
            Math.toIntExact(images.getShape().get(3)));
  }

  private Network network() {
    return state.model().network();
  }
}
