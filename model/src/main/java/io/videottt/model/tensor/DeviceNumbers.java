package io.videottt.model.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.Arrays;
import java.util.List;

/**
 * A few numbers that stay on the device until somebody wants them, so that what is computed next
 * need not wait. Those of several computations are read at once.
 */
public final class DeviceNumbers {

  private NDArray tensor;
  private double[] values;

  /**
   * @param tensor float64 [n]; must live until the numbers are read
   */
  public DeviceNumbers(NDArray tensor) {
    this.tensor = tensor;
  }

  /** Numbers that are known. */
  public static DeviceNumbers of(double... values) {
    DeviceNumbers numbers = new DeviceNumbers(null);
    numbers.values = values.clone();
    return numbers;
  }

  /** One of the numbers; the first call reads all. */
  public double get(int index) {
    read(List.of(this));
    return values[index];
  }

  /** Reads all that was not read yet, in one copy. */
  public static void read(List<DeviceNumbers> all) {
    List<DeviceNumbers> unread = all.stream().filter(numbers -> numbers.values == null).toList();
    if (unread.isEmpty()) {
      return;
    }
    NDList tensors = new NDList();
    unread.forEach(numbers -> tensors.add(numbers.tensor));
    double[] joined;
    if (unread.size() == 1) {
      joined = Transfers.doubles(tensors.get(0));
    } else {
      try (NDArray one = NDArrays.concat(tensors)) {
        joined = Transfers.doubles(one);
      }
    }
    int first = 0;
    for (DeviceNumbers numbers : unread) {
      int end = first + Math.toIntExact(numbers.tensor.size());
      numbers.values = Arrays.copyOfRange(joined, first, end);
      numbers.tensor = null;
      first = end;
    }
  }
}
