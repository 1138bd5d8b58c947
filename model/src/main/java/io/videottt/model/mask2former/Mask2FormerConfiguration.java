package io.videottt.model.mask2former;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.videottt.base.Task;
import io.videottt.io.config.ConfigurationReader;
import io.videottt.model.Architecture;
import io.videottt.model.ChromaLoss;
import io.videottt.model.InputPadding;
import io.videottt.model.ModelConfiguration;
import io.videottt.model.OutputSpace;
import io.videottt.model.ReconstructionTarget;
import io.videottt.model.swin.SwinConfiguration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Sizes of Mask2Former (Cheng et al., 2022) with a Swin backbone, as Hugging Face's {@code
 * config.json} gives them. Keys that do not matter here are kept and ignored; absent ones have
 * Hugging Face's defaults.
 *
 * @param backbone the encoder f
 * @param classCount classes without "no object"
 * @param featureSize channels of the pixel decoder and, equal to them, of the transformer decoder
 * @param maskFeatureSize channels of the mask embedding
 * @param attentionHeads heads of every attention behind the backbone
 * @param pixelLayers layers of the pixel decoder's deformable attention
 * @param pixelFeedForward width of their feed-forward layers
 * @param decoderLayers layers of the masked-attention decoder (the file's decoder_layers counts one
 *     more)
 * @param decoderFeedForward width of their feed-forward layers
 * @param queries number of predicted masks; of chroma {@value
 *     io.videottt.model.ChromaLoss#OUTPUTS}, whatever the file says
 * @param preNorm whether the decoder normalises before instead of after each sub-layer
 * @param loss weights and sampling of the training loss
 * @param padding of the input; to a multiple of 32 where config.json does not say otherwise
 * @param target what the reconstruction decoder gives back; the pixels where config.json names none
 * @param outputSpace what the queries say: a mask with a class each, or, as those of the
 *     reconstruction decoder, one of the values of the patches' pixels; classes where config.json
 *     names none. With chroma there are no classes
 * @param json the whole file
 */
public record Mask2FormerConfiguration(
    SwinConfiguration backbone,
    int classCount,
    int featureSize,
    int maskFeatureSize,
    int attentionHeads,
    int pixelLayers,
    int pixelFeedForward,
    int decoderLayers,
    int decoderFeedForward,
    int queries,
    boolean preNorm,
    Loss loss,
    InputPadding padding,
    ReconstructionTarget target,
    OutputSpace outputSpace,
    String json)
    implements ModelConfiguration {

  static final String MODEL_TYPE = "mask2former";

  /** As the authors of Mask2Former and of the paper pad, whose weights are used with it. */
  static final InputPadding PADDING = new InputPadding(32);

  /** The reconstruction decoder predicts patches of 4 x 4 pixels, as fine as its masks. */
  static final int RECONSTRUCTION_PATCH = 4;

  /** One mask per colour and pixel of a patch. */
  static final int RECONSTRUCTION_QUERIES = 3 * RECONSTRUCTION_PATCH * RECONSTRUCTION_PATCH;

  /** Feature maps that the deformable attention and the decoder attend to. */
  static final int LEVELS = 3;

  /** Sampling points per head and level of the deformable attention. */
  static final int POINTS = 4;

  /** Groups of the pixel decoder's group normalisation. */
  static final int GROUPS = 32;

  /**
   * Mask2Former's training loss (Section 3.3 of its paper).
   *
   * @param classWeight weight of the cross-entropy
   * @param maskWeight weight of the binary cross-entropy
   * @param diceWeight weight of the dice loss
   * @param noObjectWeight weight of "no object" within the cross-entropy
   * @param points sampled points per mask
   * @param oversampleRatio candidates per sampled point
   * @param importanceSampleRatio part of the points that is taken where the mask is least certain
   * @param extras what the published loss does not have
   */
  public record Loss(
      double classWeight,
      double maskWeight,
      double diceWeight,
      double noObjectWeight,
      int points,
      double oversampleRatio,
      double importanceSampleRatio,
      Extras extras) {}

  /**
   * What helps small models to learn semantic segmentation, from the optional object "videottt" of
   * config.json. By default nothing of it is used.
   *
   * @param perClassQueries classes that have a query of their own, in the order of the queries: the
   *     i-th query shall predict the i-th of them, whatever its mask; only segments of other
   *     classes are matched, with the queries that remain. For classes with at most one segment per
   *     image
   * @param pixelCrossEntropyWeight of the cross-entropy of every pixel's class scores
   * @param classWeights weight of each class in both cross-entropies; empty for equal weights
   */
  public record Extras(
      List<Integer> perClassQueries, double pixelCrossEntropyWeight, List<Double> classWeights) {

    /** Either a list of classes, or true for all of them. */
    private static List<Integer> perClassQueries(ConfigurationReader reader, int classCount) {
      if (reader.isList("per_class_queries")) {
        List<Integer> classes = reader.integers("per_class_queries", 0, classCount - 1);
        if (classes.stream().distinct().count() != classes.size()) {
          throw reader.invalid("per_class_queries", classes, "a list that names each class once");
        }
        return classes;
      }
      boolean all = reader.flag("per_class_queries", false);
      return all ? IntStream.range(0, classCount).boxed().toList() : List.of();
    }

    static Extras parse(ConfigurationReader reader, int classCount) {
      reader.refuseOthers("per_class_queries", "pixel_cross_entropy_weight", "class_weights");
      return new Extras(
          perClassQueries(reader, classCount),
          reader.number("pixel_cross_entropy_weight", 0, 0, 1e6),
          reader.numbers("class_weights", List.of(), classCount, 0, 1e6));
    }
  }

  static Mask2FormerConfiguration parse(JsonNode node, String source) {
    ConfigurationReader reader = new ConfigurationReader(node, source);
    int featureSize = reader.integer("feature_size", 256, GROUPS, 4096);
    int heads = reader.integer("num_attention_heads", 8, 1, 256);
    if (featureSize % GROUPS != 0 || featureSize % heads != 0) {
      throw reader.invalid(
          "feature_size",
          featureSize,
          "a multiple of " + GROUPS + " and of num_attention_heads, " + heads);
    }
    reader.integer("hidden_dim", featureSize, featureSize, featureSize);
    reader.integer("common_stride", 4, 4, 4);
    reader.text("activation_function", "relu", List.of("relu"));
    if (reader.flag("enforce_input_projection", false)) {
      throw reader.invalid("enforce_input_projection", true, "false");
    }
    OutputSpace outputSpace =
        OutputSpace.of(reader.text(OutputSpace.KEY, OutputSpace.CLASSES.id(), OutputSpace.ids()))
            .orElseThrow();
    boolean chroma = outputSpace == OutputSpace.CHROMA;
    int labels = reader.size("id2label");
    int classCount = chroma ? 0 : labels > 0 ? labels : reader.integer("num_labels", 2, 1, 100_000);
    int queries = chroma ? ChromaLoss.OUTPUTS : reader.integer("num_queries", 100, 1, 10_000);
    Extras extras = Extras.parse(reader.object("videottt"), classCount);
    if (queries < extras.perClassQueries().size()) {
      throw reader.invalid(
          "num_queries",
          queries,
          "at least one per class of per_class_queries, " + extras.perClassQueries().size());
    }
    ObjectNode json = node.deepCopy();
    if (json.path("backbone_config") instanceof ObjectNode backbone) {
      backbone.put("num_channels", 4);
    }
    return new Mask2FormerConfiguration(
        SwinConfiguration.parse(reader.object("backbone_config")),
        classCount,
        featureSize,
        reader.integer("mask_feature_size", featureSize, 1, 4096),
        heads,
        reader.integer("encoder_layers", 6, 0, 100),
        reader.integer("encoder_feedforward_dim", 1024, 1, 65_536),
        reader.integer("decoder_layers", 10, 1, 101) - 1,
        reader.integer("dim_feedforward", 2048, 1, 65_536),
        queries,
        reader.flag("pre_norm", false),
        new Loss(
            reader.number("class_weight", 2, 0, 1e6),
            reader.number("mask_weight", 5, 0, 1e6),
            reader.number("dice_weight", 5, 0, 1e6),
            reader.number("no_object_weight", 0.1, 0, 1e6),
            reader.integer("train_num_points", 12_544, 1, 1_000_000),
            reader.number("oversample_ratio", 3, 1, 100),
            reader.number("importance_sample_ratio", 0.75, 0, 1),
            extras),
        InputPadding.named(node, source).orElse(PADDING),
        ReconstructionTarget.of(
                reader.text(
                    TARGET_KEY, ReconstructionTarget.PIXELS.id(), ReconstructionTarget.ids()))
            .orElseThrow(),
        outputSpace,
        json.toPrettyString());
  }

  @Override
  public Set<Task> tasks() {
    return outputSpace.tasks(Task.segmentation());
  }

  @Override
  public boolean namesPadding() {
    return InputPadding.named(tree(), "config.json").isPresent();
  }

  @Override
  public Mask2FormerConfiguration withPadding(InputPadding other) {
    ObjectNode named = tree();
    named.remove(InputPadding.KEYS);
    named.put(InputPadding.KEYS.get(0), other.divisor());
    return parse(named, "config.json");
  }

  @Override
  public Mask2FormerConfiguration withTarget(ReconstructionTarget other) {
    if (other == target) {
      return this;
    }
    ObjectNode named = tree();
    if (other == ReconstructionTarget.PIXELS) {
      named.remove(TARGET_KEY);
    } else {
      named.put(TARGET_KEY, other.id());
    }
    return parse(named, "config.json");
  }

  private ObjectNode tree() {
    try {
      return (ObjectNode) new ObjectMapper().readTree(json);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("it was written from a tree", impossible);
    }
  }

  @Override
  public Architecture architecture() {
    return new Mask2FormerArchitecture(this);
  }

  @Override
  public String toJson() {
    return json;
  }
}
