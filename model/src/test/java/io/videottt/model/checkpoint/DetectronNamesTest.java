package io.videottt.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.model.Architecture;
import io.videottt.model.ModelConfiguration;
import io.videottt.model.ParameterDefinition;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectronNamesTest {

  private static final String SWIN = "model.pixel_level_module.encoder.";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
backbone.patch_embed.norm.bias | model.pixel_level_module.encoder.embeddings.norm.bias
backbone.norm0.weight | model.pixel_level_module.encoder.hidden_states_norms.stage1.weight
backbone.norm3.bias | model.pixel_level_module.encoder.hidden_states_norms.stage4.bias
backbone.layers.2.downsample.reduction.weight | model.pixel_level_module.encoder.encoder.layers.2.downsample.reduction.weight
sem_seg_head.pixel_decoder.input_proj.0.1.bias | model.pixel_level_module.decoder.input_projections.0.1.bias
sem_seg_head.pixel_decoder.transformer.level_embed | model.pixel_level_module.decoder.level_embed
sem_seg_head.pixel_decoder.transformer.encoder.layers.5.norm2.weight | model.pixel_level_module.decoder.encoder.layers.5.final_layer_norm.weight
sem_seg_head.pixel_decoder.adapter_1.weight | model.pixel_level_module.decoder.adapter_1.0.weight
sem_seg_head.pixel_decoder.layer_1.norm.bias | model.pixel_level_module.decoder.layer_1.1.bias
sem_seg_head.predictor.query_feat.weight | model.transformer_module.queries_features.weight
sem_seg_head.predictor.class_embed.bias | class_predictor.bias
sem_seg_head.predictor.transformer_cross_attention_layers.8.multihead_attn.in_proj_weight | model.transformer_module.decoder.layers.8.cross_attn.in_proj_weight
sem_seg_head.predictor.mask_embed.layers.2.weight | model.transformer_module.decoder.mask_predictor.mask_embedder.2.0.weight
recon_head.pixel_decoder.mask_features.weight | reconstruction.pixel_decoder.mask_projection.weight
recon_head.predictor.decoder_norm.weight | reconstruction.transformer_module.decoder.layernorm.weight
""")
  void namesAreThoseOfTheTableInBothDirections(String theirs, String ours) {
    assertThat(DetectronNames.ours(theirs)).containsExactly(ours);
    assertThat(DetectronNames.theirs(ours)).contains(theirs);
  }

  @Test
  void queriesKeysAndValuesAreSplitInTheirOrder() {
    assertThat(DetectronNames.ours("backbone.layers.3.blocks.1.attn.qkv.bias"))
        .containsExactly(
            SWIN + "encoder.layers.3.blocks.1.attention.self.query.bias",
            SWIN + "encoder.layers.3.blocks.1.attention.self.key.bias",
            SWIN + "encoder.layers.3.blocks.1.attention.self.value.bias");
    assertThat(
            DetectronNames.ours(
                "recon_head.predictor.transformer_self_attention_layers.0.self_attn.in_proj_weight"))
        .containsExactly(
            "reconstruction.transformer_module.decoder.layers.0.self_attn.q_proj.weight",
            "reconstruction.transformer_module.decoder.layers.0.self_attn.k_proj.weight",
            "reconstruction.transformer_module.decoder.layers.0.self_attn.v_proj.weight");
  }

  @Test
  void everyParameterHasANameThatLeadsBackToIt() {
    Architecture architecture =
        ModelConfiguration.parse("{\"model_type\": \"mask2former\"}", "defaults").architecture();
    List<ParameterDefinition> definitions = new ArrayList<>(architecture.mainParameters());
    definitions.addAll(architecture.reconstructionParameters());
    assertThat(definitions).hasSizeGreaterThan(800);
    for (ParameterDefinition definition : definitions) {
      String theirs = DetectronNames.theirs(definition.name()).orElseThrow();
      assertThat(DetectronNames.ours(theirs)).contains(definition.name());
      assertThat(DetectronNames.current(theirs)).isEqualTo(theirs);
    }
  }

  @Test
  void headsOfTheFirstVersionLeaveThePixelDecoderOut() {
    assertThat(DetectronNames.current("sem_seg_head.mask_features.weight"))
        .isEqualTo("sem_seg_head.pixel_decoder.mask_features.weight");
    assertThat(DetectronNames.current("module.sem_seg_head.predictor.level_embed.weight"))
        .isEqualTo("sem_seg_head.predictor.level_embed.weight");
    assertThat(DetectronNames.current("backbone.norm0.weight")).isEqualTo("backbone.norm0.weight");
  }

  @Test
  void otherNamesAreNotInTheTable() {
    for (String name :
        List.of(
            "backbone.norm4.weight",
            "backbone.patch_embed.proj.running_mean",
            "sem_seg_head.predictor.class_embed",
            "recon_head.predictor.class_embed.weight",
            "sem_seg_headXpredictor.query_feat.weight")) {
      assertThat(DetectronNames.ours(name)).as(name).isEmpty();
    }
  }
}
