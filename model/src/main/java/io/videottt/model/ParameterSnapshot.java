package io.videottt.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.videottt.model.tensor.TensorFunctions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A copy of parameter values, allocated once, captured and restored in place. */
public final class ParameterSnapshot implements AutoCloseable {

  private final Map<String, NDArray> values = new LinkedHashMap<>();
  private final Map<String, NDArray> copies = new LinkedHashMap<>();

  private ParameterSnapshot(List<Parameter> parameters) {
    for (Parameter parameter : parameters) {
      NDArray value = parameter.value();
      NDArray copy = value.getManager().zeros(value.getShape());
      NDScope.unregister(copy);
      values.put(parameter.name(), value);
      copies.put(parameter.name(), copy);
    }
  }

  /** A snapshot of the parameters as they are now. */
  public static ParameterSnapshot of(List<Parameter> parameters) {
    ParameterSnapshot snapshot = new ParameterSnapshot(parameters);
    snapshot.capture();
    return snapshot;
  }

  /** Overwrites the snapshot with the parameters as they are now. */
  public void capture() {
    TensorFunctions.copyAll(List.copyOf(copies.values()), List.copyOf(values.values()));
  }

  /** Sets the parameters back to the snapshot. */
  public void restore() {
    TensorFunctions.copyAll(List.copyOf(values.values()), List.copyOf(copies.values()));
  }

  /**
   * Sets some of the parameters back to the snapshot.
   *
   * @param parameters all of them in the snapshot
   */
  public void restore(List<Parameter> parameters) {
    List<NDArray> targets = new ArrayList<>();
    List<NDArray> sources = new ArrayList<>();
    for (Parameter parameter : parameters) {
      if (values.get(parameter.name()) != parameter.value()) {
        throw new IllegalArgumentException("not in the snapshot: " + parameter.name());
      }
      targets.add(parameter.value());
      sources.add(copies.get(parameter.name()));
    }
    TensorFunctions.copyAll(targets, sources);
  }

  @Override
  public void close() {
    copies.values().forEach(NDArray::close);
  }
}
