package io.videottt.adaptation.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.videottt.adaptation.engine.DivergenceException;
import io.videottt.adaptation.engine.Seeds;
import io.videottt.adaptation.frames.MaskChannel;
import io.videottt.model.Network;
import io.videottt.model.ReconstructionLoss;
import io.videottt.model.SegmentationTarget;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.optimizer.Optimizer;
import io.videottt.model.tensor.ImageTensors;
import io.videottt.model.tensor.PatchMask;
import java.util.List;
import java.util.random.RandomGenerator;

/** One iteration of training: losses, gradients, update. */
final class TrainingStep {

  private final SegmentationModel model;
  private final Optimizer optimizer;
  private final TrainingSettings settings;
  private final TrainingPhase phase;

  /**
   * @param main mean of the main task's loss over the batch, 0 where it is not trained
   * @param reconstruction mean of the reconstruction loss over the batch, 0 where it is not trained
   */
  record Losses(double main, double reconstruction) {}

  TrainingStep(
      SegmentationModel model,
      Optimizer optimizer,
      TrainingSettings settings,
      TrainingPhase phase) {
    this.model = model;
    this.optimizer = optimizer;
    this.settings = settings;
    this.phase = phase;
  }

  /**
   * @throws DivergenceException when a loss or the gradient is not finite; the parameters are then
   *     those before the step
   */
  Losses run(int iteration, TrainingBatches.Batch batch) {
    RandomGenerator points = Seeds.generator(settings.seed(), iteration, phase.id() + "/points");
    RandomGenerator masks = Seeds.generator(settings.seed(), iteration, phase.id() + "/mask");
    int size = batch.images().size();
    int part = settings.microBatchSize() == 0 ? size : settings.microBatchSize();
    double main = 0;
    double reconstruction = 0;
    for (int first = 0; first < size; first += part) {
      int end = Math.min(size, first + part);
      double share = (end - first) / (double) size;
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        NDArray images =
            ImageTensors.normalise(
                model.manager(), batch.images().subList(first, end), batch.height(), batch.width());
        if (phase.trainsMainTask()) {
          main += backwardMain(images, batch.targets().subList(first, end), points, share);
        }
        if (phase.trainsReconstruction()) {
          reconstruction += backwardReconstruction(images, masks, share);
        }
      }
    }
    requireFinite(iteration, "main loss", main);
    requireFinite(iteration, "reconstruction loss", reconstruction);
    double norm = optimizer.step(phase.of(settings).factor(iteration));
    if (!optimizer.skipped()) {
      requireFinite(iteration, "gradient norm", norm);
    }
    return new Losses(main, reconstruction);
  }

  private double backwardMain(
      NDArray images, List<SegmentationTarget> targets, RandomGenerator points, double share) {
    Network network = model.network();
    NDArray input =
        phase == TrainingPhase.JOINT
            ? ImageTensors.unmasked(images)
            : model.configuration().padding().pad(MaskChannel.unused(images), 0);
    return optimizer.backward(
        () ->
            network.mainLoss(
                network.encodeForTraining(input, points),
                targets,
                Math.toIntExact(images.getShape().get(2)),
                Math.toIntExact(images.getShape().get(3)),
                points),
        share);
  }

  private double backwardReconstruction(NDArray images, RandomGenerator masks, double share) {
    NDManager manager = model.manager();
    NDArray visible =
        PatchMask.draw(
            masks,
            manager,
            Math.toIntExact(images.getShape().get(0)),
            Math.toIntExact(images.getShape().get(2)),
            Math.toIntExact(images.getShape().get(3)),
            settings.maskPatch(),
            settings.maskRatio());
    // Alone, the loss needs no weight against another.
    boolean alone = !phase.trainsMainTask();
    double weight = alone ? 1 : settings.reconstructionWeight();
    if (weight == 0) {
      return 0;
    }
    ReconstructionLoss wanted = settings.reconstructionLoss();
    double loss =
        optimizer.backward(
            () ->
                alone
                    ? wanted.of(model.network(), images, visible)
                    : wanted.inTraining(model.network(), images, visible, masks),
            weight * share);
    return loss / weight;
  }

  private void requireFinite(int iteration, String name, double value) {
    if (!Double.isFinite(value)) {
      throw new DivergenceException(
          "phase %s: the %s is %s at iteration %d; lower the learning rate (%s) or clip gradients"
              .formatted(phase.id(), name, value, iteration, phase.of(settings).learningRate()));
    }
  }
}
