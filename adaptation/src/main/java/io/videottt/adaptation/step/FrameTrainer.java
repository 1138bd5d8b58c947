package io.videottt.adaptation.step;

import ai.djl.ndarray.NDScope;
import io.videottt.adaptation.engine.DivergenceException;
import io.videottt.adaptation.engine.Seeds;
import io.videottt.adaptation.frames.SampleBatch;
import io.videottt.adaptation.frames.SampleOrder;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.catalog.image.RgbImage;
import io.videottt.model.optimizer.StepOutcome;
import io.videottt.model.tensor.DeviceNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Takes the steps of one frame after the other, each on a batch of samples of its own. */
public final class FrameTrainer {

  private final AdaptationStep step;
  private final AdaptationSettings settings;
  private final long seed;

  /**
   * A trainer.
   *
   * @param step what is done with a batch
   * @param seed decides every random draw, together with the position
   */
  public FrameTrainer(AdaptationStep step, AdaptationSettings settings, long seed) {
    this.step = step;
    this.settings = settings;
    this.seed = seed;
  }

  /**
   * Takes the steps of one frame.
   *
   * @param position of the frame, for messages
   * @param draws position that the frame's random draws belong to
   * @param first the first of the images that samples are cut out of
   * @param count number of those images
   * @param images from {@code first} on
   * @throws DivergenceException when a loss or gradient is not finite
   */
  public StepReport takeSteps(
      int position, long draws, int first, int count, IntFunction<RgbImage> images) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      List<StepOutcome> outcomes = new ArrayList<>();
      DeviceNumbers after = DeviceNumbers.of(Double.NaN);
      SampleOrder.Choice choice = choice(draws, first, count);
      for (int iteration = 0; iteration < settings.iterationsPerFrame(); iteration++) {
        long draw = draws * settings.iterationsPerFrame() + iteration;
        SampleBatch batch =
            SampleBatch.draw(
                Seeds.generator(seed, draw, "samples"),
                settings.samplePolicy(),
                settings.batchSize(),
                choice,
                images);
        StepDraws stepDraws = new StepDraws(seed, draw, "");
        outcomes.add(step.run(batch, stepDraws));
        if (settings.measureLossAfter() && iteration == settings.iterationsPerFrame() - 1) {
          after = step.measure(batch, stepDraws);
        }
      }
      return report(position, outcomes, after);
    }
  }

  /** Waits for the frame's steps, once. */
  private StepReport report(int position, List<StepOutcome> outcomes, DeviceNumbers after) {
    List<DeviceNumbers> numbers = new ArrayList<>();
    outcomes.forEach(outcome -> numbers.add(outcome.numbers()));
    numbers.add(after);
    DeviceNumbers.read(numbers);
    for (StepOutcome outcome : outcomes) {
      requireFinite(step.lossName(), outcome.loss(), position);
      if (!outcome.skipped()) {
        requireFinite("gradient norm", outcome.gradientNorm(), position);
      }
    }
    if (settings.measureLossAfter()) {
      requireFinite(step.lossName() + " after the step", after.get(0), position);
    }
    StepOutcome last = outcomes.get(outcomes.size() - 1);
    return new StepReport(outcomes.get(0).loss(), after.get(0), last.gradientNorm());
  }

  /** Passes go on over the iterations of a frame and begin anew with the next frame's memory. */
  private SampleOrder.Choice choice(long draws, int first, int count) {
    long frameSeed = Seeds.of(seed, draws, "passes");
    SampleOrder.Choice choice =
        settings.sampleOrder().of(count, pass -> Seeds.generator(frameSeed, pass, "order"), 0);
    return random -> first + choice.next(random);
  }

  private void requireFinite(String name, double value, int position) {
    if (!Double.isFinite(value)) {
      throw new DivergenceException(
          "the %s is %s at frame %d; lower the learning rate (%s) or clip gradients"
              .formatted(name, value, position, settings.learningRate()));
    }
  }
}
