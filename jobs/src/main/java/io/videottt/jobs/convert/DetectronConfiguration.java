package io.videottt.jobs.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.videottt.base.InvalidInputException;
import io.videottt.io.config.ConfigurationFile;
import io.videottt.io.config.StrictYaml;
import io.videottt.model.checkpoint.GivenConfiguration;
import io.videottt.model.tensor.ImageTensors;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The network's part of a detectron2 configuration (a YAML file that may build on others by {@code
 * _BASE_}), in the words of config.json. Keys of training, data and solver are left alone; tags of
 * YAML, with which detectron2 can be made to run Python, are not looked at.
 */
public final class DetectronConfiguration {

  private static final String BASE = "_BASE_";
  private static final int DEEPEST = 10;
  private static final double ROUNDING = 1e-2;
  private static final String SWIN = "MODEL.SWIN.";
  private static final String HEAD = "MODEL.SEM_SEG_HEAD.";
  private static final String FORMER = "MODEL.MASK_FORMER.";

  /** Keys of detectron2 and of config.json that mean the same. */
  private static final Map<String, String> KEYS = keys();

  /** The only values with which the network is the one that is known here. */
  private static final Map<String, String> FIXED =
      Map.of(
          "MODEL.BACKBONE.NAME",
          "D2SwinTransformer",
          SWIN + "APE",
          "false",
          HEAD + "NORM",
          "GN",
          "INPUT.FORMAT",
          "RGB");

  private final Path file;
  private final ObjectNode tree;

  private DetectronConfiguration(Path file, ObjectNode tree) {
    this.file = file;
    this.tree = tree;
  }

  /**
   * Reads a config.json or a detectron2 YAML file.
   *
   * @throws InvalidInputException naming the file and the key, when it is neither or describes
   *     another network
   */
  public static GivenConfiguration read(Path path) {
    ConfigurationFile file = new ConfigurationFile(path);
    String text = file.text();
    if (path.toString().endsWith(".json") || text.stripLeading().startsWith("{")) {
      return new GivenConfiguration(
          path.toString(), StrictYaml.tree(text, path.toString()), Map.of());
    }
    return new DetectronConfiguration(path, withBases(file, new ArrayList<>())).given();
  }

  /** A file's keys over those of the file that it builds on. */
  private static ObjectNode withBases(ConfigurationFile file, List<Path> path) {
    Path whole = file.file().toAbsolutePath().normalize();
    if (path.contains(whole) || path.size() >= DEEPEST) {
      throw new InvalidInputException(
          "%s: %s leads %s"
              .formatted(
                  file.file(),
                  BASE,
                  path.contains(whole) ? "back to itself" : "through more than 10 files"));
    }
    path.add(whole);
    ObjectNode own = StrictYaml.foreignTree(file.text(), file.file().toString());
    JsonNode base = own.remove(BASE);
    if (base == null) {
      return own;
    }
    if (!base.isTextual()) {
      throw new InvalidInputException(
          "%s: %s is %s, expected a file".formatted(file.file(), BASE, base));
    }
    return overlay(withBases(file.other(base.asText()), path), own);
  }

  private static ObjectNode overlay(ObjectNode below, ObjectNode above) {
    above
        .properties()
        .forEach(
            field -> {
              JsonNode old = below.get(field.getKey());
              below.set(
                  field.getKey(),
                  old instanceof ObjectNode oldKeys && field.getValue() instanceof ObjectNode keys
                      ? overlay(oldKeys, keys)
                      : field.getValue());
            });
    return below;
  }

  private GivenConfiguration given() {
    if (!(tree.get("MODEL") instanceof ObjectNode)) {
      throw new InvalidInputException(
          file + " is neither a config.json nor a detectron2 configuration: it has no MODEL");
    }
    FIXED.forEach(
        (key, wanted) -> {
          JsonNode value = at(key);
          if (value != null && !value.asText().equalsIgnoreCase(wanted)) {
            throw new InvalidInputException(
                "%s: %s is %s; only networks with %s are converted"
                    .formatted(file, key, value, wanted));
          }
        });
    requireNormalisation("MODEL.PIXEL_MEAN", ImageTensors.mean());
    requireNormalisation("MODEL.PIXEL_STD", ImageTensors.deviation());
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Map<String, String> names = new HashMap<>();
    KEYS.forEach(
        (theirs, ours) -> {
          JsonNode value = at(theirs);
          if (value != null && !value.isNull()) {
            put(json, ours, typed(value));
            names.put(ours, theirs);
          }
        });
    return new GivenConfiguration(file.toString(), json, names);
  }

  private void requireNormalisation(String key, float[] wanted) {
    JsonNode value = at(key);
    if (value == null) {
      return;
    }
    boolean same = value.size() == wanted.length;
    for (int index = 0; same && index < wanted.length; index++) {
      same = Math.abs(typed(value.get(index)).asDouble() - wanted[index]) < ROUNDING;
    }
    if (!same) {
      throw new InvalidInputException(
          "%s: %s is %s; images are normalised with %s here, as Mask2Former's are"
              .formatted(file, key, value, Arrays.toString(wanted)));
    }
  }

  private JsonNode at(String key) {
    JsonNode node = tree;
    for (String part : key.split("\\.")) {
      node = node.path(part);
    }
    return node.isMissingNode() ? null : node;
  }

  private static void put(ObjectNode json, String key, JsonNode value) {
    int dot = key.indexOf('.');
    if (dot < 0) {
      json.set(key, value);
    } else {
      json.withObject("/" + key.substring(0, dot)).set(key.substring(dot + 1), value);
    }
  }

  /** Numbers that YAML leaves as text, such as 1e-5, and True and False as Python writes them. */
  private static JsonNode typed(JsonNode value) {
    if (value instanceof ArrayNode list) {
      ArrayNode typed = JsonNodeFactory.instance.arrayNode();
      list.forEach(element -> typed.add(typed(element)));
      return typed;
    }
    if (!value.isTextual()) {
      return value;
    }
    String text = value.asText();
    if (text.matches("(?i)true|false")) {
      return JsonNodeFactory.instance.booleanNode(Boolean.parseBoolean(text));
    }
    return text.matches("[-+]?[0-9.]{1,20}([eE][-+]?[0-9]{1,2})?")
        ? JsonNodeFactory.instance.numberNode(new BigDecimal(text).doubleValue())
        : value;
  }

  private static Map<String, String> keys() {
    Map<String, String> keys = new HashMap<>();
    keys.put(SWIN + "EMBED_DIM", "backbone_config.embed_dim");
    keys.put(SWIN + "DEPTHS", "backbone_config.depths");
    keys.put(SWIN + "NUM_HEADS", "backbone_config.num_heads");
    keys.put(SWIN + "WINDOW_SIZE", "backbone_config.window_size");
    keys.put(SWIN + "MLP_RATIO", "backbone_config.mlp_ratio");
    keys.put(SWIN + "QKV_BIAS", "backbone_config.qkv_bias");
    keys.put(SWIN + "DROP_PATH_RATE", "backbone_config.drop_path_rate");
    keys.put(SWIN + "PATCH_SIZE", "backbone_config.patch_size");
    keys.put(SWIN + "IN_CHANS", "backbone_config.num_channels");
    keys.put(HEAD + "NUM_CLASSES", "num_labels");
    keys.put(HEAD + "CONVS_DIM", "feature_size");
    keys.put(HEAD + "MASK_DIM", "mask_feature_size");
    keys.put(HEAD + "TRANSFORMER_ENC_LAYERS", "encoder_layers");
    keys.put(HEAD + "COMMON_STRIDE", "common_stride");
    keys.put(FORMER + "HIDDEN_DIM", "hidden_dim");
    keys.put(FORMER + "NHEADS", "num_attention_heads");
    keys.put(FORMER + "DIM_FEEDFORWARD", "dim_feedforward");
    keys.put(FORMER + "DEC_LAYERS", "decoder_layers");
    keys.put(FORMER + "NUM_OBJECT_QUERIES", "num_queries");
    keys.put(FORMER + "PRE_NORM", "pre_norm");
    keys.put(FORMER + "ENFORCE_INPUT_PROJ", "enforce_input_projection");
    keys.put(FORMER + "DROPOUT", "dropout");
    keys.put(FORMER + "SIZE_DIVISIBILITY", "size_divisibility");
    keys.put(FORMER + "NO_OBJECT_WEIGHT", "no_object_weight");
    keys.put(FORMER + "CLASS_WEIGHT", "class_weight");
    keys.put(FORMER + "MASK_WEIGHT", "mask_weight");
    keys.put(FORMER + "DICE_WEIGHT", "dice_weight");
    keys.put(FORMER + "TRAIN_NUM_POINTS", "train_num_points");
    keys.put(FORMER + "OVERSAMPLE_RATIO", "oversample_ratio");
    keys.put(FORMER + "IMPORTANCE_SAMPLE_RATIO", "importance_sample_ratio");
    return Map.copyOf(keys);
  }
}
