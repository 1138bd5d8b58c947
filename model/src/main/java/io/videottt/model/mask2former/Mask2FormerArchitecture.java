package io.videottt.model.mask2former;

import ai.djl.ndarray.NDManager;
import io.videottt.model.Architecture;
import io.videottt.model.InputPadding;
import io.videottt.model.Network;
import io.videottt.model.OutputSpace;
import io.videottt.model.ParameterDefinition;
import io.videottt.model.ParameterDefinitions;
import io.videottt.model.Parameters;
import io.videottt.model.Part;
import io.videottt.model.swin.SwinConfiguration;
import java.util.ArrayList;
import java.util.List;

/** The parameters of Mask2Former with a Swin backbone, under Hugging Face's names. */
final class Mask2FormerArchitecture implements Architecture {

  static final String ENCODER = "model.pixel_level_module.encoder.";
  static final String PIXEL_DECODER = "model.pixel_level_module.decoder.";
  static final String TRANSFORMER = "model.transformer_module.";
  static final String CLASS_PREDICTOR = "class_predictor";
  static final String RECONSTRUCTION_PIXEL_DECODER = "reconstruction.pixel_decoder.";
  static final String RECONSTRUCTION_TRANSFORMER = "reconstruction.transformer_module.";

  private final Mask2FormerConfiguration configuration;

  Mask2FormerArchitecture(Mask2FormerConfiguration configuration) {
    this.configuration = configuration;
  }

  @Override
  public List<ParameterDefinition> mainParameters() {
    Definitions encoder = new Definitions(Part.ENCODER);
    encoder.swin(ENCODER, configuration.backbone());
    Definitions head = new Definitions(Part.MAIN_HEAD);
    head.pixelDecoder(PIXEL_DECODER, configuration);
    head.transformer(TRANSFORMER, configuration, configuration.queries());
    if (configuration.outputSpace() == OutputSpace.CLASSES) {
      head.linear(CLASS_PREDICTOR, configuration.classCount() + 1, configuration.featureSize());
    }
    List<ParameterDefinition> all = new ArrayList<>(encoder.list());
    all.addAll(head.list());
    return all;
  }

  @Override
  public List<ParameterDefinition> reconstructionParameters() {
    Definitions decoder = new Definitions(Part.RECONSTRUCTION);
    decoder.pixelDecoder(RECONSTRUCTION_PIXEL_DECODER, configuration);
    decoder.transformer(
        RECONSTRUCTION_TRANSFORMER, configuration, Mask2FormerConfiguration.RECONSTRUCTION_QUERIES);
    return decoder.list();
  }

  @Override
  public InputPadding padding() {
    return Mask2FormerConfiguration.PADDING;
  }

  @Override
  public boolean tolerates(String name) {
    return name.startsWith("criterion.")
        || name.endsWith("relative_position_index")
        || name.startsWith(ENCODER + "swin.layernorm.")
        || name.startsWith(ENCODER + "layernorm.");
  }

  @Override
  public Network network(Parameters parameters, NDManager manager) {
    return new Mask2FormerNetwork(configuration, parameters, manager);
  }

  private static final class Definitions {

    private final ParameterDefinitions definitions;

    Definitions(Part part) {
      definitions = new ParameterDefinitions(part);
    }

    List<ParameterDefinition> list() {
      return definitions.list();
    }

    void swin(String prefix, SwinConfiguration swin) {
      int patch = swin.patchSize();
      String embedding = prefix + "embeddings.";
      add(embedding + "patch_embeddings.projection.weight", swin.embeddingSize(), 4, patch, patch);
      add(embedding + "patch_embeddings.projection.bias", swin.embeddingSize());
      norm(embedding + "norm", swin.embeddingSize());
      for (int stage = 0; stage < SwinConfiguration.STAGES; stage++) {
        for (int block = 0; block < swin.depths().get(stage); block++) {
          swinBlock(prefix + "encoder.layers." + stage + ".blocks." + block + ".", swin, stage);
        }
        int channels = swin.channels(stage);
        if (stage < SwinConfiguration.STAGES - 1) {
          String downsample = prefix + "encoder.layers." + stage + ".downsample.";
          add(downsample + "reduction.weight", 2L * channels, 4L * channels);
          norm(downsample + "norm", 4L * channels);
        }
        norm(prefix + "hidden_states_norms.stage" + (stage + 1), channels);
      }
    }

    private void swinBlock(String prefix, SwinConfiguration swin, int stage) {
      int channels = swin.channels(stage);
      long offsets = 2L * swin.windowSize() - 1;
      norm(prefix + "layernorm_before", channels);
      add(
          prefix + "attention.self.relative_position_bias_table",
          offsets * offsets,
          swin.heads().get(stage));
      for (String projection : List.of("query", "key", "value")) {
        add(prefix + "attention.self." + projection + ".weight", channels, channels);
        if (swin.queryKeyValueBias()) {
          add(prefix + "attention.self." + projection + ".bias", channels);
        }
      }
      linear(prefix + "attention.output.dense", channels, channels);
      norm(prefix + "layernorm_after", channels);
      linear(prefix + "intermediate.dense", swin.feedForward(stage), channels);
      linear(prefix + "output.dense", channels, swin.feedForward(stage));
    }

    void pixelDecoder(String prefix, Mask2FormerConfiguration sizes) {
      int channels = sizes.featureSize();
      SwinConfiguration swin = sizes.backbone();
      add(prefix + "level_embed", Mask2FormerConfiguration.LEVELS, channels);
      for (int level = 0; level < Mask2FormerConfiguration.LEVELS; level++) {
        String projection = prefix + "input_projections." + level + ".";
        int stage = SwinConfiguration.STAGES - 1 - level;
        add(projection + "0.weight", channels, swin.channels(stage), 1, 1);
        add(projection + "0.bias", channels);
        norm(projection + "1", channels);
      }
      for (int layer = 0; layer < sizes.pixelLayers(); layer++) {
        String name = prefix + "encoder.layers." + layer + ".";
        long samples =
            (long) sizes.attentionHeads()
                * Mask2FormerConfiguration.LEVELS
                * Mask2FormerConfiguration.POINTS;
        linear(name + "self_attn.sampling_offsets", 2 * samples, channels);
        linear(name + "self_attn.attention_weights", samples, channels);
        linear(name + "self_attn.value_proj", channels, channels);
        linear(name + "self_attn.output_proj", channels, channels);
        norm(name + "self_attn_layer_norm", channels);
        linear(name + "fc1", sizes.pixelFeedForward(), channels);
        linear(name + "fc2", channels, sizes.pixelFeedForward());
        norm(name + "final_layer_norm", channels);
      }
      add(prefix + "adapter_1.0.weight", channels, swin.channels(0), 1, 1);
      norm(prefix + "adapter_1.1", channels);
      add(prefix + "layer_1.0.weight", channels, channels, 3, 3);
      norm(prefix + "layer_1.1", channels);
      add(prefix + "mask_projection.weight", sizes.maskFeatureSize(), channels, 1, 1);
      add(prefix + "mask_projection.bias", sizes.maskFeatureSize());
    }

    void transformer(String prefix, Mask2FormerConfiguration sizes, int queries) {
      int channels = sizes.featureSize();
      add(prefix + "queries_embedder.weight", queries, channels);
      add(prefix + "queries_features.weight", queries, channels);
      add(prefix + "level_embed.weight", Mask2FormerConfiguration.LEVELS, channels);
      for (int layer = 0; layer < sizes.decoderLayers(); layer++) {
        String name = prefix + "decoder.layers." + layer + ".";
        add(name + "cross_attn.in_proj_weight", 3L * channels, channels);
        add(name + "cross_attn.in_proj_bias", 3L * channels);
        linear(name + "cross_attn.out_proj", channels, channels);
        norm(name + "cross_attn_layer_norm", channels);
        for (String projection : List.of("q_proj", "k_proj", "v_proj", "out_proj")) {
          linear(name + "self_attn." + projection, channels, channels);
        }
        norm(name + "self_attn_layer_norm", channels);
        linear(name + "fc1", sizes.decoderFeedForward(), channels);
        linear(name + "fc2", channels, sizes.decoderFeedForward());
        norm(name + "final_layer_norm", channels);
      }
      norm(prefix + "decoder.layernorm", channels);
      String embedder = prefix + "decoder.mask_predictor.mask_embedder.";
      linear(embedder + "0.0", channels, channels);
      linear(embedder + "1.0", channels, channels);
      linear(embedder + "2.0", sizes.maskFeatureSize(), channels);
    }

    void linear(String name, long outputs, long inputs) {
      definitions.layer(name, outputs, inputs);
    }

    private void norm(String name, long channels) {
      definitions.norm(name, channels);
    }

    private void add(String name, long... shape) {
      definitions.add(name, shape);
    }
  }
}
