package io.videottt.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.videottt.base.InvalidInputException;
import io.videottt.model.tensor.TensorFunctions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All trainable tensors of f, h and g by their checkpoint names, in a fixed order. */
public final class Parameters implements AutoCloseable {

  private final Map<String, Parameter> byName = new LinkedHashMap<>();
  private Set<String> trained = Set.of();

  /**
   * @param parameters named once each; from now on owned by this object
   */
  public Parameters(List<Parameter> parameters) {
    addAll(parameters);
  }

  /** Takes ownership of further parameters. */
  public void addAll(List<Parameter> parameters) {
    for (Parameter parameter : parameters) {
      if (byName.putIfAbsent(parameter.name(), parameter) != null) {
        throw new IllegalArgumentException("two parameters named " + parameter.name());
      }
      NDScope.unregister(parameter.value());
      parameter.value().setRequiresGradient(true);
    }
    Set<String> names = new HashSet<>(trained);
    parameters.forEach(parameter -> names.add(parameter.name()));
    trained = Set.copyOf(names);
  }

  /**
   * @throws IllegalArgumentException when there is none of that name
   */
  public NDArray get(String name) {
    Parameter parameter = byName.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException("no parameter named " + name);
    }
    return parameter.value();
  }

  /** Whether there is a parameter of that name. */
  public boolean contains(String name) {
    return byName.containsKey(name);
  }

  /** All parameters. */
  public List<Parameter> all() {
    return List.copyOf(byName.values());
  }

  /** The parameters of these parts. */
  public List<Parameter> select(Part... parts) {
    List<Part> wanted = Arrays.asList(parts);
    return byName.values().stream().filter(p -> wanted.contains(p.part())).toList();
  }

  /**
   * Chooses what gradients are computed for: for these and no others, which saves the work for the
   * others and keeps their gradients as they are. A new network computes all.
   */
  public void train(List<Parameter> trained) {
    Set<String> names = new HashSet<>();
    trained.forEach(parameter -> names.add(parameter.name()));
    byName.values().forEach(p -> p.value().setRequiresGradient(names.contains(p.name())));
    this.trained = Set.copyOf(names);
  }

  /** The names of the parameters that gradients are computed for. */
  Set<String> trained() {
    return trained;
  }

  /**
   * Copies values in, in place.
   *
   * @param values by the parameters' names; other parameters keep theirs
   * @throws InvalidInputException when there is no parameter of a name or a shape does not fit;
   *     nothing is copied then
   */
  public void assign(Map<String, NDArray> values) {
    List<NDArray> targets = new ArrayList<>();
    List<NDArray> sources = new ArrayList<>();
    values.forEach(
        (name, source) -> {
          if (!contains(name) || !get(name).getShape().equals(source.getShape())) {
            throw new InvalidInputException(
                "the values have %s of shape %s; this model has %s"
                    .formatted(
                        name,
                        source.getShape(),
                        contains(name) ? "shape " + get(name).getShape() : "no such parameter"));
          }
          targets.add(get(name));
          sources.add(source);
        });
    TensorFunctions.copyAll(targets, sources);
  }

  /** The tensors of some parameters by their names, in their order. */
  public static Map<String, NDArray> values(List<Parameter> parameters) {
    Map<String, NDArray> values = new LinkedHashMap<>();
    parameters.forEach(parameter -> values.put(parameter.name(), parameter.value()));
    return values;
  }

  /** The weights and biases of the normalisation layers of these parts. */
  public List<Parameter> selectNormAffine(Part... parts) {
    return select(parts).stream().filter(Parameter::normAffine).toList();
  }

  /** The number of scalars in all parameters. */
  public long count() {
    return byName.values().stream().mapToLong(p -> p.value().size()).sum();
  }

  /** Whether no parameter holds a NaN or an infinity. */
  public boolean allFinite() {
    List<NDArray> values = new ArrayList<>();
    for (Parameter parameter : byName.values()) {
      values.add(parameter.value());
    }
    return TensorFunctions.allFinite(values);
  }

  @Override
  public void close() {
    byName.values().forEach(p -> p.value().close());
  }
}
