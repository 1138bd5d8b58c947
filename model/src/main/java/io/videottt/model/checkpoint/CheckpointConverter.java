package io.videottt.model.checkpoint;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.videottt.base.InvalidInputException;
import io.videottt.io.config.BoundedJson;
import io.videottt.io.storage.Storage;
import io.videottt.model.Architecture;
import io.videottt.model.ModelConfiguration;
import io.videottt.model.ParameterDefinition;
import io.videottt.model.Part;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.tensor.ImageTensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The way from a checkpoint to a model folder: from detectron2's ({@code .pkl}, {@code .pth},
 * {@code .safetensors}) and from folders as Hugging Face publishes them, sharded and in half
 * precision, too.
 */
public final class CheckpointConverter {

  private static final String PROCESSOR = "preprocessor_config.json";

  /** What the sides of the network's input are padded to a multiple of. */
  private static final List<String> DIVISORS = List.of("size_divisor", "size_divisibility");

  private static final int LARGEST_CONFIGURATION = 10_000_000;
  private static final int COLOURS = 3;

  /** Tensors may be views of one storage, but not so that a small file makes a large model. */
  private static final long MOST_SHARING = 4;

  private static final double ROUNDING = 1e-3;
  private static final int LONGEST_LIST = 500;

  private final Configuration hadoop;

  /**
   * @param hadoop how to reach the files
   */
  public CheckpointConverter(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * Makes a model folder.
   *
   * @param path the checkpoint's file or folder
   * @param given what is said of the network; a folder's own config.json where there is none
   * @param classes names of the classes; those of the configuration where there are none
   * @param output the model folder, which must not exist yet or be empty; it appears whole or not
   *     at all
   * @return what was found
   * @throws InvalidInputException when the checkpoint is damaged, of another network or different
   *     from what is said of it, or when the folder cannot be written
   */
  public ConversionSummary convert(
      Path path, Optional<GivenConfiguration> given, Optional<ClassList> classes, Path output) {
    SegmentationModel.requireNoFolder(output, hadoop);
    try (CheckpointReader reader = new CheckpointReader(hadoop)) {
      Checkpoint checkpoint = reader.read(path);
      CheckpointTensors tensors = new CheckpointTensors(checkpoint);
      CheckpointConfiguration.Result sizes =
          CheckpointConfiguration.of(
              tensors,
              given.isPresent() ? given : checkpoint.configuration().map(this::beside),
              classes);
      List<ParameterDefinition> definitions = definitions(tensors, sizes.configuration());
      requireAll(tensors, definitions);
      requireNoMore(tensors, definitions, reader.bytes());
      List<String> notes = new ArrayList<>(sizes.notes());
      notes.addAll(notes(tensors, definitions));
      notes.addAll(checkpoint.unread());
      try (SegmentationModel model =
          SegmentationModel.of(
              sizes.configuration(),
              definitions,
              definition -> values(tensors, definition),
              Device.cpu())) {
        model.saveNew(output, hadoop);
      }
      return new ConversionSummary(
          path.toString(),
          (tensors.detectron() ? "detectron2's names, " : "a model folder's names, ")
              + checkpoint.form(),
          sizes.configuration(),
          parameters(definitions),
          tensors.used(),
          tensors.dropped(),
          List.copyOf(notes));
    }
  }

  /** The config.json of a folder, with what the image processor beside it says of the padding. */
  private GivenConfiguration beside(Path file) {
    ObjectNode configuration = json(file);
    Path processor = new Path(file.getParent(), PROCESSOR);
    try {
      if (Storage.of(processor, hadoop).exists(processor)
          && DIVISORS.stream().noneMatch(configuration::hasNonNull)) {
        ObjectNode stated = json(processor);
        DIVISORS.stream()
            .filter(stated::hasNonNull)
            .forEach(key -> configuration.set(key, stated.get(key)));
      }
    } catch (IOException e) {
      throw Storage.unreadable(processor, e);
    }
    return new GivenConfiguration(file.toString(), configuration, Map.of());
  }

  private ObjectNode json(Path file) {
    try {
      byte[] bytes = Storage.of(file, hadoop).read(file, LARGEST_CONFIGURATION);
      return BoundedJson.object(new String(bytes, StandardCharsets.UTF_8), file.toString());
    } catch (IOException e) {
      throw Storage.unreadable(file, e);
    }
  }

  /** Those of f and h, and of g where the checkpoint has anything of it. */
  private static List<ParameterDefinition> definitions(
      CheckpointTensors tensors, ModelConfiguration configuration) {
    Architecture architecture = configuration.architecture();
    List<ParameterDefinition> definitions = new ArrayList<>(architecture.mainParameters());
    List<ParameterDefinition> reconstruction = architecture.reconstructionParameters();
    if (reconstruction.stream().anyMatch(each -> tensors.parts().containsKey(each.name()))) {
      definitions.addAll(reconstruction);
    }
    return definitions;
  }

  private static void requireAll(CheckpointTensors tensors, List<ParameterDefinition> definitions) {
    List<String> missing =
        definitions.stream()
            .map(ParameterDefinition::name)
            .filter(name -> !tensors.parts().containsKey(name))
            .map(tensors::nameOf)
            .distinct()
            .toList();
    if (!missing.isEmpty()) {
      throw new InvalidInputException(
          ("%s lacks %s, which a model of its sizes has\n"
                  + "the file is incomplete or of another network")
              .formatted(tensors.source(), some(missing)));
    }
    for (ParameterDefinition definition : definitions) {
      NamedPart part = tensors.parts().get(definition.name());
      if (!part.shape().equals(definition.shape()) && !lacksVisibility(part, definition)) {
        throw new InvalidInputException(
            ("%s: %s has the shape %s; the sizes of the model's other tensors ask for %s\n"
                    + "the file is damaged or of another network")
                .formatted(
                    tensors.source(),
                    part.name(),
                    part.tensor().shape(),
                    whole(definition.shape(), part.parts())));
      }
    }
  }

  private static void requireNoMore(
      CheckpointTensors tensors, List<ParameterDefinition> definitions, long bytes) {
    Set<String> wanted =
        definitions.stream().map(ParameterDefinition::name).collect(Collectors.toSet());
    List<String> others =
        tensors.parts().keySet().stream()
            .filter(name -> !wanted.contains(name))
            .map(tensors::nameOf)
            .distinct()
            .toList();
    if (!others.isEmpty()) {
      throw new InvalidInputException(
          "%s holds %s, which a model of its sizes does not have"
              .formatted(tensors.source(), some(others)));
    }
    long used = 0;
    Set<StoredTensor> seen = new HashSet<>();
    for (NamedPart part : tensors.parts().values()) {
      if (seen.add(part.tensor())) {
        used += part.tensor().shape().size() * part.tensor().type().bytes();
      }
    }
    if (used / MOST_SHARING > bytes) {
      throw new InvalidInputException(
          "%s: its tensors would take %d bytes, the file has %d: they share their values, which no"
                  .formatted(tensors.source(), used, bytes)
              + " network's do");
    }
  }

  /** All names, or as many as a message takes and how many there are besides. */
  private static String some(List<String> names) {
    int shown = 1;
    int letters = names.get(0).length();
    while (shown < names.size() && letters + names.get(shown).length() < LONGEST_LIST) {
      letters += names.get(shown++).length();
    }
    String list = String.join(", ", names.subList(0, shown));
    return shown == names.size() ? list : "%s and %d more".formatted(list, names.size() - shown);
  }

  private static Shape whole(Shape part, int parts) {
    long[] sizes = part.getShape().clone();
    sizes[0] *= parts;
    return new Shape(sizes);
  }

  /** Whether a patch embedding is for three colours, as published ones are. */
  private static boolean lacksVisibility(NamedPart part, ParameterDefinition definition) {
    long[] wanted = definition.shape().getShape().clone();
    if (definition.part() != Part.ENCODER || wanted.length != 4 || wanted[1] != COLOURS + 1) {
      return false;
    }
    wanted[1] = COLOURS;
    return part.shape().equals(new Shape(wanted));
  }

  private static float[] values(CheckpointTensors tensors, ParameterDefinition definition) {
    NamedPart part = tensors.parts().get(definition.name());
    float[] values = part.values();
    if (part.shape().equals(definition.shape())) {
      return values;
    }
    // The visibility channel of zeros, behind the three colours of every output channel.
    int outputs = (int) definition.shape().get(0);
    int colours = values.length / outputs;
    float[] extended = new float[Math.toIntExact(definition.shape().size())];
    for (int output = 0; output < outputs; output++) {
      System.arraycopy(
          values, output * colours, extended, output * (extended.length / outputs), colours);
    }
    return extended;
  }

  private static List<String> notes(
      CheckpointTensors tensors, List<ParameterDefinition> definitions) {
    List<String> notes = new ArrayList<>();
    for (ParameterDefinition definition : definitions) {
      NamedPart part = tensors.parts().get(definition.name());
      if (lacksVisibility(part, definition)) {
        notes.add(
            "%s is for 3 channels; a fourth of zeros (visibility) was added"
                .formatted(part.name()));
      }
    }
    boolean reconstruction =
        definitions.stream().anyMatch(each -> each.part() == Part.RECONSTRUCTION);
    if (!reconstruction) {
      notes.add(
          "there is no reconstruction decoder g; methods that reconstruct need a joint training"
              + " first (./ttt train, startFrom)");
    }
    tensors
        .normalisation()
        .forEach(
            (name, tensor) -> {
              float[] used =
                  name.equals("pixel_mean") ? ImageTensors.mean() : ImageTensors.deviation();
              boolean comparable = tensor.type().floating() && tensor.shape().size() == COLOURS;
              float[] stored = comparable ? tensor.values(0, 1) : new float[0];
              if (differ(used, stored)) {
                notes.add(
                    "WARNING: %s is %s, but images are normalised with %s: predictions will differ"
                        .formatted(tensor.name(), Arrays.toString(stored), Arrays.toString(used)));
              }
            });
    return notes;
  }

  private static boolean differ(float[] one, float[] other) {
    boolean differ = one.length != other.length;
    for (int index = 0; !differ && index < one.length; index++) {
      differ = Math.abs(one[index] - other[index]) > ROUNDING * Math.abs(one[index]);
    }
    return differ;
  }

  private static Map<Part, Long> parameters(List<ParameterDefinition> definitions) {
    Map<Part, Long> parameters = new EnumMap<>(Part.class);
    definitions.forEach(each -> parameters.merge(each.part(), each.shape().size(), Long::sum));
    return parameters;
  }
}
