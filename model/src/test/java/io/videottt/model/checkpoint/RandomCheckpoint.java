package io.videottt.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.videottt.base.InvalidInputException;
import io.videottt.model.ModelConfiguration;
import io.videottt.model.folder.SegmentationModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A random network's checkpoint, and its conversion. */
abstract class RandomCheckpoint {

  static final String CONFIGURATION =
      """
      {"model_type": "mask2former", "num_labels": 4, "feature_size": 32, "hidden_dim": 32,
       "mask_feature_size": 16, "num_attention_heads": 4, "encoder_layers": 2,
       "encoder_feedforward_dim": 24, "decoder_layers": 3, "dim_feedforward": 40,
       "num_queries": 5,
       "backbone_config": {"model_type": "swin", "embed_dim": 8, "depths": [2, 1, 3, 1],
         "num_heads": [1, 2, 2, 4], "window_size": 3, "mlp_ratio": 2.0, "num_channels": 4}}
      """;

  static final String QKV = "backbone.layers.0.blocks.1.attn.qkv.weight";
  static final String CLASSES = "sem_seg_head.predictor.class_embed.weight";
  static final String PATCHES = "backbone.patch_embed.proj.weight";

  private static SegmentationModel model;
  private static TestCheckpoint detectron;

  @TempDir private Path folder;

  @BeforeAll
  static void draw() {
    model =
        SegmentationModel.initialise(
            ModelConfiguration.parse(CONFIGURATION, "config.json"), 7, Device.cpu());
    detectron = TestCheckpoint.detectron(model);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  static SegmentationModel model() {
    return model;
  }

  /** Under detectron2's names. */
  static TestCheckpoint detectron() {
    return detectron;
  }

  Path folder() {
    return folder;
  }

  Path write(String name, byte[] bytes) {
    try {
      return Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  Path output() {
    return folder.resolve("output");
  }

  ConversionSummary convert(Path checkpoint) {
    return convert(checkpoint, null, null);
  }

  ConversionSummary convert(Path checkpoint, String config, ClassList classes) {
    return new CheckpointConverter(new Configuration())
        .convert(
            hadoop(checkpoint),
            Optional.ofNullable(config).map(RandomCheckpoint::given),
            Optional.ofNullable(classes),
            hadoop(output()));
  }

  static GivenConfiguration given(String json) {
    try {
      return new GivenConfiguration(
          "given.json", (ObjectNode) new ObjectMapper().readTree(json), Map.of());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }

  SegmentationModel load(Path path) {
    return SegmentationModel.load(hadoop(path), new Configuration(), Device.cpu());
  }

  void assertConvertedIsTheModel() {
    try (SegmentationModel loaded = load(output())) {
      assertThat(loaded.fingerprint()).isEqualTo(model.fingerprint());
    }
  }

  void assertRefused(Path checkpoint, String... words) {
    assertThatThrownBy(() -> convert(checkpoint))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(words)
        .satisfies(e -> assertThat(e.getMessage().lines().count()).isLessThanOrEqualTo(2));
    assertNothingIsLeft();
  }

  void assertNothingIsLeft() {
    assertThat(output()).doesNotExist();
    assertThat(folder)
        .isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("."));
  }
}
