package io.videottt.adaptation.method;

import io.videottt.adaptation.engine.DivergenceException;
import io.videottt.adaptation.engine.Seeds;
import io.videottt.adaptation.frames.SampleBatch;
import io.videottt.adaptation.frames.SampleOrder;
import io.videottt.adaptation.inference.FramePredictor;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.step.AdaptationState;
import io.videottt.adaptation.step.AdaptationStep;
import io.videottt.adaptation.step.Objective;
import io.videottt.adaptation.step.ResumableState;
import io.videottt.adaptation.step.StepDraws;
import io.videottt.model.optimizer.StepOutcome;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Offline TTT-MAE All Frames (Section 4): one model per video, trained on batches from all of its
 * frames.
 */
final class OfflineTttMaeAllFrames extends Method {

  private static final long serialVersionUID = 1;

  OfflineTttMaeAllFrames() {
    super(
        "offline-ttt-mae-all-frames",
        "Offline TTT-MAE All Frames",
        Role.PAPER,
        Sight.ENTIRE_VIDEO,
        "Trains one model on all frames of the video, those to come among them, and reports the"
            + " iteration that scores best: an oracle.");
  }

  @Override
  public Needs needs() {
    return Needs.RECONSTRUCTION;
  }

  @Override
  public OptionalInt style() {
    return OptionalInt.of(3);
  }

  @Override
  protected boolean uses(String key, AdaptationSettings settings) {
    return switch (key) {
      case "offlineIterations" -> true;
      case "offlineEvaluations" -> !settings.offlineEvaluations().isEmpty();
      case "offlineEvaluationStep" -> settings.offlineEvaluations().isEmpty();
      default -> StepSettings.uses(key, settings, Objective.RECONSTRUCTION);
    };
  }

  @Override
  public double predictions(AdaptationSettings settings, int frames) {
    double evaluations =
        settings.offlineEvaluations().isEmpty()
            ? settings.offlineIterations() / (double) settings.offlineEvaluationStep()
            : settings.offlineEvaluations().size();
    return settings.offlineIterations()
            * StepSettings.predictions(settings, Objective.RECONSTRUCTION)
        + evaluations * frames * settings.prediction().votes();
  }

  /** It takes the same steps, many of them before its first frame. */
  @Override
  public Method warmsUpWith() {
    return Methods.ONLINE_TTT_MAE;
  }

  @Override
  public VideoSteps open(MethodContext context) {
    return new WholeVideo(context);
  }

  private static final class WholeVideo implements VideoSteps {

    private final MethodContext context;
    private final AdaptationState state;
    private final AdaptationStep step;

    WholeVideo(MethodContext context) {
      this.context = context;
      this.state =
          new AdaptationState(
              context.model(), context.initial(), Objective.RECONSTRUCTION, context.settings());
      this.step = Objective.RECONSTRUCTION.step(state, context.settings());
    }

    @Override
    public void iterate(int iteration) {
      AdaptationSettings settings = context.settings();
      long seed = context.seed();
      SampleOrder.Choice choice =
          settings
              .sampleOrder()
              .of(
                  context.video().frameCount(),
                  pass -> Seeds.generator(seed, pass, "offline passes"),
                  (iteration - 1L) * settings.batchSize());
      SampleBatch batch =
          SampleBatch.draw(
              Seeds.generator(seed, iteration, "offline samples"),
              settings.samplePolicy(),
              settings.batchSize(),
              choice,
              context.frames()::get);
      StepDraws draws = new StepDraws(seed, iteration, "offline ");
      FramePredictor.inScope(
          () -> {
            requireFinite(iteration, step.run(batch, draws));
            return null;
          });
    }

    private void requireFinite(int iteration, StepOutcome outcome) {
      if (!Double.isFinite(outcome.loss())
          || !outcome.skipped() && !Double.isFinite(outcome.gradientNorm())) {
        throw new DivergenceException(
            "the reconstruction loss is %s, its gradient's norm %s at iteration %d; lower the"
                    .formatted(outcome.loss(), outcome.gradientNorm(), iteration)
                + " learning rate (%s) or clip gradients"
                    .formatted(context.settings().learningRate()));
      }
    }

    @Override
    public Optional<ResumableState> state() {
      return Optional.of(state);
    }

    @Override
    public void close() {
      state.close();
    }
  }
}
