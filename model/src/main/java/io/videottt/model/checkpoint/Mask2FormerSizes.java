package io.videottt.model.checkpoint;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.videottt.base.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sizes of a Mask2Former with a Swin backbone, read off the shapes of its tensors. */
final class Mask2FormerSizes {

  private static final String ENCODER = "model.pixel_level_module.encoder.";
  private static final String DECODER = "model.pixel_level_module.decoder.";
  private static final String TRANSFORMER = "model.transformer_module.";
  private static final String CLASSES = "class_predictor.weight";
  private static final int STAGES = 4;

  /** Levels, points, and two coordinates of the deformable attention, for each of its heads. */
  private static final int OFFSETS_PER_HEAD = 3 * 4 * 2;

  private final CheckpointTensors tensors;
  private final List<ReadSize> sizes = new ArrayList<>();

  private Mask2FormerSizes(CheckpointTensors tensors) {
    this.tensors = tensors;
  }

  /**
   * Reads all of them but the number of classes.
   *
   * @throws InvalidInputException when a tensor is missing that gives one, or has another rank
   */
  static List<ReadSize> of(CheckpointTensors tensors) {
    Mask2FormerSizes sizes = new Mask2FormerSizes(tensors);
    sizes.backbone();
    sizes.pixelDecoder();
    sizes.transformer();
    return List.copyOf(sizes.sizes);
  }

  /** The number of classes without "no object", as num_labels. */
  static ReadSize classes(CheckpointTensors tensors) {
    Mask2FormerSizes sizes = new Mask2FormerSizes(tensors);
    Shape shape = sizes.shape(CLASSES, 2);
    if (shape.get(0) < 2) {
      throw sizes.invalid(CLASSES, shape, "[classes + 1, channels], the last row for no object");
    }
    sizes.add("num_labels", CLASSES, 2, rows -> rows.get(0) - 1);
    return sizes.sizes.get(0);
  }

  private interface Reading {
    long of(Shape shape);
  }

  private void backbone() {
    String patches = ENCODER + "embeddings.patch_embeddings.projection.weight";
    add("backbone_config.embed_dim", patches, 4, shape -> shape.get(0));
    add("backbone_config.num_channels", patches, 4, shape -> shape.get(1));
    add("backbone_config.patch_size", patches, 4, shape -> shape.get(2));
    ArrayNode depths = JsonNodeFactory.instance.arrayNode();
    ArrayNode heads = JsonNodeFactory.instance.arrayNode();
    for (int stage = 0; stage < STAGES; stage++) {
      depths.add(count(ENCODER + "encoder.layers." + stage + ".blocks."));
      heads.add((int) shape(table(stage), 2).get(1));
    }
    add("backbone_config.depths", depths, table(STAGES - 1));
    add("backbone_config.num_heads", heads, table(STAGES - 1));
    add("backbone_config.window_size", table(0), 2, this::window);
    String feedForward = block(0) + "intermediate.dense.weight";
    Shape wide = shape(feedForward, 2);
    add(
        "backbone_config.mlp_ratio",
        DoubleNode.valueOf(wide.get(0) / (double) Math.max(1, wide.get(1))),
        feedForward);
    String bias = block(0) + "attention.self.query.bias";
    boolean biased = tensors.parts().containsKey(bias);
    add(
        "backbone_config.qkv_bias",
        BooleanNode.valueOf(biased),
        biased ? bias : block(0) + "attention.self.query.weight");
  }

  private static String block(int stage) {
    return ENCODER + "encoder.layers." + stage + ".blocks.0.";
  }

  private static String table(int stage) {
    return block(stage) + "attention.self.relative_position_bias_table";
  }

  /** The table has a row for every offset within a window: (2 w - 1)^2. */
  private long window(Shape table) {
    long side = Math.round(Math.sqrt(table.get(0)));
    if (side * side != table.get(0) || side % 2 == 0) {
      throw invalid(table(0), table, "[(2 w - 1)^2, heads] for a window of w x w patches");
    }
    return (side + 1) / 2;
  }

  private void pixelDecoder() {
    add("feature_size", DECODER + "input_projections.0.0.weight", 4, shape -> shape.get(0));
    add("mask_feature_size", DECODER + "mask_projection.weight", 4, shape -> shape.get(0));
    int layers = count(DECODER + "encoder.layers.");
    String first = DECODER + "encoder.layers.0.";
    String offsets = first + "self_attn.sampling_offsets.weight";
    add("num_attention_heads", offsets, 2, this::attentionHeads);
    add("encoder_layers", IntNode.valueOf(layers), offsets);
    add("encoder_feedforward_dim", first + "fc1.weight", 2, shape -> shape.get(0));
  }

  private long attentionHeads(Shape offsets) {
    if (offsets.get(0) == 0 || offsets.get(0) % OFFSETS_PER_HEAD != 0) {
      throw invalid(
          DECODER + "encoder.layers.0.self_attn.sampling_offsets.weight",
          offsets,
          "[heads x 3 levels x 4 points x 2, channels]");
    }
    return offsets.get(0) / OFFSETS_PER_HEAD;
  }

  private void transformer() {
    String features = TRANSFORMER + "queries_features.weight";
    add("num_queries", features, 2, shape -> shape.get(0));
    add("hidden_dim", features, 2, shape -> shape.get(1));
    String first = TRANSFORMER + "decoder.layers.0.fc1.weight";
    // config.json counts the prediction before the first layer, too.
    int layers = count(TRANSFORMER + "decoder.layers.") + 1;
    add("decoder_layers", IntNode.valueOf(layers), first);
    add("dim_feedforward", first, 2, shape -> shape.get(0));
  }

  private void add(String key, String tensor, int rank, Reading reading) {
    add(key, IntNode.valueOf(Math.toIntExact(reading.of(shape(tensor, rank)))), tensor);
  }

  private void add(String key, JsonNode value, String tensor) {
    NamedPart part = tensors.require(tensor);
    sizes.add(new ReadSize(key, value, part.name(), part.tensor().shape()));
  }

  private Shape shape(String tensor, int rank) {
    Shape shape = tensors.require(tensor).shape();
    if (shape.dimension() != rank) {
      throw invalid(tensor, shape, rank + " dimensions");
    }
    return shape;
  }

  /** The number behind the prefix in the last name that begins so, plus one. */
  private int count(String prefix) {
    Pattern pattern = Pattern.compile(Pattern.quote(prefix) + "(\\d{1,4})\\..*");
    int count = 0;
    for (String name : tensors.parts().keySet()) {
      Matcher matcher = pattern.matcher(name);
      if (matcher.matches()) {
        count = Math.max(count, Integer.parseInt(matcher.group(1)) + 1);
      }
    }
    return count;
  }

  private InvalidInputException invalid(String tensor, Shape shape, String expected) {
    return new InvalidInputException(
        "%s: %s has the shape %s; it must be %s"
            .formatted(tensors.source(), tensors.nameOf(tensor), shape, expected));
  }
}
