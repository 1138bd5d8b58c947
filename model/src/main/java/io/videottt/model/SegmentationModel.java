package io.videottt.model;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A Y-shaped network with its parameters, as a model folder holds it. */
public final class SegmentationModel implements AutoCloseable {

  private final ModelConfiguration configuration;
  private final NDManager manager;
  private final Parameters parameters;
  private final Network network;
  private String fingerprint;

  private SegmentationModel(
      ModelConfiguration configuration, NDManager manager, Parameters parameters) {
    this.configuration = configuration;
    this.manager = manager;
    this.parameters = parameters;
    this.network = Architecture.of(configuration).network(parameters, manager);
  }

  /**
   * Loads a model folder: {@code config.json}, {@code model.safetensors} and, where there is one,
   * {@code reconstruction.safetensors}.
   *
   * @throws io.videottt.metrics.InvalidInputException when a file is missing, damaged, or does not
   *     fit the others
   */
  public static SegmentationModel load(Path folder, Configuration hadoop, Device device) {
    throw new UnsupportedOperationException();
  }

  /** A model with freshly drawn parameters of f, h and g. */
  public static SegmentationModel initialise(
      ModelConfiguration configuration, long seed, Device device) {
    throw new UnsupportedOperationException();
  }

  /** The sizes. */
  public ModelConfiguration configuration() {
    return configuration;
  }

  /** f, h and g. */
  public Network network() {
    return network;
  }

  /** All parameters. */
  public Parameters parameters() {
    return parameters;
  }

  /** Owner of the parameters, on the model's device. */
  public NDManager manager() {
    return manager;
  }

  /** Whether there is a reconstruction decoder g. */
  public boolean hasReconstruction() {
    return !parameters.select(Part.RECONSTRUCTION).isEmpty();
  }

  /** Gives a model without g a freshly drawn one; without effect where there is one. */
  public void initialiseReconstruction(long seed) {
    throw new UnsupportedOperationException();
  }

  /** SHA-256 over names, shapes and values of the parameters as loaded or drawn, hexadecimal. */
  public String fingerprint() {
    return fingerprint;
  }

  /** Writes the model folder; each file appears whole or not at all. */
  public void save(Path folder, Configuration hadoop) {
    throw new UnsupportedOperationException(List.of(folder).toString());
  }

  @Override
  public void close() {
    parameters.close();
    manager.close();
  }
}
