package io.videottt.model;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/** Collects the parameters of one part of a network, in order. */
final class ParameterDefinitions {

  private final Part part;
  private final List<ParameterDefinition> definitions = new ArrayList<>();

  ParameterDefinitions(Part part) {
    this.part = part;
  }

  /** A single tensor that belongs to no normalisation layer. */
  void add(String name, long... shape) {
    definitions.add(new ParameterDefinition(name, part, false, new Shape(shape)));
  }

  /**
   * Weight and bias of a linear layer or a convolution.
   *
   * @param shape of the weight; the bias has its first dimension
   */
  void layer(String name, long... shape) {
    add(name + ".weight", shape);
    add(name + ".bias", shape[0]);
  }

  /** Weight and bias of a LayerNorm or GroupNorm. */
  void norm(String name, long channels) {
    definitions.add(new ParameterDefinition(name + ".weight", part, true, new Shape(channels)));
    definitions.add(new ParameterDefinition(name + ".bias", part, true, new Shape(channels)));
  }

  List<ParameterDefinition> list() {
    return List.copyOf(definitions);
  }
}
