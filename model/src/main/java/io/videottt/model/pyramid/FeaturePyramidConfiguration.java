package io.videottt.model.pyramid;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.io.config.SettingsReader;
import io.videottt.model.Architecture;
import io.videottt.model.ChromaLoss;
import io.videottt.model.InputPadding;
import io.videottt.model.ModelConfiguration;
import io.videottt.model.OutputSpace;
import io.videottt.model.ReconstructionTarget;
import java.util.List;
import java.util.Set;

/**
 * The lighter architecture: a hybrid Swin encoder with a feature pyramid as main head and a second
 * one as reconstruction decoder, for semantic segmentation only. It learns from scratch in minutes
 * where Mask2Former takes hours.
 *
 * @param modelType always {@value #MODEL_TYPE}
 * @param numLabels number of classes K, 1 to 254
 * @param encoder the encoder's sizes
 * @param pyramid the sizes of both feature pyramids
 * @param loss the main task's training loss
 * @param sizeDivisor sides of the input are padded to its multiples; null, and left out of
 *     config.json, for no padding: this architecture is the project's own and no published weights
 *     expect padding, its convolutions and windows take any size, and what was trained without
 *     would see an edge that it has never seen
 * @param reconstructionTarget what the reconstruction decoder gives back; null, and left out of
 *     config.json, for the pixels
 * @param outputSpace what the main head says about pixels; null, and left out of config.json, for
 *     classes. With chroma there are no classes: num_labels is 0
 */
public record FeaturePyramidConfiguration(
    String modelType,
    int numLabels,
    Encoder encoder,
    Pyramid pyramid,
    Loss loss,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer sizeDivisor,
    @JsonInclude(JsonInclude.Include.NON_NULL) ReconstructionTarget reconstructionTarget,
    @JsonInclude(JsonInclude.Include.NON_NULL) OutputSpace outputSpace)
    implements ModelConfiguration {

  /** The value of {@code model_type} in config.json. */
  public static final String MODEL_TYPE = "videottt_feature_pyramid";

  private static final Set<String> OPTIONAL_KEYS =
      Set.of(InputPadding.KEYS.get(0), TARGET_KEY, OutputSpace.KEY);

  private static final int STAGES = 4;
  private static final int LARGEST_LABEL = 254;
  private static final int MOST_CHANNELS = 4096;
  private static final int DEEPEST_STAGE = 64;
  private static final int LARGEST_WINDOW = 64;
  private static final double LARGEST_RATIO = 16;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** How an image becomes the first stage's input at a quarter of its resolution. */
  public enum Stem {
    /** Two 3x3 convolutions of stride 2. */
    @JsonProperty("convolution")
    CONVOLUTION,
    /** Swin's linear embedding of 4x4 patches. */
    @JsonProperty("patch")
    PATCH
  }

  /** What a stage of the encoder is made of. */
  public enum Block {
    /** Residual blocks of LayerNorm and two 3x3 convolutions. */
    @JsonProperty("convolution")
    CONVOLUTION,
    /** Swin's shifted-window attention. */
    @JsonProperty("swin")
    SWIN
  }

  /** The resolution at which the logits meet the labels. */
  public enum Resolution {
    /** Logits enlarged to the image's resolution. */
    @JsonProperty("full")
    FULL,
    /** Every fourth label of every fourth row, at the logits' own resolution. */
    @JsonProperty("quarter")
    QUARTER
  }

  /**
   * The encoder's sizes; lists have one entry per stage, at strides 4, 8, 16 and 32.
   *
   * @param stem the first layers
   * @param stemChannels channels between the two convolutions of the stem; ignored by a patch stem
   * @param channels channels of each stage
   * @param depths blocks of each stage
   * @param blocks kind of each stage's blocks
   * @param numHeads attention heads of each Swin stage, 0 for a convolutional stage
   * @param windowSizes side of each Swin stage's attention windows in feature pixels, 0 for a
   *     convolutional stage; a window as large as the features makes the attention global
   * @param mlpRatio hidden width of Swin's feed-forward layers over the stage's channels
   */
  public record Encoder(
      Stem stem,
      int stemChannels,
      List<Integer> channels,
      List<Integer> depths,
      List<Block> blocks,
      List<Integer> numHeads,
      List<Integer> windowSizes,
      double mlpRatio) {

    /** Copies the lists. */
    public Encoder {
      channels = List.copyOf(channels);
      depths = List.copyOf(depths);
      blocks = List.copyOf(blocks);
      numHeads = List.copyOf(numHeads);
      windowSizes = List.copyOf(windowSizes);
    }
  }

  /**
   * The sizes of a feature pyramid.
   *
   * @param channels channels of every level
   * @param groups groups of its GroupNorm layers
   */
  public record Pyramid(int channels, int groups) {}

  /**
   * The main task's training loss.
   *
   * @param classWeights weight of each class in the cross-entropy; empty for equal weights
   * @param resolution where logits and labels are compared
   */
  public record Loss(List<Double> classWeights, Resolution resolution) {

    /** Copies the list. */
    public Loss {
      classWeights = List.copyOf(classWeights);
    }
  }

  /** Checks every size. */
  public FeaturePyramidConfiguration {
    reconstructionTarget =
        reconstructionTarget == ReconstructionTarget.PIXELS ? null : reconstructionTarget;
    outputSpace = outputSpace == OutputSpace.CLASSES ? null : outputSpace;
    check(
        sizeDivisor == null || inRange(sizeDivisor, 1, MOST_CHANNELS),
        "size_divisor",
        sizeDivisor,
        "must be 1 to " + MOST_CHANNELS);
    check(MODEL_TYPE.equals(modelType), "model_type", modelType, "must be " + MODEL_TYPE);
    boolean chroma = outputSpace == OutputSpace.CHROMA;
    check(
        chroma ? numLabels == 0 : numLabels >= 1 && numLabels <= LARGEST_LABEL,
        "num_labels",
        numLabels,
        chroma ? "must be 0 where the output space is chroma" : "must be 1 to " + LARGEST_LABEL);
    checkEncoder(encoder);
    check(
        inRange(pyramid.channels(), 1, MOST_CHANNELS),
        "pyramid.channels",
        pyramid.channels(),
        "must be 1 to " + MOST_CHANNELS);
    check(
        pyramid.groups() >= 1 && pyramid.channels() % pyramid.groups() == 0,
        "pyramid.groups",
        pyramid.groups(),
        "must divide pyramid.channels, " + pyramid.channels());
    List<Double> weights = loss.classWeights();
    check(
        weights.isEmpty() || weights.size() == numLabels,
        "loss.class_weights",
        weights,
        "must be empty or hold one weight per class, " + numLabels);
    check(
        weights.stream().allMatch(weight -> Double.isFinite(weight) && weight >= 0)
            && (weights.isEmpty() || weights.stream().anyMatch(weight -> weight > 0)),
        "loss.class_weights",
        weights,
        "must be finite, not negative and not all zero");
  }

  /**
   * The default sizes, about 1.7 million parameters.
   *
   * @param classCount number of classes, 1 to 254
   */
  public static FeaturePyramidConfiguration standard(int classCount) {
    return new FeaturePyramidConfiguration(
        MODEL_TYPE,
        classCount,
        new Encoder(
            Stem.CONVOLUTION,
            24,
            List.of(32, 64, 128, 192),
            List.of(2, 2, 3, 1),
            List.of(Block.CONVOLUTION, Block.CONVOLUTION, Block.SWIN, Block.SWIN),
            List.of(0, 0, 4, 6),
            List.of(0, 0, 10, 5),
            4.0),
        new Pyramid(48, 8),
        new Loss(List.of(), Resolution.FULL),
        null,
        null,
        null);
  }

  /**
   * Reads a config.json of this architecture; every key but {@code size_divisor}, {@code
   * reconstruction_target} and {@code output_space} must be there, none may be unknown.
   *
   * @param json the file's content
   * @param source the file's name, for messages
   * @throws InvalidInputException naming the file, the key and the way out
   */
  static FeaturePyramidConfiguration parse(JsonNode json, String source) {
    return SettingsReader.read(
        MAPPER, json, FeaturePyramidConfiguration.class, source, OPTIONAL_KEYS);
  }

  @Override
  public int classCount() {
    return numLabels;
  }

  @Override
  public Set<Task> tasks() {
    return outputs().tasks(Set.of(Task.SEMANTIC));
  }

  /** What the main head says about pixels. */
  OutputSpace outputs() {
    return outputSpace == null ? OutputSpace.CLASSES : outputSpace;
  }

  /** The number of values that the main head gives at every position. */
  int headOutputs() {
    return outputs() == OutputSpace.CHROMA ? ChromaLoss.OUTPUTS : numLabels;
  }

  @Override
  public InputPadding padding() {
    return sizeDivisor == null ? InputPadding.NONE : new InputPadding(sizeDivisor);
  }

  @Override
  public boolean namesPadding() {
    return sizeDivisor != null;
  }

  @Override
  public FeaturePyramidConfiguration withPadding(InputPadding padding) {
    return new FeaturePyramidConfiguration(
        modelType,
        numLabels,
        encoder,
        pyramid,
        loss,
        padding.divisor(),
        reconstructionTarget,
        outputSpace);
  }

  @Override
  public ReconstructionTarget target() {
    return reconstructionTarget == null ? ReconstructionTarget.PIXELS : reconstructionTarget;
  }

  @Override
  public FeaturePyramidConfiguration withTarget(ReconstructionTarget target) {
    return new FeaturePyramidConfiguration(
        modelType, numLabels, encoder, pyramid, loss, sizeDivisor, target, outputSpace);
  }

  @Override
  public Architecture architecture() {
    return new FeaturePyramidArchitecture(this);
  }

  @Override
  public String toJson() {
    try {
      return MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a configuration of plain values must serialise", impossible);
    }
  }

  private static void checkEncoder(Encoder encoder) {
    check(
        inRange(encoder.stemChannels(), 1, MOST_CHANNELS),
        "encoder.stem_channels",
        encoder.stemChannels(),
        "must be 1 to " + MOST_CHANNELS);
    checkStages("encoder.channels", encoder.channels());
    checkStages("encoder.depths", encoder.depths());
    checkStages("encoder.blocks", encoder.blocks());
    checkStages("encoder.num_heads", encoder.numHeads());
    checkStages("encoder.window_sizes", encoder.windowSizes());
    check(
        encoder.channels().stream().allMatch(channels -> inRange(channels, 1, MOST_CHANNELS)),
        "encoder.channels",
        encoder.channels(),
        "must be 1 to " + MOST_CHANNELS + " each");
    check(
        encoder.depths().stream().allMatch(depth -> inRange(depth, 1, DEEPEST_STAGE)),
        "encoder.depths",
        encoder.depths(),
        "must be 1 to " + DEEPEST_STAGE + " each");
    for (int stage = 0; stage < STAGES; stage++) {
      int heads = encoder.numHeads().get(stage);
      boolean attends = encoder.blocks().get(stage) == Block.SWIN;
      check(
          attends ? heads >= 1 && encoder.channels().get(stage) % heads == 0 : heads == 0,
          "encoder.num_heads",
          encoder.numHeads(),
          "must divide the channels of a swin stage and be 0 for a convolution stage");
      int window = encoder.windowSizes().get(stage);
      check(
          attends ? inRange(window, 2, LARGEST_WINDOW) : window == 0,
          "encoder.window_sizes",
          encoder.windowSizes(),
          "must be 2 to " + LARGEST_WINDOW + " for a swin stage and 0 for a convolution stage");
    }
    check(
        encoder.mlpRatio() > 0 && encoder.mlpRatio() <= LARGEST_RATIO,
        "encoder.mlp_ratio",
        encoder.mlpRatio(),
        "must be above 0 and at most " + LARGEST_RATIO);
  }

  private static void checkStages(String key, List<?> values) {
    check(values.size() == STAGES, key, values, "must have one entry per stage, " + STAGES);
  }

  private static boolean inRange(int value, int smallest, int largest) {
    return value >= smallest && value <= largest;
  }

  private static void check(boolean holds, String key, Object value, String rule) {
    if (!holds) {
      throw new InvalidInputException("'%s' is %s but %s".formatted(key, value, rule));
    }
  }
}
