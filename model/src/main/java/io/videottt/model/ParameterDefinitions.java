package io.videottt.model;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/** Collects the parameters of one part of a network, in order. */
public final class ParameterDefinitions {

  private final Part part;
  private final List<ParameterDefinition> definitions = new ArrayList<>();

  public ParameterDefinitions(Part part) {
    this.part = part;
  }

  /** A single tensor that belongs to no normalisation layer. */
  public void add(String name, long... shape) {
    definitions.add(new ParameterDefinition(name, part, false, new Shape(shape)));
  }

  /**
   * Weight and bias of a linear layer or a convolution.
   *
   * @param shape of the weight; the bias has its first dimension
   */
  public void layer(String name, long... shape) {
    add(name + ".weight", shape);
    add(name + ".bias", shape[0]);
  }

  /** Weight and bias of a LayerNorm or GroupNorm. */
  public void norm(String name, long channels) {
    definitions.add(new ParameterDefinition(name + ".weight", part, true, new Shape(channels)));
    definitions.add(new ParameterDefinition(name + ".bias", part, true, new Shape(channels)));
  }

  public List<ParameterDefinition> list() {
    return List.copyOf(definitions);
  }
}
