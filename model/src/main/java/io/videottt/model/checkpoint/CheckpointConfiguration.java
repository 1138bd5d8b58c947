package io.videottt.model.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.videottt.base.InvalidInputException;
import io.videottt.model.ModelConfiguration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The config.json of a checkpoint's model: what the tensors' shapes give, held against what
 * somebody says of the model, and the rest as it was published.
 */
final class CheckpointConfiguration {

  private static final String MASK2FORMER = "mask2former";
  private static final String MODEL_TYPE = "model_type";
  private static final String LABELS = "id2label";
  private static final String LABEL_COUNT = "num_labels";
  private static final String CHANNELS = "backbone_config.num_channels";
  private static final double ROUNDING = 1e-6;

  /** What no shape gives, as in the published Mask2Former with Swin. */
  private static final Map<String, Object> PUBLISHED = published();

  private final CheckpointTensors tensors;
  private final Optional<GivenConfiguration> given;
  private final ObjectNode json;
  private final List<String> notes = new ArrayList<>();

  private CheckpointConfiguration(CheckpointTensors tensors, Optional<GivenConfiguration> given) {
    this.tensors = tensors;
    this.given = given;
    this.json =
        given
            .map(configuration -> configuration.json().deepCopy())
            .orElseGet(JsonNodeFactory.instance::objectNode);
  }

  /**
   * @param configuration the model's
   * @param notes what people should know of it, a line each
   */
  record Result(ModelConfiguration configuration, List<String> notes) {}

  /**
   * Makes the configuration.
   *
   * @throws InvalidInputException naming the tensor and both values, when what is given differs
   *     from what a tensor says
   */
  static Result of(
      CheckpointTensors tensors, Optional<GivenConfiguration> given, Optional<ClassList> classes) {
    CheckpointConfiguration made = new CheckpointConfiguration(tensors, given);
    String type = made.json.path(MODEL_TYPE).asText(MASK2FORMER);
    if (type.equals(MASK2FORMER)) {
      made.json.put(MODEL_TYPE, MASK2FORMER);
      Mask2FormerSizes.of(tensors).forEach(made::hold);
      made.labels(Mask2FormerSizes.classes(tensors), classes);
      made.fill();
    } else if (tensors.detectron()) {
      throw new InvalidInputException(
          "%s: model_type is %s, but %s is of Mask2Former"
              .formatted(given.orElseThrow().source(), type, tensors.source()));
    } else if (classes.isPresent()) {
      throw new InvalidInputException(
          "--classes: only Mask2Former's config.json names classes, and %s says model_type %s"
              .formatted(given.orElseThrow().source(), type));
    }
    String source =
        given.map(GivenConfiguration::source).orElse(tensors.source() + ": sizes of its tensors");
    return new Result(ModelConfiguration.parse(made.json.toString(), source), made.notes);
  }

  /** Takes a size over where nothing is given, and refuses what is given and differs. */
  private void hold(ReadSize read) {
    JsonNode stated = at(read.key());
    if (stated == null || stated.isNull()) {
      put(read.key(), read.value());
      return;
    }
    // A folder of ours says 4 whatever its file holds: the visibility channel is added.
    boolean addedChannel =
        read.key().equals(CHANNELS) && stated.asInt() == 4 && read.value().asInt() == 3;
    if (!same(stated, read.value()) && !addedChannel) {
      GivenConfiguration source = given.orElseThrow();
      throw new InvalidInputException(
          ("%s: %s is %s, but %s %s of %s makes it %s\n"
                  + "give the configuration that the checkpoint was trained with")
              .formatted(
                  source.source(),
                  source.nameOf(read.key()),
                  stated,
                  read.tensor(),
                  read.shape(),
                  tensors.source(),
                  read.value()));
    }
  }

  private void labels(ReadSize read, Optional<ClassList> classes) {
    int count = read.value().asInt();
    String tensor =
        "%s: %s %s is for %d classes and \"no object\""
            .formatted(tensors.source(), read.tensor(), read.shape(), count);
    JsonNode stated = json.path(LABELS);
    requireStated(tensor, stated.isEmpty() ? LABEL_COUNT : LABELS, count);
    if (classes.isPresent() && classes.get().names().size() != count) {
      throw new InvalidInputException(
          "%s, but %s has %d\nname the data set that it was trained for with --classes"
              .formatted(tensor, classes.get().source(), classes.get().names().size()));
    }
    if (classes.isPresent()) {
      ObjectNode names = JsonNodeFactory.instance.objectNode();
      for (int index = 0; index < count; index++) {
        names.put(Integer.toString(index), classes.get().names().get(index));
      }
      json.set(LABELS, names);
    } else if (stated.isEmpty()) {
      ObjectNode names = JsonNodeFactory.instance.objectNode();
      for (int index = 0; index < count; index++) {
        names.put(Integer.toString(index), "class " + index);
      }
      json.set(LABELS, names);
      notes.add("the classes have no names; --classes gives them");
    }
    json.remove(LABEL_COUNT);
    json.set("label2id", ids());
  }

  /** Refuses another number of classes than the tensor's, and names that are not by number. */
  private void requireStated(String tensor, String key, int count) {
    JsonNode stated = json.path(key);
    if (stated.isMissingNode() || stated.isNull()) {
      return;
    }
    boolean list = key.equals(LABELS);
    GivenConfiguration source = given.orElseThrow();
    if (list ? stated.size() != count : !stated.isIntegralNumber() || stated.asInt() != count) {
      throw new InvalidInputException(
          "%s, but %s of %s %s"
              .formatted(
                  tensor,
                  source.nameOf(key),
                  source.source(),
                  list ? "has " + stated.size() : "is " + stated));
    }
    for (int index = 0; list && index < count; index++) {
      if (!stated.path(Integer.toString(index)).isTextual()) {
        throw new InvalidInputException(
            "%s: %s has no name for \"%d\"".formatted(source.source(), key, index));
      }
    }
  }

  private ObjectNode ids() {
    ObjectNode ids = JsonNodeFactory.instance.objectNode();
    json.path(LABELS)
        .properties()
        .forEach(label -> ids.put(label.getValue().asText(), Integer.parseInt(label.getKey())));
    return ids;
  }

  private void fill() {
    List<String> filled = new ArrayList<>();
    PUBLISHED.forEach(
        (key, value) -> {
          if (at(key) == null) {
            put(key, json.pojoNode(value));
            filled.add(key.substring(key.indexOf('.') + 1) + " " + value);
          }
        });
    if (!filled.isEmpty()) {
      notes.add(
          "no tensor gives these, so they are as published%s: %s"
              .formatted(
                  given.isPresent() ? "" : " (--config for other values)",
                  String.join(", ", filled)));
    }
    put("backbone_config.model_type", json.textNode("swin"));
  }

  private JsonNode at(String key) {
    int dot = key.indexOf('.');
    return dot < 0 ? json.get(key) : object(key.substring(0, dot)).get(key.substring(dot + 1));
  }

  private void put(String key, JsonNode value) {
    int dot = key.indexOf('.');
    if (dot < 0) {
      json.set(key, value);
    } else {
      object(key.substring(0, dot)).set(key.substring(dot + 1), value);
    }
  }

  private ObjectNode object(String key) {
    JsonNode child = json.get(key);
    if (child == null || child.isNull()) {
      return json.putObject(key);
    }
    if (child instanceof ObjectNode object) {
      return object;
    }
    throw new InvalidInputException(
        "%s: %s is %s; it must be a JSON object"
            .formatted(given.orElseThrow().source(), key, child));
  }

  private static boolean same(JsonNode one, JsonNode other) {
    if (one.isArray() && other.isArray()) {
      boolean same = one.size() == other.size();
      for (int index = 0; same && index < one.size(); index++) {
        same = same(one.get(index), other.get(index));
      }
      return same;
    }
    return one.isNumber() && other.isNumber()
        ? Math.abs(one.asDouble() - other.asDouble()) < ROUNDING
        : one.equals(other);
  }

  private static Map<String, Object> published() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("backbone_config.drop_path_rate", 0.3);
    values.put("backbone_config.hidden_act", "gelu");
    values.put("backbone_config.layer_norm_eps", 1e-5);
    values.put("pre_norm", false);
    values.put("dropout", 0.0);
    values.put("common_stride", 4);
    values.put("activation_function", "relu");
    values.put("no_object_weight", 0.1);
    values.put("class_weight", 2.0);
    values.put("mask_weight", 5.0);
    values.put("dice_weight", 5.0);
    values.put("train_num_points", 12_544);
    values.put("oversample_ratio", 3.0);
    values.put("importance_sample_ratio", 0.75);
    return values;
  }
}
