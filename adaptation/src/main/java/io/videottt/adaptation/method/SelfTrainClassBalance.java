package io.videottt.adaptation.method;

import io.videottt.adaptation.step.Objective;
import java.util.OptionalInt;

/** Self-Train with Class Balance (Section 4). */
final class SelfTrainClassBalance extends ClassBalancedMethod {

  private static final long serialVersionUID = 1;

  SelfTrainClassBalance() {
    super(
        "self-train-class-balance",
        "Self-Train with Class Balance",
        Objective.PSEUDO_LABELS,
        "Self-Train, started again where the predicted classes have changed too much.");
  }

  @Override
  public OptionalInt style() {
    return OptionalInt.of(12);
  }
}
