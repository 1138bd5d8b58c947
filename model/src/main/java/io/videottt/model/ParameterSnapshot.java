package io.videottt.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import java.util.ArrayList;
import java.util.List;

/** A copy of parameter values, allocated once, captured and restored in place. */
public final class ParameterSnapshot implements AutoCloseable {

  private final List<NDArray> values;
  private final List<NDArray> copies = new ArrayList<>();

  private ParameterSnapshot(List<NDArray> values) {
    this.values = values;
    for (NDArray value : values) {
      NDArray copy = value.getManager().zeros(value.getShape());
      NDScope.unregister(copy);
      copies.add(copy);
    }
  }

  /** A snapshot of the parameters as they are now. */
  public static ParameterSnapshot of(List<Parameter> parameters) {
    ParameterSnapshot snapshot =
        new ParameterSnapshot(parameters.stream().map(Parameter::value).toList());
    snapshot.capture();
    return snapshot;
  }

  /** Overwrites the snapshot with the parameters as they are now. */
  public void capture() {
    TensorFunctions.copyAll(copies, values);
  }

  /** Sets the parameters back to the snapshot. */
  public void restore() {
    TensorFunctions.copyAll(values, copies);
  }

  @Override
  public void close() {
    copies.forEach(NDArray::close);
  }
}
