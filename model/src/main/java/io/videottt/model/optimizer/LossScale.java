package io.videottt.model.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.videottt.base.InvalidInputException;
import io.videottt.model.tensor.TensorFunctions;
import io.videottt.model.tensor.Transfers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a loss is multiplied by before its gradients are computed in half precision, so that small
 * ones do not vanish: 2^16 at first, half of it after a step whose gradients overflowed, twice as
 * much after 2,000 steps in a row whose gradients did not. The rule and its numbers are those of
 * PyTorch's {@code GradScaler}, which the authors' released code trains with.
 */
final class LossScale implements AutoCloseable {

  /** Below one there is nothing left that could vanish: the gradients themselves overflow. */
  private static final double LOWEST = 1;

  private static final int FIRST_EXPONENT = 16;
  private static final int STEPS_TO_GROW = 2000;
  private static final String STATE = "loss_scale";

  private final boolean used;
  private final NDArray stored;
  private int exponent = FIRST_EXPONENT;
  private int finiteSteps;

  /**
   * @param used whether losses are scaled at all
   * @param manager of the parameters' device
   */
  LossScale(boolean used, NDManager manager) {
    this.used = used;
    stored = used ? manager.zeros(new Shape(2)) : null;
    if (used) {
      NDScope.unregister(stored);
    }
  }

  /** Whether losses are scaled. */
  boolean isUsed() {
    return used;
  }

  /** The factor, 1 where losses are not scaled. */
  double factor() {
    return used ? Math.scalb(1.0, exponent) : 1;
  }

  /**
   * Learns how a step has ended.
   *
   * @param finite whether all of its gradients were
   * @return whether a step without an update is nothing but a scale that was too large
   */
  boolean ended(boolean finite) {
    if (!used) {
      return false;
    }
    if (!finite) {
      boolean lowered = factor() > LOWEST;
      exponent -= lowered ? 1 : 0;
      finiteSteps = 0;
      return lowered;
    }
    finiteSteps++;
    if (finiteSteps == STEPS_TO_GROW) {
      exponent++;
      finiteSteps = 0;
    }
    return false;
  }

  /** As at the start. */
  void reset() {
    exponent = FIRST_EXPONENT;
    finiteSteps = 0;
  }

  /** A state together with that of this scale. */
  Map<String, NDArray> addTo(Map<String, NDArray> state) {
    if (!used) {
      return state;
    }
    try (NDArray numbers = stored.getManager().create(new float[] {exponent, finiteSteps})) {
      TensorFunctions.copyAll(List.of(stored), List.of(numbers));
    }
    Map<String, NDArray> all = new LinkedHashMap<>(state);
    all.put(STATE, stored);
    return all;
  }

  /**
   * Takes over what {@link #addTo} has added.
   *
   * @return the rest
   * @throws InvalidInputException when it is missing
   */
  Map<String, NDArray> takeFrom(Map<String, NDArray> saved) {
    if (!used) {
      return saved;
    }
    Map<String, NDArray> rest = new LinkedHashMap<>(saved);
    NDArray own = rest.remove(STATE);
    if (own == null || !own.getShape().equals(stored.getShape())) {
      throw new InvalidInputException("the state has no " + STATE + " of two numbers");
    }
    float[] numbers = Transfers.floats(own);
    exponent = Math.round(numbers[0]);
    finiteSteps = Math.round(numbers[1]);
    return rest;
  }

  @Override
  public void close() {
    if (used) {
      stored.close();
    }
  }
}
