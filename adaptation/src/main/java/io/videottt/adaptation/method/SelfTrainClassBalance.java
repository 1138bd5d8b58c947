package io.videottt.adaptation.method;

import io.videottt.adaptation.step.Objective;
import io.videottt.base.Task;
import java.util.Optional;
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
  public Optional<String> limitation(Task task) {
    return Methods.SELF_TRAIN.limitation(task);
  }

  @Override
  public OptionalInt style() {
    return OptionalInt.of(12);
  }
}
