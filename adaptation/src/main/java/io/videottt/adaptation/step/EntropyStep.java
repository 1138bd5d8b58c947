package io.videottt.adaptation.step;

import ai.djl.ndarray.NDArray;
import io.videottt.adaptation.frames.SampleBatch;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.model.FeatureMaps;
import io.videottt.model.Network;
import io.videottt.model.optimizer.StepOutcome;
import io.videottt.model.tensor.Autograd;
import io.videottt.model.tensor.DeviceNumbers;
import io.videottt.model.tensor.ImageTensors;
import java.util.random.RandomGenerator;

/**
 * One step of Tent (Wang et al., 2021): the mean entropy of the pixels' class distributions, of
 * whole, unmasked samples.
 *
 * <p>A network of pixels gives the distribution by its softmax. For Mask2Former, which classifies
 * queries, it is the semantic scores of its own inference, normalised over the classes: one loss
 * for all tasks, since the adaptation knows nothing of tasks. The authors' released code holds an
 * unused criterion that sums the scores over the image before the softmax and lacks the minus sign;
 * it is not followed. Both are taken at the resolution of the network's output, a quarter of the
 * input's.
 */
final class EntropyStep implements AdaptationStep {

  private final AdaptationState state;
  private final AdaptationSettings settings;
  private final MicroBatches parts;

  EntropyStep(AdaptationState state, AdaptationSettings settings) {
    this.state = state;
    this.settings = settings;
    this.parts = new MicroBatches(state, settings);
  }

  @Override
  public String lossName() {
    return "entropy";
  }

  @Override
  public StepOutcome run(SampleBatch batch, StepDraws draws) {
    RandomGenerator dropPath = draws.dropPath();
    return parts.update(batch, (images, index, share) -> entropy(images, dropPath));
  }

  @Override
  public DeviceNumbers measure(SampleBatch batch, StepDraws draws) {
    RandomGenerator dropPath = draws.dropPath();
    return parts.sum(
        batch, (images, index, share) -> Autograd.scaled(entropy(images, dropPath), share));
  }

  private NDArray entropy(NDArray images, RandomGenerator dropPath) {
    Network network = state.model().network();
    NDArray input = ImageTensors.unmasked(images);
    FeatureMaps features =
        settings.dropPath() ? network.encodeForTraining(input, dropPath) : network.encode(input);
    return network
        .distribution(
            network.predict(features),
            Math.toIntExact(images.getShape().get(2)),
            Math.toIntExact(images.getShape().get(3)))
        .meanEntropy();
  }
}
