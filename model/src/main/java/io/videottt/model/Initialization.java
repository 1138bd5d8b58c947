package io.videottt.model;

import ai.djl.ndarray.NDManager;
import java.util.List;

/** Values of parameters before any training. */
final class Initialization {

  private Initialization() {}

  /**
   * Draws parameters, each from a generator of its own seeded by {@code seed} and its name, so that
   * g can be drawn alone.
   *
   * @return one per definition, native copies owned by the manager
   */
  static List<Parameter> initialise(
      ModelConfiguration configuration,
      List<ParameterDefinition> definitions,
      long seed,
      NDManager manager) {
    throw new UnsupportedOperationException("initialisation of " + configuration);
  }
}
