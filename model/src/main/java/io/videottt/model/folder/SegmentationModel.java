package io.videottt.model.folder;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Sha256;
import io.videottt.model.Architecture;
import io.videottt.model.GatedNetwork;
import io.videottt.model.Initialization;
import io.videottt.model.InputPadding;
import io.videottt.model.ModelConfiguration;
import io.videottt.model.Network;
import io.videottt.model.Parameter;
import io.videottt.model.ParameterDefinition;
import io.videottt.model.Parameters;
import io.videottt.model.Part;
import io.videottt.model.ReconstructionTarget;
import io.videottt.model.tensor.Autograd;
import io.videottt.model.tensor.NativeArrays;
import io.videottt.model.tensor.UploadedImages;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A Y-shaped network with its parameters, as a model folder holds it. */
public final class SegmentationModel implements AutoCloseable {

  private final NDManager manager;
  private final Parameters parameters;
  private final UploadedImages images;
  private ModelConfiguration configuration;
  private Network network;
  private String fingerprint;

  private SegmentationModel(
      ModelConfiguration configuration, NDManager manager, List<Parameter> parameters) {
    this.configuration = configuration;
    this.manager = manager;
    this.parameters = new Parameters(parameters);
    this.images = new UploadedImages(manager);
    rebuild();
  }

  /**
   * Loads a model folder: {@code config.json}, {@code model.safetensors} and, where they are there,
   * {@code reconstruction.safetensors} and {@code preprocessor_config.json} ({@link InputPadding}).
   * Reconstruction decoders of further targets, which the folder may hold beside, are left alone.
   *
   * @throws InvalidInputException when a file is missing, damaged, or does not fit the others
   */
  public static SegmentationModel load(Path folder, Configuration hadoop, Device device) {
    ModelFolder files = new ModelFolder(folder, hadoop);
    ModelConfiguration configuration = files.configuration();
    Architecture architecture = configuration.architecture();
    return create(configuration, device, manager -> files.parameters(architecture, manager));
  }

  /**
   * Loads a model folder with its reconstruction decoder for a target: {@code
   * reconstruction.safetensors} where config.json names that target, else {@code
   * reconstruction-TARGET.safetensors}, for the same f and h.
   *
   * @throws InvalidInputException as {@link #load(Path, Configuration, Device)}, and when the
   *     folder has no decoder for the target, or two
   */
  public static SegmentationModel load(
      Path folder, Configuration hadoop, Device device, ReconstructionTarget target) {
    ModelFolder files = new ModelFolder(folder, hadoop);
    ModelConfiguration configuration = files.configuration();
    Path decoder = files.decoder(configuration, target);
    Architecture architecture = configuration.architecture();
    return create(
        configuration.withTarget(target),
        device,
        manager -> files.parameters(architecture, manager, decoder));
  }

  /**
   * Loads the weights with the decoder for a target, or with the folder's usual one.
   *
   * @param target of the reconstruction decoder, empty for the folder's usual one, if it has one
   * @throws InvalidInputException as both other ways to load
   */
  public static SegmentationModel load(
      Path folder, Configuration hadoop, Device device, Optional<ReconstructionTarget> target) {
    return target
        .map(wanted -> load(folder, hadoop, device, wanted))
        .orElseGet(() -> load(folder, hadoop, device));
  }

  /**
   * Whether a folder has the files of a model, sound or not.
   *
   * @throws InvalidInputException when the storage cannot be asked
   */
  public static boolean isIn(Path folder, Configuration hadoop) {
    return new ModelFolder(folder, hadoop).hasFiles();
  }

  /**
   * The targets that a model folder has a reconstruction decoder for.
   *
   * @throws InvalidInputException when its config.json cannot be read
   */
  public static Set<ReconstructionTarget> targets(Path folder, Configuration hadoop) {
    ModelFolder files = new ModelFolder(folder, hadoop);
    return files.targets(files.configuration());
  }

  /** A model with freshly drawn parameters of f, h and g. */
  public static SegmentationModel initialise(
      ModelConfiguration configuration, long seed, Device device) {
    Architecture architecture = configuration.architecture();
    List<ParameterDefinition> definitions = new ArrayList<>(architecture.mainParameters());
    definitions.addAll(architecture.reconstructionParameters());
    return create(
        configuration, device, manager -> Initialization.initialise(definitions, seed, manager));
  }

  /**
   * A model of given values.
   *
   * @param definitions parameters of f and h, and of g where there is one, as the configuration's
   *     {@link Architecture} has them
   * @param values of a parameter in row-major order
   */
  public static SegmentationModel of(
      ModelConfiguration configuration,
      List<ParameterDefinition> definitions,
      Function<ParameterDefinition, float[]> values,
      Device device) {
    return create(
        configuration,
        device,
        manager ->
            definitions.stream()
                .map(
                    definition ->
                        new Parameter(
                            definition.name(),
                            definition.part(),
                            definition.decayed(),
                            definition.normAffine(),
                            NativeArrays.of(manager, values.apply(definition), definition.shape())))
                .toList());
  }

  private static SegmentationModel create(
      ModelConfiguration configuration,
      Device device,
      Function<NDManager, List<Parameter>> parameters) {
    NDManager manager = NDManager.newBaseManager(device, "PyTorch");
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return new SegmentationModel(configuration, manager, parameters.apply(manager));
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
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

  /**
   * Gives a model without g a freshly drawn one, "a copy of h's architecture, freshly initialised"
   * (Section 3.1 of the paper), and with it a new {@link #network()}. Without effect where there is
   * one.
   */
  public void initialiseReconstruction(long seed) {
    if (hasReconstruction()) {
      return;
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      parameters.addAll(
          Initialization.initialise(
              configuration.architecture().reconstructionParameters(), seed, manager));
      rebuild();
    }
  }

  /**
   * Gives the model a freshly drawn g for a target, in place of one for another target. Without
   * effect where there is one for this target.
   *
   * @return whether g was drawn
   */
  public boolean initialiseReconstruction(long seed, ReconstructionTarget target) {
    if (hasReconstruction() && configuration.target() == target) {
      return false;
    }
    configuration = configuration.withTarget(target);
    if (!hasReconstruction()) {
      initialiseReconstruction(seed);
      return true;
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      Map<String, NDArray> drawn =
          Parameters.values(
              Initialization.initialise(
                  configuration.architecture().reconstructionParameters(), seed, manager));
      Autograd.withoutGradient(
          () -> {
            parameters.assign(drawn);
            return null;
          });
      rebuild();
    }
    return true;
  }

  /**
   * Makes sure that there is a g for a target.
   *
   * @param user what needs it, for the message
   * @throws InvalidInputException when there is none, or for another target
   */
  public void requireReconstruction(ReconstructionTarget target, String user) {
    if (!hasReconstruction()) {
      throw new InvalidInputException(
          ("%s needs a reconstruction decoder: the model folder has no reconstruction.safetensors"
                  + "\ntrain one with the joint phase of training")
              .formatted(user));
    }
    if (configuration.target() != target) {
      throw new InvalidInputException(
          "%s: %s".formatted(user, ModelFolder.otherTarget(target, configuration.target().id())));
    }
  }

  /**
   * SHA-256 over names, shapes and values of the parameters as loaded or drawn, hexadecimal; and
   * over the padding where it is not the architecture's own, since with it the same weights are
   * another function.
   */
  public String fingerprint() {
    return fingerprint;
  }

  /**
   * Writes the model folder, over an older one if there is one. It can be read when it is complete
   * and not before, on any file system.
   *
   * @throws InvalidInputException when a file cannot be written
   */
  public void save(Path folder, Configuration hadoop) {
    new ModelFolder(folder, hadoop).write(configuration, parameters, true);
  }

  /**
   * Writes a model folder where there is none; nothing of it is left where that fails.
   *
   * @throws InvalidInputException when there is something, or it cannot be written
   */
  public void saveNew(Path folder, Configuration hadoop) {
    new ModelFolder(folder, hadoop).writeNew(configuration, parameters);
  }

  /**
   * Makes sure that {@link #saveNew} finds nothing in the way, before the work for it is done.
   *
   * @throws InvalidInputException when there is a file or a folder with files
   */
  public static void requireNoFolder(Path folder, Configuration hadoop) {
    new ModelFolder(folder, hadoop).requireNone();
  }

  /** As {@link #save}, but without g, as a model that was trained for the main task only. */
  public void saveWithoutReconstruction(Path folder, Configuration hadoop) {
    new ModelFolder(folder, hadoop)
        .write(configuration.withTarget(ReconstructionTarget.PIXELS), parameters, false);
  }

  /** Images on the model's device. */
  public UploadedImages images() {
    return images;
  }

  @Override
  public void close() {
    images.close();
    parameters.close();
    manager.close();
  }

  private void rebuild() {
    network =
        new GatedNetwork(
            configuration, parameters, configuration.architecture().network(parameters, manager));
    fingerprint = digest(configuration, parameters.all());
  }

  private static String digest(ModelConfiguration configuration, List<Parameter> parameters) {
    MessageDigest digest = Sha256.digest();
    InputPadding padding = configuration.padding();
    if (!padding.equals(configuration.architecture().padding())) {
      digest.update(("padding " + padding.divisor()).getBytes(StandardCharsets.UTF_8));
    }
    for (Parameter parameter : parameters) {
      NDArray value = parameter.value();
      digest.update(parameter.name().getBytes(StandardCharsets.UTF_8));
      digest.update(value.getShape().toString().getBytes(StandardCharsets.UTF_8));
      digest.update(value.toByteBuffer());
    }
    return Sha256.hex(digest);
  }
}
