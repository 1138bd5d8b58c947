package io.videottt.adaptation.method;

import io.videottt.adaptation.step.Objective;
import java.util.OptionalInt;

/** Tent with Class Balance (Section 4). */
final class TentClassBalance extends ClassBalancedMethod {

  private static final long serialVersionUID = 1;

  TentClassBalance() {
    super(
        "tent-class-balance",
        "Tent with Class Balance",
        Objective.ENTROPY,
        "Tent, started again where the predicted classes have changed too much.");
  }

  @Override
  public OptionalInt style() {
    return OptionalInt.of(10);
  }
}
