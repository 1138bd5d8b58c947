package io.videottt.model;

import ai.djl.ndarray.NDManager;
import java.util.List;

/** A family of networks: which parameters it has, and the functions over them. */
public interface Architecture {

  /** The parameters of f and h. */
  List<ParameterDefinition> mainParameters();

  /** The parameters of g. */
  List<ParameterDefinition> reconstructionParameters();

  /** How inputs are padded where config.json does not say it. */
  InputPadding padding();

  /** Whether a checkpoint may hold this tensor besides the parameters: buffers and the like. */
  boolean tolerates(String name);

  /**
   * The functions over the parameters.
   *
   * @param parameters of f and h, and of g where there is one
   * @param manager owner of what the network caches
   */
  Network network(Parameters parameters, NDManager manager);
}
