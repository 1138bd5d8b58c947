package io.videottt.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.videottt.model.tensor.Autograd;
import io.videottt.model.tensor.TensorFunctions;
import io.videottt.model.tensor.Transfers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * The gradient of a loss with respect to the parameters of one part of a network, as one long
 * vector: something to measure, not to update with. Products are summed in 32 bits within a
 * parameter, in 64 across parameters. Owned by whoever made it.
 */
public final class GradientVector implements AutoCloseable {

  private final List<NDArray> values;

  private GradientVector(List<NDArray> values) {
    this.values = List.copyOf(values);
  }

  /**
   * Takes the gradients that {@link Autograd#backward} has left, and zeroes those of all parts.
   *
   * @param parameters of the network
   * @param part whose gradient is wanted; a parameter that had no part in the loss has zeros
   */
  public static GradientVector take(Parameters parameters, Part part) {
    return Autograd.withoutGradient(
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            List<NDArray> values = new ArrayList<>();
            List<NDArray> present = new ArrayList<>();
            for (Parameter parameter : parameters.all()) {
              NDArray gradient = JniUtils.getGradient((PtNDArray) parameter.value());
              if (parameter.part() == part) {
                NDArray value =
                    gradient == null ? parameter.value().zerosLike() : gradient.duplicate();
                NDScope.unregister(value);
                values.add(value);
              }
              if (gradient != null) {
                present.add(gradient);
              }
            }
            TensorFunctions.zeroAll(present);
            present.forEach(NDArray::close);
            return new GradientVector(values);
          }
        });
  }

  /** A copy of its own. */
  public GradientVector copy() {
    return Autograd.withoutGradient(
        () -> {
          List<NDArray> copies = values.stream().map(NDArray::duplicate).toList();
          copies.forEach(NDScope::unregister);
          return new GradientVector(copies);
        });
  }

  /** Adds another gradient of the same parameters to this one, in place. */
  public void add(GradientVector other) {
    Autograd.withoutGradient(
        () -> {
          for (int i = 0; i < values.size(); i++) {
            values.get(i).addi(other.values.get(i));
          }
          return this;
        });
  }

  /** The inner product with another gradient of the same parameters. */
  public double dot(GradientVector other) {
    return sum(i -> values.get(i).mul(other.values.get(i)));
  }

  /** The square of the Euclidean norm. */
  public double squaredNorm() {
    return dot(this);
  }

  /** The square of the Euclidean distance to another gradient of the same parameters. */
  public double squaredDistance(GradientVector other) {
    return sum(
        i -> {
          NDArray difference = values.get(i).sub(other.values.get(i));
          return difference.mul(difference);
        });
  }

  @FunctionalInterface
  private interface Term {
    NDArray of(int parameter);
  }

  private double sum(Term term) {
    DoubleSupplier total =
        () -> {
          double sum = 0;
          for (int i = 0; i < values.size(); i++) {
            try (NDScope scope = new NDScope()) {
              scope.suppressNotUsedWarning();
              sum += Transfers.number(term.of(i).sum());
            }
          }
          return sum;
        };
    return Autograd.withoutGradient(total::getAsDouble);
  }

  @Override
  public void close() {
    values.forEach(NDArray::close);
  }
}
