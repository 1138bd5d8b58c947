package io.videottt.adaptation.method;

import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.step.LayerNormAdaptation;
import io.videottt.adaptation.step.ResumableState;
import io.videottt.adaptation.step.StepReport;
import java.util.Optional;
import java.util.OptionalInt;

/** LN Adapt (Section 4): what the LayerNorms pass on follows the statistics of the stream. */
final class LnAdapt extends Method {

  private static final long serialVersionUID = 1;

  LnAdapt() {
    super(
        "ln-adapt",
        "LN Adapt",
        Role.PAPER,
        Sight.VIDEO_STREAM,
        "Takes no steps: the statistics that the normalisation layers pass on follow the frames so"
            + " far.");
  }

  @Override
  public boolean trains() {
    return false;
  }

  @Override
  public Needs needs() {
    return new Needs(false, false, true);
  }

  @Override
  public OptionalInt style() {
    return OptionalInt.of(8);
  }

  @Override
  protected boolean uses(String key, AdaptationSettings settings) {
    return key.equals("layerNorm.sourceFrames");
  }

  /** One look at the frame before its prediction. */
  @Override
  public double predictions(AdaptationSettings settings, int frames) {
    return super.predictions(settings, frames) + frames;
  }

  @Override
  public FrameSteps open(MethodContext context) {
    LayerNormAdaptation adaptation =
        new LayerNormAdaptation(
            context.model(),
            context.initial(),
            context.trainingStatistics(),
            context.settings().layerNorm().sourceFrames());
    return new FrameSteps() {
      @Override
      public StepReport before(SeenFrame frame) {
        adaptation.observe(frame.working());
        return StepReport.NOTHING;
      }

      @Override
      public Optional<ResumableState> state() {
        return Optional.of(adaptation);
      }

      @Override
      public void close() {
        adaptation.close();
      }
    };
  }
}
