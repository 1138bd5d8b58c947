package io.videottt.adaptation.step;

import ai.djl.ndarray.NDArray;
import io.videottt.adaptation.frames.SampleBatch;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.model.Network;
import io.videottt.model.ReconstructionLoss;
import io.videottt.model.optimizer.StepOutcome;
import io.videottt.model.tensor.Autograd;
import io.videottt.model.tensor.DeviceNumbers;
import java.util.random.RandomGenerator;

/** One step of Eq. 2: the masked reconstruction loss of a batch, its gradient, an update. */
final class ReconstructionStep implements AdaptationStep {

  private final AdaptationState state;
  private final AdaptationSettings settings;
  private final MicroBatches parts;

  ReconstructionStep(AdaptationState state, AdaptationSettings settings) {
    this.state = state;
    this.settings = settings;
    this.parts = new MicroBatches(state, settings);
  }

  @Override
  public String lossName() {
    return "reconstruction loss";
  }

  @Override
  public StepOutcome run(SampleBatch batch, StepDraws draws) {
    return parts.update(batch, loss(draws));
  }

  @Override
  public DeviceNumbers measure(SampleBatch batch, StepDraws draws) {
    MicroBatches.PartValue loss = loss(draws);
    return parts.sum(
        batch, (images, index, share) -> Autograd.scaled(loss.of(images, index, share), share));
  }

  /** The loss of a part, its masks drawn anew for every part. */
  private MicroBatches.PartValue loss(StepDraws draws) {
    RandomGenerator random = draws.masks();
    RandomGenerator dropPath = draws.dropPath();
    return (images, index, share) -> loss(images, parts.visible(random, images), dropPath);
  }

  private NDArray loss(NDArray images, NDArray visible, RandomGenerator dropPath) {
    Network network = state.model().network();
    ReconstructionLoss loss = settings.reconstructionLoss();
    return settings.dropPath()
        ? loss.inTraining(network, images, visible, dropPath)
        : loss.of(network, images, visible);
  }
}
