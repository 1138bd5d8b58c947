package io.videottt.model.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** A sum of scalars in double precision that grows on the device. */
public final class DeviceSum implements AutoCloseable {

  private final NDArray total;

  /** A sum of 0 on the manager's device. */
  public DeviceSum(NDManager manager) {
    total = manager.zeros(new Shape(1), DataType.FLOAT64);
    NDScope.unregister(total);
  }

  /**
   * Adds a scalar.
   *
   * @param scalar of any real type, added as {@code scalar / divisor}
   */
  public void add(NDArray scalar, double divisor) {
    TensorFunctions.call(total.getManager(), "add_to", total, scalar, divisor).close();
  }

  /** The sum, float64 [1]; changes with it. */
  public NDArray tensor() {
    return total;
  }

  /** The sum as it is now, wherever it is read. */
  public DeviceNumbers numbers() {
    return new DeviceNumbers(total.duplicate());
  }

  /** Starts again at 0. */
  public void clear() {
    TensorFunctions.zeroAll(List.of(total));
  }

  @Override
  public void close() {
    total.close();
  }
}
