package io.videottt.model.folder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import io.videottt.base.InvalidInputException;
import io.videottt.io.config.BoundedJson;
import io.videottt.io.storage.Storage;
import io.videottt.model.Architecture;
import io.videottt.model.InputPadding;
import io.videottt.model.ModelConfiguration;
import io.videottt.model.Parameter;
import io.videottt.model.ParameterDefinition;
import io.videottt.model.Parameters;
import io.videottt.model.Part;
import io.videottt.model.ReconstructionTarget;
import io.videottt.model.tensor.Safetensors;
import io.videottt.model.tensor.SafetensorsHeader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The files of a model folder: {@code config.json} and {@code model.safetensors} as published,
 * {@code reconstruction.safetensors} with g, {@code reconstruction-TARGET.safetensors} with further
 * ones for the same f and h, each for another {@link ReconstructionTarget}, and {@code
 * preprocessor_config.json}, of which the padding is read where config.json does not name it.
 */
final class ModelFolder {

  private static final String CONFIGURATION = "config.json";
  private static final String PROCESSOR = "preprocessor_config.json";
  private static final String MODEL = "model.safetensors";
  private static final String RECONSTRUCTION = "reconstruction.safetensors";

  /** Weights of published folders that are read when they are converted, and not before. */
  private static final List<String> OTHER_WEIGHTS =
      List.of("model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json");

  private static final int LARGEST_CONFIGURATION = 4 << 20;
  private static final int CHANNELS = 4;

  private final Path folder;
  private final Configuration hadoop;

  ModelFolder(Path folder, Configuration hadoop) {
    this.folder = folder;
    this.hadoop = hadoop;
  }

  /** Whether there are a configuration and weights, or a file where the folder should be. */
  boolean hasFiles() {
    try {
      Storage storage = Storage.of(folder, hadoop);
      return storage.isFile(folder)
          || storage.exists(new Path(folder, CONFIGURATION))
              && storage.exists(new Path(folder, MODEL));
    } catch (IOException e) {
      throw Storage.unreadable(folder, e);
    }
  }

  ModelConfiguration configuration() {
    Path file = new Path(folder, CONFIGURATION);
    try {
      if (Storage.of(folder, hadoop).isFile(folder)) {
        throw new InvalidInputException(
            "%s is a file, not a model folder; a checkpoint is made one by\n%s"
                .formatted(folder, conversion(folder)));
      }
      byte[] json = Storage.of(file, hadoop).read(file, LARGEST_CONFIGURATION);
      ModelConfiguration configuration =
          ModelConfiguration.parse(new String(json, StandardCharsets.UTF_8), file.toString());
      return configuration.namesPadding()
          ? configuration
          : processorPadding().map(configuration::withPadding).orElse(configuration);
    } catch (IOException e) {
      throw Storage.unreadable(file, e);
    }
  }

  /** What the image processor beside the model says, where there is one. */
  private Optional<InputPadding> processorPadding() {
    Path file = new Path(folder, PROCESSOR);
    if (!exists(file)) {
      return Optional.empty();
    }
    return InputPadding.named(processor(file), file.toString());
  }

  private JsonNode processor(Path file) {
    try {
      byte[] json = Storage.of(file, hadoop).read(file, LARGEST_CONFIGURATION);
      return BoundedJson.object(new String(json, StandardCharsets.UTF_8), file.toString());
    } catch (InvalidInputException e) {
      throw new InvalidInputException(
          e.getMessage() + "\nmend it, or remove it: only the padding is read of it", e);
    } catch (IOException e) {
      throw Storage.unreadable(file, e);
    }
  }

  /** The parameters of f and h, and of g where the folder holds it. */
  List<Parameter> parameters(Architecture architecture, NDManager manager) {
    return parameters(architecture, manager, new Path(folder, RECONSTRUCTION));
  }

  /**
   * The parameters of f and h, and of a g.
   *
   * @param reconstruction file of g, which may be missing
   */
  List<Parameter> parameters(Architecture architecture, NDManager manager, Path reconstruction) {
    requireWhole();
    List<Parameter> parameters =
        read(new Path(folder, MODEL), architecture.mainParameters(), architecture, manager);
    if (exists(reconstruction)) {
      try {
        parameters.addAll(
            read(reconstruction, architecture.reconstructionParameters(), architecture, manager));
      } catch (RuntimeException e) {
        parameters.forEach(p -> p.value().close());
        throw e;
      }
    }
    return parameters;
  }

  /**
   * The file of the decoder for a target.
   *
   * @throws InvalidInputException when there is none, or two
   */
  Path decoder(ModelConfiguration configuration, ReconstructionTarget target) {
    requireWhole();
    Path usual = new Path(folder, RECONSTRUCTION);
    Path further = further(target);
    boolean named = configuration.target() == target && exists(usual);
    if (named && exists(further)) {
      throw new InvalidInputException(
          "%s has two reconstruction decoders for %s, %s and %s; remove one of them"
              .formatted(folder, target.id(), usual.getName(), further.getName()));
    }
    if (named || exists(further)) {
      return named ? usual : further;
    }
    String others =
        targets(configuration).stream()
            .map(ReconstructionTarget::id)
            .collect(Collectors.joining(" or "));
    throw new InvalidInputException(
        others.isEmpty()
            ? "%s has no reconstruction decoder (%s); train one with the joint phase of training"
                .formatted(folder, RECONSTRUCTION)
            : "%s: %s".formatted(folder, otherTarget(target, others)));
  }

  /** Why a decoder for another target is of no use, and the way out. */
  static String otherTarget(ReconstructionTarget wanted, String others) {
    return ("the reconstruction decoder was trained for the target %2$s, the settings want %1$s;"
            + " set reconstructionTarget: %2$s, or train a decoder for %1$s"
            + " (docs/reconstruction.md)")
        .formatted(wanted.id(), others);
  }

  /** The targets that there is a decoder for. */
  Set<ReconstructionTarget> targets(ModelConfiguration configuration) {
    Set<ReconstructionTarget> targets = EnumSet.noneOf(ReconstructionTarget.class);
    if (exists(new Path(folder, RECONSTRUCTION))) {
      targets.add(configuration.target());
    }
    for (ReconstructionTarget target : ReconstructionTarget.values()) {
      if (exists(further(target))) {
        targets.add(target);
      }
    }
    return targets;
  }

  private Path further(ReconstructionTarget target) {
    return new Path(folder, "reconstruction-%s.safetensors".formatted(target.id()));
  }

  /** Folders whose weights are in another form than the one that is read here are told the way. */
  private void requireWhole() {
    if (exists(new Path(folder, MODEL))) {
      return;
    }
    for (String other : OTHER_WEIGHTS) {
      if (exists(new Path(folder, other))) {
        throw new InvalidInputException(
            "%s holds its weights as %s; make a folder with one %s of it:\n%s"
                .formatted(folder, other, MODEL, conversion(folder)));
      }
    }
  }

  private static String conversion(Path checkpoint) {
    String quote = checkpoint.toString().matches("[\\w@%+=:,./-]+") ? "" : "'";
    return "./ttt convert --checkpoint %1$s%2$s%1$s --output %1$s%2$s-converted%1$s"
        .formatted(quote, checkpoint);
  }

  private boolean exists(Path file) {
    try {
      return Storage.of(file, hadoop).exists(file);
    } catch (IOException e) {
      throw Storage.unreadable(file, e);
    }
  }

  /**
   * Makes sure that nothing is in the way of a new folder.
   *
   * @throws InvalidInputException when there is a file, or a folder with files in it
   */
  void requireNone() {
    try {
      if (!Storage.of(folder, hadoop).isVacant(folder)) {
        throw new InvalidInputException(
            folder + " exists and is not empty; name a new folder, or remove this one first");
      }
    } catch (IOException e) {
      throw Storage.unreadable(folder, e);
    }
  }

  /**
   * Writes a folder where there is none, whole or not at all: under another name beside it, which
   * is changed at the end, or, where folders cannot be renamed at once, by {@link #write}.
   */
  void writeNew(ModelConfiguration configuration, Parameters parameters) {
    requireNone();
    try {
      Storage storage = Storage.of(folder, hadoop);
      // Without the slash that a folder's URI may end with.
      Path whole = new Path(storage.qualified(folder).toString());
      Path place =
          storage.isObjectStore()
              ? whole
              : new Path(whole.getParent(), "." + whole.getName() + "." + UUID.randomUUID());
      try {
        new ModelFolder(place, hadoop).write(configuration, parameters, true);
        if (!place.equals(whole)) {
          storage.publish(place, whole);
        }
      } catch (IOException | RuntimeException e) {
        storage.delete(place);
        throw e;
      }
    } catch (IOException e) {
      throw Storage.unwritable(folder, e);
    }
  }

  /**
   * Writes the folder. Its configuration is removed first and written last, so that nobody reads
   * the files of two models as one.
   *
   * @param withReconstruction whether g is written where there is one
   */
  void write(ModelConfiguration configuration, Parameters parameters, boolean withReconstruction) {
    Map<String, NDArray> main = new LinkedHashMap<>();
    Map<String, NDArray> reconstruction = new LinkedHashMap<>();
    for (Parameter parameter : parameters.all()) {
      (parameter.part() == Part.RECONSTRUCTION ? reconstruction : main)
          .put(parameter.name(), parameter.value());
    }
    byte[] json = configuration.toJson().getBytes(StandardCharsets.UTF_8);
    try {
      Storage storage = Storage.of(folder, hadoop);
      storage.delete(new Path(folder, CONFIGURATION));
      // Further decoders are for the f and h that were here before.
      for (ReconstructionTarget target : ReconstructionTarget.values()) {
        storage.delete(further(target));
      }
      Safetensors.write(new Path(folder, MODEL), hadoop, main);
      if (withReconstruction && !reconstruction.isEmpty()) {
        Safetensors.write(new Path(folder, RECONSTRUCTION), hadoop, reconstruction);
      } else {
        storage.delete(new Path(folder, RECONSTRUCTION));
      }
      storage.write(new Path(folder, CONFIGURATION), stream -> stream.write(json));
    } catch (IOException e) {
      throw Storage.unwritable(folder, e);
    }
  }

  private List<Parameter> read(
      Path file,
      List<ParameterDefinition> definitions,
      Architecture architecture,
      NDManager manager) {
    // Shapes first: a wrong file is refused before anything is allocated for it.
    Map<String, Shape> stored =
        Safetensors.contents(file, hadoop).stream()
            .collect(
                Collectors.toMap(
                    SafetensorsHeader.Entry::name, SafetensorsHeader.Entry::shape, (a, b) -> a));
    Set<String> wanted = new HashSet<>();
    for (ParameterDefinition definition : definitions) {
      check(file, definition, stored.get(definition.name()));
      wanted.add(definition.name());
    }
    for (String name : stored.keySet()) {
      if (!wanted.contains(name) && !architecture.tolerates(name)) {
        throw new InvalidInputException(
            file + " holds " + name + ", which a model of this config.json does not have");
      }
    }
    Map<String, NDArray> tensors = Safetensors.read(file, hadoop, manager, wanted::contains);
    List<Parameter> parameters = new ArrayList<>();
    for (ParameterDefinition definition : definitions) {
      NDArray value = tensors.get(definition.name());
      if (value == null) {
        throw new InvalidInputException(file + ": " + definition.name() + " is not floating-point");
      }
      if (!value.getShape().equals(definition.shape())) {
        value = withVisibility(value);
      }
      parameters.add(
          new Parameter(
              definition.name(),
              definition.part(),
              definition.decayed(),
              definition.normAffine(),
              value));
    }
    return parameters;
  }

  private static void check(Path file, ParameterDefinition definition, Shape stored) {
    if (stored == null) {
      throw new InvalidInputException(
          file
              + " lacks "
              + definition.name()
              + " "
              + definition.shape()
              + ", which its config.json asks for");
    }
    if (!stored.equals(definition.shape()) && !lacksVisibility(definition, stored)) {
      throw new InvalidInputException(
          file
              + ": "
              + definition.name()
              + " has the shape "
              + stored
              + ", its config.json asks for "
              + definition.shape());
    }
  }

  /** Whether a patch embedding is for three colours and lacks the visibility channel. */
  private static boolean lacksVisibility(ParameterDefinition definition, Shape stored) {
    Shape wanted = definition.shape();
    return definition.part() == Part.ENCODER
        && wanted.dimension() == 4
        && stored.dimension() == 4
        && wanted.get(1) == CHANNELS
        && stored.equals(new Shape(wanted.get(0), CHANNELS - 1, wanted.get(2), wanted.get(3)));
  }

  private static NDArray withVisibility(NDArray weight) {
    Shape shape = weight.getShape();
    NDManager manager = weight.getManager();
    try (weight;
        NDArray zeros = manager.zeros(new Shape(shape.get(0), 1, shape.get(2), shape.get(3)))) {
      NDArray extended = weight.concat(zeros, 1);
      NDScope.unregister(extended);
      return extended;
    }
  }
}
