package io.videottt.adaptation.step;

/**
 * What the steps of one frame report.
 *
 * @param lossBefore of the first batch before the first step
 * @param lossAfter of the last batch after the last step, NaN if not measured
 * @param gradientNorm of the last step, NaN if that one was skipped
 */
public record StepReport(double lossBefore, double lossAfter, double gradientNorm) {

  /** Of a frame without steps. */
  public static final StepReport NOTHING = new StepReport(Double.NaN, Double.NaN, Double.NaN);
}
