package io.videottt.model;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;

/** Looks up the parameters of a module by their names below its prefix. */
public record NamedWeights(Parameters parameters, String prefix) {

  public NamedWeights below(String name) {
    return new NamedWeights(parameters, prefix + name);
  }

  public NDArray get(String name) {
    return parameters.get(prefix + name);
  }

  /** Weight and bias of each module, one after the other. */
  public List<NDArray> pairs(String... modules) {
    List<NDArray> pairs = new ArrayList<>();
    for (String module : modules) {
      pairs.add(get(module + ".weight"));
      pairs.add(get(module + ".bias"));
    }
    return pairs;
  }
}
