package io.videottt.adaptation.method;

import io.videottt.adaptation.frames.ColourStatistics;
import io.videottt.adaptation.step.StepReport;
import io.videottt.catalog.image.RgbImage;
import java.util.OptionalInt;

/**
 * Control: h0(f0), fixed, on frames whose channels are matched to the mean and deviation of the
 * training images. Tells what a plain colour correction would have gained.
 */
final class StandardisedFixed extends FixedMethod {

  private static final long serialVersionUID = 1;

  StandardisedFixed() {
    super(
        "standardised-fixed",
        "Standardised Fixed",
        Role.CONTROL,
        "The fixed model on frames whose colours are matched to the training images: what a plain"
            + " colour correction gains without any training.");
  }

  @Override
  public String subject() {
    return "Matching colours alone (%s)".formatted(title());
  }

  @Override
  public OptionalInt style() {
    return OptionalInt.of(4);
  }

  @Override
  public Needs needs() {
    return new Needs(false, false, true);
  }

  @Override
  public FrameSteps open(MethodContext context) {
    return new MatchedColours(context.trainingImages().statistics());
  }

  private record MatchedColours(ColourStatistics training) implements FrameSteps {

    @Override
    public RgbImage input(RgbImage working) {
      return training.match(working);
    }

    @Override
    public StepReport before(SeenFrame frame) {
      return StepReport.NOTHING;
    }
  }
}
