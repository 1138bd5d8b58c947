package io.videottt.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.videottt.model.ModelConfiguration;
import io.videottt.model.Parameter;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.tensor.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command, and what is done with the folders that it makes. */
class ConvertTest {

  private static final String ARCHITECTURE =
      """
      {"model_type": "mask2former", "id2label": {"0": "sky", "1": "road", "2": "car"},
       "feature_size": 32, "hidden_dim": 32, "mask_feature_size": 32, "num_attention_heads": 4,
       "encoder_layers": 1, "encoder_feedforward_dim": 16, "decoder_layers": 2,
       "dim_feedforward": 16, "num_queries": 6,
       "backbone_config": {"embed_dim": 8, "depths": [1, 1, 1, 1], "num_heads": [1, 1, 2, 2],
         "window_size": 4}}
      """;

  private static final String BASE =
      """
      MODEL:
        BACKBONE: {NAME: build_resnet_backbone}
        SEM_SEG_HEAD: {NUM_CLASSES: 133, CONVS_DIM: 32, MASK_DIM: 32, NORM: GN}
        MASK_FORMER: {DEC_LAYERS: 2, NHEADS: 4, NUM_OBJECT_QUERIES: 6, DIM_FEEDFORWARD: 16}
      SOLVER: {BASE_LR: 0.0001, MAX_ITER: 90000}
      INPUT:
        FORMAT: "RGB"
        MIN_SIZE_TRAIN: !!python/object/apply:eval ["__import__('os').system('touch harmed')"]
      """;

  private static final String SWIN =
      """
      _BASE_: base/Base.yaml
      MODEL:
        PIXEL_MEAN: [123.675, 116.280, 103.530]
        PIXEL_STD: [58.395, 57.120, 57.375]
        BACKBONE: {NAME: "D2SwinTransformer"}
        SWIN: {EMBED_DIM: 8, DEPTHS: [1, 1, 1, 1], NUM_HEADS: [1, 1, 2, 2], WINDOW_SIZE: 4,
               APE: False, DROP_PATH_RATE: 0.2}
        SEM_SEG_HEAD: {NUM_CLASSES: 3}
        MASK_FORMER: {NO_OBJECT_WEIGHT: 0.2, SIZE_DIVISIBILITY: 16}
      """;

  @TempDir private Path folder;
  private Path checkpoint;

  @BeforeEach
  void writeCheckpoint() throws IOException {
    checkpoint = folder.resolve("model_final.safetensors");
    try (SegmentationModel model =
        SegmentationModel.initialise(
            ModelConfiguration.parse(ARCHITECTURE, "a test's"), 5, Device.cpu())) {
      Map<String, NDArray> theirs = new LinkedHashMap<>();
      for (Parameter parameter : model.parameters().all()) {
        theirs.merge(
            detectron(parameter.name()),
            parameter.value(),
            (before, after) -> NDArrays.concat(new NDList(before, after), 0));
      }
      Safetensors.write(hadoop(checkpoint), new Configuration(), theirs);
      model.save(hadoop(folder.resolve("original")), new Configuration());
    }
    Files.createDirectories(folder.resolve("base"));
    Files.writeString(folder.resolve("base/Base.yaml"), BASE);
    Files.writeString(folder.resolve("swin.yaml"), SWIN);
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }

  /** detectron2's name of a tensor, written down independently of the program's table. */
  private static String detectron(String ours) {
    String name = ours;
    String[][] replacements = {
      {
        "model.pixel_level_module.encoder.embeddings.patch_embeddings.projection",
        "backbone.patch_embed.proj"
      },
      {"model.pixel_level_module.encoder.embeddings.norm", "backbone.patch_embed.norm"},
      {"model.pixel_level_module.encoder.encoder.", "backbone."},
      {"model.pixel_level_module.decoder.", "sem_seg_head.pixel_decoder."},
      {"model.transformer_module.", "sem_seg_head.predictor."},
      {"class_predictor", "sem_seg_head.predictor.class_embed"},
      {"reconstruction.pixel_decoder.", "recon_head.pixel_decoder."},
      {"reconstruction.transformer_module.", "recon_head.predictor."},
      {"layernorm_before", "norm1"},
      {"layernorm_after", "norm2"},
      {"attention.self.relative", "attn.relative"},
      {"attention.output.dense", "attn.proj"},
      {"intermediate.dense", "mlp.fc1"},
      {"output.dense", "mlp.fc2"},
      {"queries_features", "query_feat"},
      {"queries_embedder", "query_embed"},
      {"decoder.layernorm.", "decoder_norm."},
      {"input_projections", "input_proj"},
      {"mask_projection", "mask_features"},
      {"adapter_1.0", "adapter_1"},
      {"adapter_1.1", "adapter_1.norm"},
      {"layer_1.0", "layer_1"},
      {"layer_1.1", "layer_1.norm"},
    };
    for (String[] replacement : replacements) {
      name = name.replace(replacement[0], replacement[1]);
    }
    name =
        name.replaceAll(
            ".*hidden_states_norms\\.stage(\\d)",
            "backbone.norm" + (ours.replaceAll("\\D", "").isEmpty() ? 0 : stage(ours)));
    name = name.replaceAll("attention\\.self\\.(query|key|value)", "attn.qkv");
    name =
        name.replaceAll(
            "decoder\\.mask_predictor\\.mask_embedder\\.(\\d)\\.0", "mask_embed.layers.$1");
    name =
        name.replaceAll(
            "decoder\\.layers\\.(\\d+)\\.cross_attn\\.",
            "transformer_cross_attention_layers.$1.multihead_attn.");
    name =
        name.replaceAll(
            "decoder\\.layers\\.(\\d+)\\.cross_attn_layer_norm",
            "transformer_cross_attention_layers.$1.norm");
    name =
        name.replaceAll(
            "predictor\\.decoder\\.layers\\.(\\d+)\\.self_attn\\.[qkv]_proj\\.",
            "predictor.transformer_self_attention_layers.$1.self_attn.in_proj_");
    name =
        name.replaceAll(
            "predictor\\.decoder\\.layers\\.(\\d+)\\.self_attn\\.",
            "predictor.transformer_self_attention_layers.$1.self_attn.");
    name =
        name.replaceAll(
            "predictor\\.decoder\\.layers\\.(\\d+)\\.self_attn_layer_norm",
            "predictor.transformer_self_attention_layers.$1.norm");
    name =
        name.replaceAll(
            "predictor\\.decoder\\.layers\\.(\\d+)\\.fc(\\d)",
            "predictor.transformer_ffn_layers.$1.linear$2");
    name =
        name.replaceAll(
            "predictor\\.decoder\\.layers\\.(\\d+)\\.final_layer_norm",
            "predictor.transformer_ffn_layers.$1.norm");
    name =
        name.replaceAll(
            "pixel_decoder\\.encoder\\.(layers\\.\\d+)\\.self_attn_layer_norm",
            "pixel_decoder.transformer.encoder.$1.norm1");
    name =
        name.replaceAll(
            "pixel_decoder\\.encoder\\.(layers\\.\\d+)\\.final_layer_norm",
            "pixel_decoder.transformer.encoder.$1.norm2");
    name =
        name.replaceAll(
            "pixel_decoder\\.encoder\\.(layers\\.\\d+)\\.fc(\\d)",
            "pixel_decoder.transformer.encoder.$1.linear$2");
    name = name.replaceAll("pixel_decoder\\.encoder\\.", "pixel_decoder.transformer.encoder.");
    return name.replaceAll("pixel_decoder\\.level_embed", "pixel_decoder.transformer.level_embed");
  }

  private static int stage(String name) {
    return name.contains("stage") ? name.charAt(name.indexOf("stage") + 5) - '1' : 0;
  }

  private TinySweep.Run convert(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "convert",
                "--checkpoint",
                checkpoint.toString(),
                "--output",
                folder.resolve("mask2former").toString()));
    arguments.addAll(List.of(more));
    return TinySweep.run(arguments.toArray(String[]::new));
  }

  private void assertConverted(TinySweep.Run run) {
    assertThat(run.status()).as(run.err()).isZero();
    try (SegmentationModel original = load("original");
        SegmentationModel converted = load("mask2former")) {
      assertThat(converted.fingerprint()).isEqualTo(original.fingerprint());
    }
  }

  private SegmentationModel load(String name) {
    return SegmentationModel.load(hadoop(folder.resolve(name)), new Configuration(), Device.cpu());
  }

  private void assertRefused(TinySweep.Run run, String... words) {
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains(words);
    assertThat(run.err().lines().count()).isLessThanOrEqualTo(2);
    assertThat(folder.resolve("mask2former")).doesNotExist();
    assertThat(folder)
        .isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("."));
  }

  @Test
  void theSummaryTellsWhatWasFoundUsedAndLeft() {
    TinySweep.Run run = convert();
    assertConverted(run);
    assertThat(run.out())
        .contains("checkpoint: " + checkpoint + " (detectron2's names, safetensors)")
        .contains("architecture: Mask2Former, 3 classes, 6 queries, 1 decoder layers; Swin with 8")
        .containsPattern("parameters: [0-9,]+ \\(encoder f [0-9,]+, main head h [0-9,]+, recons")
        .containsPattern("tensors used: [0-9]+")
        .contains("tensors dropped: none", "tensors missing: none")
        .contains("--classes")
        .contains("model folder: " + folder.resolve("mask2former"));
  }

  @Test
  void aConvertedModelPredictsAndIsSweptWithReconstruction() throws IOException {
    TinySweep sweep = TinySweep.create(folder, 2);
    assertConverted(
        convert("--classes", "tiny", "--catalog", folder.resolve("catalog").toString()));
    Path images = folder.resolve("data/images/a");
    for (String model : List.of("original", "mask2former")) {
      TinySweep.Run run =
          TinySweep.run(
              "predict",
              "--model",
              folder.resolve(model).toString(),
              "--input",
              images.resolve("0000.png").toString(),
              "--output",
              folder.resolve("predicted-" + model).toString());
      assertThat(run.status()).as(run.err()).isZero();
    }
    assertThat(folder.resolve("predicted-mask2former/0000.png"))
        .hasSameBinaryContentAs(folder.resolve("predicted-original/0000.png"));

    Path config =
        sweep.configOfTasks(
            "[semantic, panoptic]",
            """
            methods:
              - {method: mae-joint-training, preset: small}
              - {method: ttt-mae-no-memory, preset: small, settings: {batchSize: 1}}
            """);
    TinySweep.Run run = sweep.sweep(config, "results", "local[1]");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(TinySweep.visibleFiles(folder.resolve("results/metrics"))).isNotEmpty();
  }

  @Test
  void aDetectron2ConfigurationIsReadWithItsBasesAndRunsNothing() throws IOException {
    TinySweep.Run run = convert("--config", folder.resolve("swin.yaml").toString());
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(folder.resolve("mask2former/model.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("original/model.safetensors"));
    assertThat(folder.resolve("mask2former/config.json"))
        .content()
        .contains(
            "\"drop_path_rate\" : 0.2", "\"no_object_weight\" : 0.2", "\"size_divisibility\" : 16");
    assertThat(Path.of("harmed")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          WINDOW_SIZE: 4 | WINDOW_SIZE: 12 | MODEL.SWIN.WINDOW_SIZE is 12
          NUM_CLASSES: 3 | NUM_CLASSES: 19 | MODEL.SEM_SEG_HEAD.NUM_CLASSES
          APE: False | APE: True | MODEL.SWIN.APE
          D2SwinTransformer | build_resnet_backbone | MODEL.BACKBONE.NAME
          PIXEL_STD: [58.395 | PIXEL_STD: [57 | MODEL.PIXEL_STD is [57
          base/Base.yaml | base/None.yaml | base/None.yaml
          base/Base.yaml | swin.yaml | leads back to itself
          EMBED_DIM: 8 | EMBED_DIM: wide | MODEL.SWIN.EMBED_DIM is "wide"
          """)
  void aDetectron2ConfigurationThatDiffersIsNamedWithItsOwnKey(
      String text, String other, String message) throws IOException {
    Files.writeString(folder.resolve("swin.yaml"), SWIN.replace(text, other));
    assertRefused(convert("--config", folder.resolve("swin.yaml").toString()), message);
  }

  @Test
  void aConfigJsonIsHeldAgainstTheTensors() throws IOException {
    Path config = folder.resolve("config.json");
    Files.writeString(config, ARCHITECTURE.replace("\"num_queries\": 6", "\"num_queries\": 200"));
    assertRefused(
        convert("--config", config.toString()),
        "config.json: num_queries is 200",
        "sem_seg_head.predictor.query_feat.weight (6, 32)");
    Files.writeString(config, ARCHITECTURE);
    assertConverted(convert("--config", config.toString()));
    assertThat(folder.resolve("mask2former/config.json")).content().contains("\"sky\"");
  }

  @Test
  void classesOfAnotherNumberAndUnknownOnesAreNamed() {
    assertRefused(
        convert("--classes", "cityscapes-19"),
        "sem_seg_head.predictor.class_embed.weight (4, 32)",
        "3 classes",
        "cityscapes-19 has 19");
    assertRefused(convert("--classes", "coco-133"), "coco-133 has 133");
    assertRefused(convert("--classes", "coco-80"), "coco-80 has 80");
    assertRefused(
        convert("--classes", "imagenet"), "imagenet", "cityscapes-19, coco-133, coco-80", "camvid");
  }

  @Test
  void aFolderThatHoldsSomethingIsLeftAlone() {
    assertConverted(convert());
    TinySweep.Run again = convert();
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err()).contains("mask2former", "not empty").hasLineCount(1);
  }

  @Test
  void aCheckpointThatIsNotThereIsNamed() {
    checkpoint = folder.resolve("none.pkl");
    assertRefused(convert(), "none.pkl", "does not exist");
  }

  @Test
  void theCommandIsPrintedAsSparkSubmit() {
    TinySweep.Run run = convert("--print-command");
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("convert --checkpoint " + checkpoint);
    assertThat(folder.resolve("mask2former")).doesNotExist();
  }
}
