package io.videottt.adaptation.step;

import io.videottt.adaptation.engine.DivergenceException;
import io.videottt.adaptation.engine.Seeds;
import io.videottt.adaptation.frames.SampleBatch;
import io.videottt.adaptation.frames.SampleOrder;
import io.videottt.adaptation.frames.TrainingImages;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.settings.Procedure;
import io.videottt.adaptation.settings.Procedure.Memory;
import io.videottt.catalog.image.RgbImage;
import java.util.function.IntFunction;

/**
 * Test-time training on a stream: looks at every frame before it is predicted and takes steps on
 * what the procedure remembers.
 */
public final class StreamTrainer {

  /** What a method reports that takes no steps. */
  public static final Report NOTHING = new Report(Double.NaN, Double.NaN, Double.NaN);

  private final Procedure procedure;
  private final AdaptationSettings settings;
  private final long unitSeed;
  private final AdaptationState state;
  private final AdaptationStep step;
  private final ClassBalance classBalance;
  private final TrainingImages foreign;

  /**
   * @param lossBefore of the first batch before the first step
   * @param lossAfter of the last batch after the last step, NaN if not measured
   * @param gradientNorm of the last step, NaN if that one was skipped
   */
  public record Report(double lossBefore, double lossAfter, double gradientNorm) {}

  /**
   * @param foreign the training images where the procedure samples from them, else null
   */
  public StreamTrainer(
      Procedure procedure,
      AdaptationSettings settings,
      long unitSeed,
      AdaptationState state,
      TrainingImages foreign) {
    this.procedure = procedure;
    this.settings = settings;
    this.unitSeed = unitSeed;
    this.state = state;
    this.step = AdaptationStep.of(procedure.objective(), state, settings);
    this.classBalance = new ClassBalance(state, settings.classBalance().threshold());
    this.foreign = foreign;
  }

  /**
   * Takes the steps of one frame.
   *
   * @param index position of the frame, one more than at the call before
   * @param frame the frame as it is
   * @param working the frame at working resolution
   * @throws DivergenceException when a loss or gradient is not finite
   */
  public Report observe(int index, RgbImage frame, RgbImage working) {
    if (procedure.startsAgain()) {
      state.startAgain();
    } else if (settings.resetOptimizer()) {
      state.optimizer().reset();
    }
    int first = 0;
    int count;
    IntFunction<RgbImage> frames;
    if (procedure.memory() instanceof Memory.Window window) {
      first = Math.max(0, index - window.frames() + 1);
      count = index - first + 1;
      state.frames().add(index, sampled(frame, working), first);
      frames = state.frames()::get;
    } else if (procedure.memory() instanceof Memory.TrainingSet) {
      count = foreign.count();
      frames = image -> foreign.get(image).pixels();
    } else {
      throw new IllegalStateException("no stream: " + procedure);
    }
    Report report = steps(index, first, count, frames);
    if (procedure.classBalance()) {
      classBalance.resetIfCollapsed(working);
    }
    return report;
  }

  /** The frame at the resolution that samples are cut out of. */
  private RgbImage sampled(RgbImage frame, RgbImage working) {
    return settings.samplingSize().equals(settings.workingSize())
        ? working
        : state.frames().resized(frame);
  }

  private Report steps(int index, int first, int count, IntFunction<RgbImage> frames) {
    SampleOrder.Choice choice = choice(index, first, count);
    double before = Double.NaN;
    double after = Double.NaN;
    double norm = Double.NaN;
    for (int iteration = 0; iteration < settings.iterationsPerFrame(); iteration++) {
      long draw = seedPosition(index) * settings.iterationsPerFrame() + iteration;
      SampleBatch batch =
          SampleBatch.draw(
              Seeds.generator(unitSeed, draw, "samples"),
              settings.samplePolicy(),
              settings.batchSize(),
              choice,
              frames);
      StepDraws draws = new StepDraws(unitSeed, draw, "");
      AdaptationStep.Report report = step.run(batch, draws);
      requireFinite(step.lossName(), report.loss(), index);
      if (!report.skipped()) {
        requireFinite("gradient norm", report.gradientNorm(), index);
      }
      before = iteration == 0 ? report.loss() : before;
      norm = report.gradientNorm();
      if (settings.measureLossAfter() && iteration == settings.iterationsPerFrame() - 1) {
        after = step.measure(batch, draws);
        requireFinite(step.lossName() + " after the step", after, index);
      }
    }
    return new Report(before, after, norm);
  }

  /** Passes go on over the iterations of a frame and begin anew with the next frame's memory. */
  private SampleOrder.Choice choice(int index, int first, int count) {
    long frameSeed = Seeds.of(unitSeed, seedPosition(index), "passes");
    SampleOrder.Choice choice =
        settings.sampleOrder().of(count, pass -> Seeds.generator(frameSeed, pass, "order"), 0);
    return random -> first + choice.next(random);
  }

  /**
   * Without any memory a frame's result must not depend on where in the video it stands, so that
   * every frame draws as the first one does.
   */
  private long seedPosition(int index) {
    boolean noMemory =
        procedure.startsAgain()
            && procedure.memory() instanceof Memory.Window window
            && window.frames() == 1;
    return noMemory ? 0 : index;
  }

  private void requireFinite(String name, double value, int index) {
    if (!Double.isFinite(value)) {
      throw new DivergenceException(
          "the %s is %s at frame %d; lower the learning rate (%s) or clip gradients"
              .formatted(name, value, index, settings.learningRate()));
    }
  }
}
