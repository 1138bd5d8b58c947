package io.videottt.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InitializationTest {

  private static final String BLOCK = "model.pixel_level_module.encoder.encoder.layers.0.blocks.0.";
  private static final String DEFORMABLE =
      "model.pixel_level_module.decoder.encoder.layers.0.self_attn.";

  @Test
  void dependsOnSeedAndNameOnly() {
    String name = BLOCK + "intermediate.dense.weight";
    float[] first = drawn(name, new Shape(8, 4), 1);

    assertThat(drawn(name, new Shape(8, 4), 1)).isEqualTo(first);
    assertThat(drawn(name, new Shape(8, 4), 2)).isNotEqualTo(first);
    assertThat(drawn(BLOCK + "x.weight", new Shape(8, 4), 1)).isNotEqualTo(first);
  }

  @Test
  void startsNormsAtTheIdentityAndBiasesAtZero() {
    assertThat(drawn(BLOCK + "layernorm_before.weight", new Shape(3), 1)).containsOnly(1);
    assertThat(drawn(BLOCK + "layernorm_before.bias", new Shape(3), 1)).containsOnly(0);
    assertThat(drawn(BLOCK + "output.dense.bias", new Shape(3), 1)).containsOnly(0);
    assertThat(
            drawn(
                "model.transformer_module.decoder.layers.0.cross_attn.in_proj_bias",
                new Shape(3),
                1))
        .containsOnly(0);
  }

  @Test
  void drawsSwinFromATruncatedNormal() {
    float[] values = drawn(BLOCK + "intermediate.dense.weight", new Shape(200, 100), 1);

    for (float value : values) {
      assertThat(value).isBetween(-0.04f, 0.04f);
    }
    // A normal cut at two standard deviations keeps 0.88 of its deviation.
    assertThat(deviation(values)).isCloseTo(0.0176, within(0.0003));
  }

  @Test
  void keepsTheVarianceThroughConvolutionsAndLinearLayers() {
    assertThat(deviation(drawn("head.fusion.conv.weight", new Shape(64, 64, 3, 3), 1)))
        .isCloseTo(Math.sqrt(2.0 / (64 * 9)), within(0.001));
    assertThat(
            deviation(
                drawn(
                    "reconstruction.transformer_module.decoder.layers.0.fc1.weight",
                    new Shape(256, 64),
                    1)))
        .isCloseTo(Math.sqrt(2.0 / (256 + 64)), within(0.002));
  }

  @Test
  void startsDeformableAttentionWithOneDirectionPerHead() {
    float[] bias = drawn(DEFORMABLE + "sampling_offsets.bias", new Shape(192), 1);
    float[] weight = drawn(DEFORMABLE + "sampling_offsets.weight", new Shape(192, 4), 1);

    assertThat(weight).containsOnly(0);
    // Eight heads, three levels, four points: head 1 looks along the diagonal.
    for (int level = 0; level < 3; level++) {
      for (int point = 0; point < 4; point++) {
        int index = ((1 * 3 + level) * 4 + point) * 2;
        assertThat(bias[index]).isCloseTo(point + 1, within(1e-5f));
        assertThat(bias[index + 1]).isCloseTo(point + 1, within(1e-5f));
        assertThat(bias[index - 24]).isCloseTo(point + 1, within(1e-5f));
        assertThat(bias[index - 23]).isCloseTo(0, within(1e-5f));
      }
    }
  }

  @Test
  void startsConvolutionsOfTheEncoderWithABiasSoThatMaskedPatchesAreNotZero() {
    String name = "model.pixel_level_module.encoder.embeddings.patch_embeddings.projection.";
    Map<String, Shape> shapes =
        Map.of(name + "weight", new Shape(8, 4, 4, 4), name + "bias", new Shape(8));

    float[] bias = Initialization.values(name + "bias", shapes, 1);

    assertThat(bias).doesNotContain(0);
    for (float value : bias) {
      assertThat(value).isBetween(-0.125f, 0.125f);
    }
  }

  private static float[] drawn(String name, Shape shape, long seed) {
    return Initialization.values(name, Map.of(name, shape), seed);
  }

  private static double deviation(float[] values) {
    double mean = IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElse(0);
    return Math.sqrt(
        IntStream.range(0, values.length)
            .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
            .average()
            .orElse(0));
  }
}
