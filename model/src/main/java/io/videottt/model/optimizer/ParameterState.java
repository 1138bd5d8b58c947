package io.videottt.model.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.videottt.base.InvalidInputException;
import io.videottt.model.Parameter;
import io.videottt.model.tensor.TensorFunctions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Zero-initialised tensors beside parameters, updated and reset in place. */
public final class ParameterState implements AutoCloseable {

  private final Map<String, NDArray> tensors = new LinkedHashMap<>();

  /**
   * @param kind what the tensors hold, the last part of their names
   * @param scalar whether one number is kept per parameter instead of one per element
   * @return one tensor per parameter, owned by this object
   */
  public List<NDArray> add(String kind, List<Parameter> parameters, boolean scalar) {
    List<NDArray> added = new ArrayList<>();
    for (Parameter parameter : parameters) {
      NDManager manager = parameter.value().getManager();
      NDArray zeros = manager.zeros(scalar ? new Shape() : parameter.value().getShape());
      NDScope.unregister(zeros);
      tensors.put(parameter.name() + "." + kind, zeros);
      added.add(zeros);
    }
    return added;
  }

  public Map<String, NDArray> tensors() {
    return Map.copyOf(tensors);
  }

  public void zero() {
    TensorFunctions.zeroAll(List.copyOf(tensors.values()));
  }

  public void restore(Map<String, NDArray> saved) {
    for (String name : saved.keySet()) {
      if (!tensors.containsKey(name)) {
        throw new InvalidInputException(
            "the state has " + name + ", which this model or method does not have");
      }
    }
    List<NDArray> targets = new ArrayList<>();
    List<NDArray> sources = new ArrayList<>();
    tensors.forEach(
        (name, target) -> {
          NDArray source = saved.get(name);
          if (source == null || !source.getShape().equals(target.getShape())) {
            throw new InvalidInputException(
                "the state of "
                    + name
                    + " is "
                    + (source == null ? "missing" : "of shape " + source.getShape())
                    + "; this model needs "
                    + target.getShape());
          }
          targets.add(target);
          sources.add(source);
        });
    TensorFunctions.copyAll(targets, sources);
  }

  @Override
  public void close() {
    tensors.values().forEach(NDArray::close);
  }
}
