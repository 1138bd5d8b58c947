package io.videottt.model.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names of Mask2Former's tensors in detectron2's checkpoints and in model folders. One table is
 * read in both directions; in it # is a number and * is weight or bias, and {a,b,c} are the tensors
 * that a detectron2 tensor is split into, in equal parts along its first dimension.
 *
 * <p>No tensor is transposed or reordered: the layouts are the same on both sides.
 */
final class DetectronNames {

  static final String BACKBONE = "backbone.";
  static final String HEAD = "sem_seg_head.";

  /** The released code's reconstruction decoder g. */
  static final String RECONSTRUCTION = "recon_head.";

  private static final String DATA_PARALLEL = "module.";
  private static final String PIXEL_DECODER = "pixel_decoder.";
  private static final String PREDICTOR = "predictor.";
  private static final String ENCODER = "model.pixel_level_module.encoder.";
  private static final String BLOCK = "layers.#.blocks.#.";

  private static final List<Rule> RULES = rules();

  /** A line of the table. */
  private record Rule(String theirs, String ours, Pattern theirPattern, Pattern ourPattern) {

    static Rule of(String theirs, String ours) {
      return new Rule(theirs, ours, pattern(theirs), pattern(ours));
    }

    private static Pattern pattern(String template) {
      return Pattern.compile(
          template
              .replaceAll("\\{(\\w+),(\\w+),(\\w+)}", "(?:$1|$2|$3)")
              .replace(".", "\\.")
              .replace("#", "(\\d{1,4})")
              .replace("*", "(weight|bias)"));
    }
  }

  private DetectronNames() {}

  /** Whether names are detectron2's. */
  static boolean are(List<String> names) {
    return names.stream()
        .map(DetectronNames::withoutDataParallel)
        .anyMatch(
            name ->
                name.startsWith(BACKBONE)
                    || name.startsWith(HEAD)
                    || name.startsWith(RECONSTRUCTION));
  }

  /**
   * A name as today's files have it: without data parallel's prefix, and with the pixel decoder
   * that heads of the first version leave out.
   */
  static String current(String name) {
    String current = withoutDataParallel(name);
    for (String head : List.of(HEAD, RECONSTRUCTION)) {
      String rest = current.startsWith(head) ? current.substring(head.length()) : PREDICTOR;
      if (!rest.startsWith(PIXEL_DECODER) && !rest.startsWith(PREDICTOR)) {
        return head + PIXEL_DECODER + rest;
      }
    }
    return current;
  }

  static String withoutDataParallel(String name) {
    String rest = name;
    while (rest.startsWith(DATA_PARALLEL)) {
      rest = rest.substring(DATA_PARALLEL.length());
    }
    return rest;
  }

  /**
   * What a tensor becomes in a model folder.
   *
   * @param current a name as {@link #current} gives it
   * @return the names of its equal parts in their order; none for a name that is not in the table
   */
  static List<String> ours(String current) {
    for (Rule rule : RULES) {
      Matcher matcher = rule.theirPattern().matcher(current);
      if (matcher.matches()) {
        return parts(fill(rule.ours(), matcher));
      }
    }
    return List.of();
  }

  /** The name that a model folder's tensor has, or is a part of, in detectron2's checkpoints. */
  static Optional<String> theirs(String ours) {
    for (Rule rule : RULES) {
      Matcher matcher = rule.ourPattern().matcher(ours);
      if (matcher.matches()) {
        return Optional.of(fill(rule.theirs(), matcher));
      }
    }
    return Optional.empty();
  }

  /** Why a tensor makes a model that this network is not; none where it does not. */
  static Optional<String> refusal(String current) {
    if (current.equals(BACKBONE + "absolute_pos_embed")) {
      return Optional.of("a Swin with absolute position embeddings (SWIN.APE)");
    }
    if (current.startsWith(HEAD + PREDICTOR + "input_proj.")
        || current.startsWith(RECONSTRUCTION + PREDICTOR + "input_proj.")) {
      return Optional.of("a decoder with input projections (ENFORCE_INPUT_PROJ)");
    }
    if (current.startsWith(BACKBONE + "stem.") || current.startsWith(BACKBONE + "res")) {
      return Optional.of("a ResNet");
    }
    return Optional.empty();
  }

  /** Why a tensor is not needed; none where it is. */
  static Optional<String> needless(String current) {
    if (current.endsWith(".relative_position_index") || current.endsWith(".attn_mask")) {
      return Optional.of("computed");
    }
    if (current.startsWith("criterion.")) {
      return Optional.of("of the training loss");
    }
    return current.equals("pixel_mean") || current.equals("pixel_std")
        ? Optional.of("normalisation of images")
        : Optional.empty();
  }

  private static String fill(String template, Matcher matcher) {
    StringBuilder filled = new StringBuilder();
    int group = 1;
    for (char letter : template.toCharArray()) {
      filled.append(letter == '#' || letter == '*' ? matcher.group(group++) : letter);
    }
    return filled.toString();
  }

  private static List<String> parts(String name) {
    int open = name.indexOf('{');
    if (open < 0) {
      return List.of(name);
    }
    int close = name.indexOf('}');
    return List.of(name.substring(open + 1, close).split(",")).stream()
        .map(part -> name.substring(0, open) + part + name.substring(close + 1))
        .collect(Collectors.toList());
  }

  private static List<Rule> rules() {
    List<Rule> rules = new ArrayList<>();
    backbone(rules);
    pixelDecoder(rules, HEAD, "model.pixel_level_module.decoder.");
    transformer(rules, HEAD, "model.transformer_module.");
    rules.add(Rule.of(HEAD + PREDICTOR + "class_embed.*", "class_predictor.*"));
    pixelDecoder(rules, RECONSTRUCTION, "reconstruction.pixel_decoder.");
    transformer(rules, RECONSTRUCTION, "reconstruction.transformer_module.");
    return List.copyOf(rules);
  }

  private static void backbone(List<Rule> rules) {
    Section swin = new Section(rules, BACKBONE, ENCODER);
    swin.add("patch_embed.proj.*", "embeddings.patch_embeddings.projection.*");
    swin.add("patch_embed.norm.*", "embeddings.norm.*");
    Section block = new Section(rules, BACKBONE + BLOCK, ENCODER + "encoder." + BLOCK);
    block.add("norm1.*", "layernorm_before.*");
    block.add("attn.relative_position_bias_table", "attention.self.relative_position_bias_table");
    block.add("attn.qkv.*", "attention.self.{query,key,value}.*");
    block.add("attn.proj.*", "attention.output.dense.*");
    block.add("norm2.*", "layernorm_after.*");
    block.add("mlp.fc1.*", "intermediate.dense.*");
    block.add("mlp.fc2.*", "output.dense.*");
    swin.add(
        "layers.#.downsample.reduction.weight", "encoder.layers.#.downsample.reduction.weight");
    swin.add("layers.#.downsample.norm.*", "encoder.layers.#.downsample.norm.*");
    // Their stages count from 0, ours from 1.
    for (int stage = 0; stage < 4; stage++) {
      swin.add("norm" + stage + ".*", "hidden_states_norms.stage" + (stage + 1) + ".*");
    }
  }

  private static void pixelDecoder(List<Rule> rules, String head, String ours) {
    Section decoder = new Section(rules, head + PIXEL_DECODER, ours);
    decoder.add("input_proj.#.#.*", "input_projections.#.#.*");
    decoder.add("transformer.level_embed", "level_embed");
    for (String layer :
        List.of("sampling_offsets", "attention_weights", "value_proj", "output_proj")) {
      decoder.add(
          "transformer.encoder.layers.#.self_attn." + layer + ".*",
          "encoder.layers.#.self_attn." + layer + ".*");
    }
    decoder.add("transformer.encoder.layers.#.norm1.*", "encoder.layers.#.self_attn_layer_norm.*");
    decoder.add("transformer.encoder.layers.#.linear1.*", "encoder.layers.#.fc1.*");
    decoder.add("transformer.encoder.layers.#.linear2.*", "encoder.layers.#.fc2.*");
    decoder.add("transformer.encoder.layers.#.norm2.*", "encoder.layers.#.final_layer_norm.*");
    decoder.add("mask_features.*", "mask_projection.*");
    for (String layer : List.of("adapter_1", "layer_1")) {
      decoder.add(layer + ".weight", layer + ".0.weight");
      decoder.add(layer + ".norm.*", layer + ".1.*");
    }
  }

  private static void transformer(List<Rule> rules, String head, String ours) {
    Section cross =
        new Section(
            rules,
            head + PREDICTOR + "transformer_cross_attention_layers.#.",
            ours + "decoder.layers.#.");
    cross.add("multihead_attn.in_proj_*", "cross_attn.in_proj_*");
    cross.add("multihead_attn.out_proj.*", "cross_attn.out_proj.*");
    cross.add("norm.*", "cross_attn_layer_norm.*");
    Section self =
        new Section(
            rules,
            head + PREDICTOR + "transformer_self_attention_layers.#.",
            ours + "decoder.layers.#.");
    self.add("self_attn.in_proj_*", "self_attn.{q_proj,k_proj,v_proj}.*");
    self.add("self_attn.out_proj.*", "self_attn.out_proj.*");
    self.add("norm.*", "self_attn_layer_norm.*");
    Section feedForward =
        new Section(
            rules, head + PREDICTOR + "transformer_ffn_layers.#.", ours + "decoder.layers.#.");
    feedForward.add("linear1.*", "fc1.*");
    feedForward.add("linear2.*", "fc2.*");
    feedForward.add("norm.*", "final_layer_norm.*");
    Section predictor = new Section(rules, head + PREDICTOR, ours);
    predictor.add("decoder_norm.*", "decoder.layernorm.*");
    predictor.add("query_feat.weight", "queries_features.weight");
    // The name in older files.
    predictor.add("static_query.weight", "queries_features.weight");
    predictor.add("query_embed.weight", "queries_embedder.weight");
    predictor.add("level_embed.weight", "level_embed.weight");
    predictor.add("mask_embed.layers.#.*", "decoder.mask_predictor.mask_embedder.#.0.*");
  }

  /** Lines of the table whose names begin alike. */
  private record Section(List<Rule> rules, String theirs, String ours) {

    void add(String theirName, String ourName) {
      rules.add(Rule.of(theirs + theirName, ours + ourName));
    }
  }
}
