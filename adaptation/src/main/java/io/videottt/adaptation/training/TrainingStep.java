package io.videottt.adaptation.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.videottt.adaptation.engine.DivergenceException;
import io.videottt.adaptation.engine.Seeds;
import io.videottt.adaptation.frames.MaskChannel;
import io.videottt.model.Network;
import io.videottt.model.ReconstructionLoss;
import io.videottt.model.TrainingTarget;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.optimizer.Optimizer;
import io.videottt.model.optimizer.StepOutcome;
import io.videottt.model.tensor.DeviceNumbers;
import io.videottt.model.tensor.DeviceSum;
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
    try (NDScope outer = new NDScope();
        DeviceSum main = new DeviceSum(model.manager());
        DeviceSum reconstruction = new DeviceSum(model.manager())) {
      outer.suppressNotUsedWarning();
      for (int first = 0; first < size; first += part) {
        int end = Math.min(size, first + part);
        double share = (end - first) / (double) size;
        try (NDScope scope = new NDScope()) {
          scope.suppressNotUsedWarning();
          NDArray images =
              ImageTensors.normalise(
                  model.manager(),
                  batch.images().subList(first, end),
                  batch.height(),
                  batch.width());
          if (phase.trainsMainTask()) {
            backwardMain(images, batch.targets().subList(first, end), points, share, main);
          }
          if (phase.trainsReconstruction()) {
            backwardReconstruction(images, masks, share, reconstruction);
          }
        }
      }
      return losses(iteration, main.numbers(), reconstruction.numbers());
    }
  }

  /** Updates, and waits for the losses and the norm. */
  private Losses losses(int iteration, DeviceNumbers main, DeviceNumbers reconstruction) {
    StepOutcome outcome = optimizer.step(phase.of(settings).factor(iteration));
    DeviceNumbers.read(List.of(main, reconstruction, outcome.numbers()));
    requireFinite(iteration, "main loss", main.get(0));
    requireFinite(iteration, "reconstruction loss", reconstruction.get(0));
    if (!outcome.skipped()) {
      requireFinite(iteration, "gradient norm", outcome.gradientNorm());
    }
    double weight = reconstructionWeight();
    return new Losses(main.get(0), weight == 0 ? 0 : reconstruction.get(0) / weight);
  }

  private void backwardMain(
      NDArray images,
      List<TrainingTarget> targets,
      RandomGenerator points,
      double share,
      DeviceSum losses) {
    Network network = model.network();
    NDArray input =
        phase == TrainingPhase.JOINT
            ? ImageTensors.unmasked(images)
            : model.configuration().padding().pad(MaskChannel.unused(images), 0);
    optimizer.backward(
        () ->
            network.mainLoss(
                network.encodeForTraining(input, points),
                targets,
                Math.toIntExact(images.getShape().get(2)),
                Math.toIntExact(images.getShape().get(3)),
                points),
        share,
        losses);
  }

  private void backwardReconstruction(
      NDArray images, RandomGenerator masks, double share, DeviceSum losses) {
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
    double weight = reconstructionWeight();
    if (weight == 0) {
      return;
    }
    ReconstructionLoss wanted = settings.reconstructionLoss();
    optimizer.backward(
        () ->
            phase.trainsMainTask()
                ? wanted.inTraining(model.network(), images, visible, masks)
                : wanted.of(model.network(), images, visible),
        weight * share,
        losses);
  }

  /** Alone, the loss needs no weight against another. */
  private double reconstructionWeight() {
    return phase.trainsMainTask() ? settings.reconstructionWeight() : 1;
  }

  private void requireFinite(int iteration, String name, double value) {
    if (!Double.isFinite(value)) {
      throw new DivergenceException(
          "phase %s: the %s is %s at iteration %d; lower the learning rate (%s) or clip gradients"
              .formatted(phase.id(), name, value, iteration, phase.of(settings).learningRate()));
    }
  }
}
